package org.concurrencybench.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.svg.SVGGraphics2D;

/** A drawn {@link Chart} in the formats that it is kept in. */
final class ChartFiles {

    /** Pixels of the PNG for each of the chart, so that it is sharp on dense screens and in slides. */
    private static final int PNG_SCALE = 2;

    private final Chart chart;
    private final String svg;
    private final byte[] png;

    private ChartFiles(Chart chart, String svg, byte[] png) {
        this.chart = chart;
        this.svg = svg;
        this.png = png;
    }

    static ChartFiles draw(Chart chart, Typeface typeface) throws IOException {
        return new ChartFiles(chart, svg(chart, typeface), png(chart));
    }

    Chart chart() {
        return chart;
    }

    /** The SVG element, which can stand alone in a file as well as in a page. */
    String svg() {
        return svg;
    }

    byte[] png() {
        return png.clone();
    }

    private static String svg(Chart chart, Typeface typeface) {
        Sheet sheet = chart.sheet();
        SVGGraphics2D graphics = new SVGGraphics2D(PanelSheet.WIDTH, sheet.height());
        // Ids are unique over the page, into which all charts go.
        graphics.setDefsKeyPrefix(chart.name() + "-");
        graphics.setFontFunction(family -> typeface.svgFamilies());
        graphics.setGeomDoubleConverter(ChartFiles::coordinate);
        sheet.draw(graphics);
        String drawn = graphics.getSVGElement();
        String content = drawn.substring(drawn.indexOf('>') + 1);
        // The library's own opening tag fixes the size; ours scales, and says what there is to see.
        return """
                <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="%s" viewBox="0 0 %d %d" width="%d" height="%d">\
                <title>%s</title>%s
                """.formatted(
                        Text.escape(chart.description()),
                        PanelSheet.WIDTH,
                        sheet.height(),
                        PanelSheet.WIDTH,
                        sheet.height(),
                        Text.escape(chart.caption()),
                        content);
    }

    /** A hundredth of a pixel is finer than anyone sees, and a third of the bytes. */
    private static String coordinate(double value) {
        double rounded = Math.rint(value * 100) / 100;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    private static byte[] png(Chart chart) throws IOException {
        BufferedImage image = new BufferedImage(
                PNG_SCALE * PanelSheet.WIDTH, PNG_SCALE * chart.sheet().height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(PNG_SCALE, PNG_SCALE);
            chart.sheet().draw(graphics);
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // In memory: ImageIO's own choice is a temporary file for each picture, which a killed run would leave behind.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this JDK cannot write PNG");
            }
        }
        return bytes.toByteArray();
    }
}
