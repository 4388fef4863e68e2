package org.concurrencybench.report;

import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jfree.svg.SVGGraphics2D;

/** The texts of a drawn picture with the room that each of them takes. */
final class TextBoxes {

    private static final Pattern TEXT =
            Pattern.compile("<text x='([-0-9.]+)' y='([-0-9.]+)' style='([^']*)'[^>]*>([^<]*)</text>", Pattern.DOTALL);
    private static final Pattern SIZE = Pattern.compile("font-size: (\\d+)px");

    private TextBoxes() {}

    /** One text. */
    record Box(String text, Rectangle2D area) {}

    /** All texts of both widths of a chart; each list is a picture. */
    static List<List<Box>> of(Chart chart, Typeface typeface) {
        List<List<Box>> pictures = new ArrayList<>();
        pictures.add(of(chart.sheet(), typeface));
        if (chart.sheet().narrow().isPresent()) {
            pictures.add(of(chart.sheet().narrow().get(), typeface));
        }
        return pictures;
    }

    private static List<Box> of(Sheet sheet, Typeface typeface) {
        SVGGraphics2D graphics = new SVGGraphics2D(sheet.width(), sheet.height());
        sheet.draw(graphics);
        Matcher texts = TEXT.matcher(graphics.getSVGElement());
        List<Box> boxes = new ArrayList<>();
        while (texts.find()) {
            Matcher size = SIZE.matcher(texts.group(3));
            if (!size.find()) {
                throw new IllegalStateException("a text without a size: " + texts.group());
            }
            int pixels = Integer.parseInt(size.group(1));
            Font font = texts.group(3).contains("bold") ? typeface.bold(pixels) : typeface.plain(pixels);
            String text = texts.group(4)
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&apos;", "'")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&");
            double x = Double.parseDouble(texts.group(1));
            double baseline = Double.parseDouble(texts.group(2));
            // Capitals and what hangs below the line; accents touch nothing that a reader would miss.
            boxes.add(new Box(
                    text,
                    new Rectangle2D.Double(x, baseline - 0.72 * pixels, Typeface.width(text, font), 0.86 * pixels)));
        }
        return boxes;
    }

    /** Pairs of texts of one picture of which one covers the other, and texts that leave the picture, in words. */
    static List<String> faults(Chart chart, Typeface typeface) {
        List<String> faults = new ArrayList<>();
        List<Sheet> sheets = new ArrayList<>(List.of(chart.sheet()));
        chart.sheet().narrow().ifPresent(sheets::add);
        for (Sheet sheet : sheets) {
            List<Box> boxes = of(sheet, typeface);
            Rectangle2D picture = new Rectangle2D.Double(0, 0, sheet.width(), sheet.height());
            for (int i = 0; i < boxes.size(); i++) {
                if (!picture.contains(boxes.get(i).area())) {
                    faults.add("%s leaves a picture of %d".formatted(boxes.get(i), sheet.width()));
                }
                for (int j = 0; j < i; j++) {
                    if (boxes.get(i).area().intersects(boxes.get(j).area())) {
                        faults.add("%s covers %s".formatted(boxes.get(i), boxes.get(j)));
                    }
                }
            }
        }
        return faults;
    }
}
