package org.concurrencybench.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.svg.SVGGraphics2D;

/** A drawn {@link Chart} in the formats that it is kept in. */
final class ChartFiles {

    /** Pixels of the PNG for each of the chart, so that it is sharp on dense screens and in slides. */
    private static final int PNG_SCALE = 2;

    /** A chart that is taller is a PNG of its own size: at twice that it would need hundreds of megabytes to draw. */
    private static final int TALLEST_SCALED = 4000;

    private final Chart chart;
    private final Drawing wide;
    private final Optional<Drawing> narrow;
    private final byte[] png;

    /** The inside of an SVG element. */
    private record Drawing(int width, int height, String content) {

        String size() {
            return "viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"".formatted(width, height, width, height);
        }
    }

    private ChartFiles(Chart chart, Drawing wide, Optional<Drawing> narrow, byte[] png) {
        this.chart = chart;
        this.wide = wide;
        this.narrow = narrow;
        this.png = png;
    }

    static ChartFiles draw(Chart chart, Typeface typeface) throws IOException {
        return new ChartFiles(
                chart,
                drawing(chart.sheet(), chart.name(), typeface),
                chart.sheet().narrow().map(sheet -> drawing(sheet, chart.name() + "-narrow", typeface)),
                png(chart));
    }

    Chart chart() {
        return chart;
    }

    /** Whether there is a picture for a narrow screen too. */
    boolean hasNarrow() {
        return narrow.isPresent();
    }

    /** An SVG that stands alone: with what there is to see in words, and with colours for white paper. */
    String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" role="img" %s><title>%s</title><desc>%s</desc>%s
                """.formatted(
                        wide.size(), Text.escape(chart.caption()), Text.escape(chart.description()), wide.content());
    }

    /**
     * The SVG elements for a page: the wide one, and the narrow one where there is one, of which the page's style shows one.
     *
     * @param numbers id of the element in which the numbers stand
     */
    String inPage(String numbers) {
        return inPage(wide, "wide", numbers)
                + narrow.map(drawing -> inPage(drawing, "narrow", numbers)).orElse("");
    }

    byte[] png() {
        return png.clone();
    }

    private String inPage(Drawing drawing, String style, String numbers) {
        return "<svg class=\"%s\" role=\"img\" aria-label=\"%s\" aria-details=\"%s\" %s>%s\n"
                .formatted(style, Text.escape(chart.caption()), numbers, drawing.size(), drawing.content());
    }

    private static Drawing drawing(Sheet sheet, String name, Typeface typeface) {
        SVGGraphics2D graphics = new SVGGraphics2D(sheet.width(), sheet.height());
        // Ids are unique over the page, into which all charts go.
        graphics.setDefsKeyPrefix(name + "-");
        graphics.setFontFunction(family -> typeface.svgFamilies());
        graphics.setGeomDoubleConverter(ChartFiles::coordinate);
        sheet.draw(graphics);
        String drawn = graphics.getSVGElement();
        // The library's own opening tag fixes the size; ours scales, and says what there is to see.
        return new Drawing(sheet.width(), sheet.height(), drawn.substring(drawn.indexOf('>') + 1));
    }

    /** A hundredth of a pixel is finer than anyone sees, and a third of the bytes. */
    private static String coordinate(double value) {
        double rounded = Math.rint(value * 100) / 100;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    private static byte[] png(Chart chart) throws IOException {
        Sheet sheet = chart.sheet();
        int scale = sheet.height() > TALLEST_SCALED ? 1 : PNG_SCALE;
        BufferedImage image =
                new BufferedImage(scale * sheet.width(), scale * sheet.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(scale, scale);
            sheet.draw(graphics);
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // In memory: ImageIO's own choice is a temporary file for each picture, which a killed run would leave behind.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
            try {
                writer.setOutput(out);
                writer.write(new IIOImage(image, null, described(writer, image, chart)));
            } finally {
                writer.dispose();
            }
        }
        return bytes.toByteArray();
    }

    /** The numbers in words, as in the SVG: for those who cannot see the picture, and to know which numbers it shows. */
    private static IIOMetadata described(ImageWriter writer, BufferedImage image, Chart chart) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
        IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
        entry.setAttribute("keyword", "Description");
        entry.setAttribute("compressionFlag", "FALSE");
        entry.setAttribute("compressionMethod", "0");
        entry.setAttribute("languageTag", "en");
        entry.setAttribute("translatedKeyword", "");
        entry.setAttribute("text", Text.clean(chart.description()));
        IIOMetadataNode texts = new IIOMetadataNode("iTXt");
        texts.appendChild(entry);
        IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
        root.appendChild(texts);
        metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
        return metadata;
    }
}
