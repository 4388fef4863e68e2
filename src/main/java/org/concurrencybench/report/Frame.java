package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What stands around a picture of either width: title, a line on how to read it, keys, footer. */
final class Frame {

    private static final double WIDE_MARGIN = 24;
    private static final double NARROW_MARGIN = 12;

    private static final double LINE = 17.5;
    private static final double KEY_ROW = 24;
    private static final double KEY_GAP = 26;
    private static final double KEY_MARKER = 22;

    private final Typeface typeface;
    private final Words words;
    private final int width;
    private final double margin;
    private final List<String> title;
    private final List<String> legend;
    private final List<String> footer;
    private final List<List<Key>> keys;

    /** What a marker stands for. */
    record Key(Palette.Look look, String text) {}

    /** What it says, whatever the width. */
    record Words(String title, String legend, String footer, List<Key> keys) {

        /** Copies the list. */
        Words {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A frame.
     *
     * @param width {@link PanelSheet#WIDTH} or {@link PanelSheet#NARROW}
     */
    Frame(Typeface typeface, Words words, int width) {
        this.typeface = typeface;
        this.words = words;
        this.width = width;
        margin = width == PanelSheet.NARROW ? NARROW_MARGIN : WIDE_MARGIN;
        title = Typeface.wrap(Text.clean(words.title()), titleFont(), inner());
        legend = Typeface.wrap(Text.clean(words.legend()), typeface.plain(13), inner());
        footer = Typeface.wrap(Text.clean(words.footer()), typeface.plain(11), inner());
        keys = inRows(words.keys());
    }

    private Font titleFont() {
        return typeface.bold(isNarrow() ? 16 : 20);
    }

    private double titleLine() {
        return isNarrow() ? 22 : 27;
    }

    boolean isNarrow() {
        return width == PanelSheet.NARROW;
    }

    int width() {
        return width;
    }

    Words words() {
        return words;
    }

    /** Where the content begins. */
    double left() {
        return margin;
    }

    /** Between the margins. */
    double inner() {
        return width - 2 * margin;
    }

    /** Where the content ends. */
    double right() {
        return width - margin;
    }

    private List<List<Key>> inRows(List<Key> all) {
        List<List<Key>> rows = new ArrayList<>();
        double x = 0;
        for (Key key : all.stream().distinct().toList()) {
            double needed = keyWidth(key);
            if (rows.isEmpty() || x + needed > inner() + KEY_GAP) {
                rows.add(new ArrayList<>());
                x = 0;
            }
            rows.getLast().add(key);
            x += needed;
        }
        return rows;
    }

    private List<String> lines(Key key) {
        return Typeface.wrap(Text.clean(key.text()), typeface.plain(13), inner() - KEY_MARKER);
    }

    private double keyWidth(Key key) {
        double text = lines(key).stream()
                .mapToDouble(line -> Typeface.width(line, typeface.plain(13)))
                .max()
                .orElse(0);
        return KEY_MARKER + text + KEY_GAP;
    }

    private double height(List<Key> row) {
        return KEY_ROW
                + LINE * (row.stream().mapToInt(key -> lines(key).size()).max().orElse(1) - 1);
    }

    /** Where the content begins. */
    double top() {
        return margin
                + title.size() * titleLine()
                + legend.size() * LINE
                + 14
                + keys.stream().mapToDouble(this::height).sum();
    }

    /** Height of the whole picture around a content. */
    int height(double content) {
        return (int) Math.ceil(top() + content + 14 + footer.size() * 15 + margin);
    }

    /** Paper, and all that stands around the content. */
    void draw(Graphics2D graphics, double content) {
        paper(graphics, width, height(content));
        double y = margin;
        for (String line : title) {
            y += titleLine();
            text(graphics, line, titleFont(), Palette.INK, margin, y - 7);
        }
        for (String line : legend) {
            y += LINE;
            text(graphics, line, typeface.plain(13), Palette.FAINT_INK, margin, y - 4);
        }
        y += 8;
        for (List<Key> row : keys) {
            double x = margin;
            for (Key key : row) {
                key.look().paint(graphics, x + 8, y + 10, false);
                double baseline = y + 15;
                for (String line : lines(key)) {
                    text(graphics, line, typeface.plain(13), Palette.INK, x + KEY_MARKER, baseline);
                    baseline += LINE;
                }
                x += keyWidth(key);
            }
            y += height(row);
        }
        double bottom = top() + content + 14;
        for (String line : footer) {
            bottom += 15;
            text(graphics, line, typeface.plain(11), Palette.FAINT_INK, margin, bottom - 4);
        }
    }

    /** An empty sheet of that size, and how all that comes upon it is drawn. */
    static void paper(Graphics2D graphics, double width, double height) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setPaint(Palette.PAPER);
        graphics.fill(new Rectangle2D.Double(0, 0, width, height));
    }

    /** Text that begins at {@code x}. */
    static void text(Graphics2D graphics, String text, Font font, Color color, double x, double baseline) {
        graphics.setFont(font);
        graphics.setPaint(color);
        graphics.drawString(Text.clean(text), (float) x, (float) baseline);
    }

    /** On one line of at most so many pixels, cut short where it is longer. */
    static void textWithin(
            Graphics2D graphics, String text, Font font, Color color, double x, double baseline, double width) {
        text(graphics, Typeface.shortened(Text.clean(text), font, width), font, color, x, baseline);
    }

    /** Text that ends at {@code x}. */
    static void textBefore(Graphics2D graphics, String text, Font font, Color color, double x, double baseline) {
        text(graphics, text, font, color, x - Typeface.width(Text.clean(text), font), baseline);
    }

    /** Text around {@code x}. */
    static void textAround(Graphics2D graphics, String text, Font font, Color color, double x, double baseline) {
        text(graphics, text, font, color, x - Typeface.width(Text.clean(text), font) / 2, baseline);
    }

    /** Ticks of a horizontal axis, as many as their words have room for. */
    static List<Double> ticks(LogScale scale, int most, Function<Double, String> words, Font font) {
        for (int wanted = most; wanted > 2; wanted--) {
            List<Double> ticks = scale.ticks(wanted);
            boolean fit = true;
            for (int i = 1; i < ticks.size(); i++) {
                double room = scale.place(ticks.get(i)) - scale.place(ticks.get(i - 1));
                double needed = Typeface.width(words.apply(ticks.get(i)), font)
                        + Typeface.width(words.apply(ticks.get(i - 1)), font);
                fit &= room >= needed / 2 + 8;
            }
            if (fit) {
                return ticks;
            }
        }
        return scale.ticks(2);
    }

    /** A straight line. */
    static void line(Graphics2D graphics, Color color, double width, double x1, double y1, double x2, double y2) {
        graphics.setPaint(color);
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }
}
