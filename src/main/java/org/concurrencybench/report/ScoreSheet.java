package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.statistics.Estimate;

/**
 * A picture of scores: groups below each other, each with a scale of its own; in them a row for each result with its name
 * at the left, its number at the right and its interval between. It is as high as its names need, however long they are.
 */
final class ScoreSheet implements Sheet {

    private static final int MARGIN = 24;
    private static final int LABEL_MAXIMUM = 400;
    private static final int LABEL_MARKER = 22;
    private static final int FIGURES = 250;
    private static final int GAP = 16;
    private static final double ROW = 28;
    private static final double LINE = 17;
    private static final double HEADING_LINE = 18;
    private static final double TICKS = 22;
    private static final double AFTER = 16;

    private static final String LOG_SCALE = ", log scale";

    /** Where the largest score of a group is more than this many times the smallest, its scale is logarithmic. */
    private static final double WIDEST_LINEAR = 20;

    /** How far an interval may stretch a scale beyond the scores. */
    private static final double STRETCH = 2;

    /**
     * One row.
     *
     * @param pooled whether the interval is one over iterations of all forks together
     * @param forks the forks' own scores
     */
    record Row(String label, Palette.Look look, Estimate score, boolean pooled, List<Double> forks) {}

    /**
     * One group.
     *
     * @param unit with which way is better
     */
    record Group(String heading, String unit, List<Row> rows) {}

    /** The words around the groups. */
    record Words(String title, String legend, String footer) {}

    private final Typeface typeface;
    private final List<Laid> groups = new ArrayList<>();
    private final List<String> title;
    private final List<String> legend;
    private final List<String> footer;
    private final double labelWidth;

    /** A group whose texts are broken into lines. */
    private record Laid(Group group, List<String> heading, List<List<String>> labels, Scale scale) {

        double rowHeight(int row) {
            return Math.max(ROW, 8 + LINE * labels.get(row).size());
        }

        double height() {
            double rows = 0;
            for (int row = 0; row < labels.size(); row++) {
                rows += rowHeight(row);
            }
            return HEADING_LINE * heading.size() + 6 + rows + TICKS + AFTER;
        }
    }

    ScoreSheet(Typeface typeface, Words words, List<Group> groups) {
        this.typeface = typeface;
        double width = PanelSheet.WIDTH - 2.0 * MARGIN;
        title = Typeface.wrap(Text.clean(words.title()), typeface.bold(20), width);
        legend = Typeface.wrap(Text.clean(words.legend()), typeface.plain(13), width);
        footer = Typeface.wrap(Text.clean(words.footer()), typeface.plain(11), width);
        double widest = 120;
        for (Group group : groups) {
            List<List<String>> labels = group.rows().stream()
                    .map(row -> Typeface.wrap(Text.clean(row.label()), typeface.plain(13), LABEL_MAXIMUM))
                    .toList();
            for (String line : labels.stream().flatMap(List::stream).toList()) {
                widest = Math.max(widest, Typeface.width(line, typeface.plain(13)));
            }
            double unit = Typeface.width(Text.clean(group.unit()) + LOG_SCALE, typeface.plain(11));
            this.groups.add(new Laid(
                    group,
                    Typeface.wrap(Text.clean(group.heading()), typeface.bold(13), width - Math.min(unit, 400) - GAP),
                    labels,
                    Scale.of(group.rows())));
        }
        labelWidth = LABEL_MARKER + widest + GAP;
    }

    @Override
    public int height() {
        double height = 2.0 * MARGIN + 27 * title.size() + 17.5 * legend.size() + 20 + 15 * footer.size();
        for (Laid group : groups) {
            height += group.height();
        }
        return (int) Math.ceil(height);
    }

    @Override
    public void draw(Graphics2D graphics) {
        Frame.paper(graphics, PanelSheet.WIDTH, height());
        double y = lines(graphics, title, typeface.bold(20), Palette.INK, MARGIN, 27);
        y = lines(graphics, legend, typeface.plain(13), Palette.FAINT_INK, y, 17.5) + 20;
        for (Laid group : groups) {
            drawGroup(graphics, group, y);
            y += group.height();
        }
        lines(graphics, footer, typeface.plain(11), Palette.FAINT_INK, y, 15);
    }

    private void drawGroup(Graphics2D graphics, Laid group, double top) {
        double right = PanelSheet.WIDTH - (double) MARGIN;
        double y = lines(graphics, group.heading(), typeface.bold(13), Palette.INK, top, HEADING_LINE);
        String unit = Text.clean(group.group().unit()) + (group.scale().logarithmic() ? LOG_SCALE : "");
        Frame.text(
                graphics,
                unit,
                typeface.plain(11),
                Palette.FAINT_INK,
                right - Typeface.width(unit, typeface.plain(11)),
                top + HEADING_LINE - 5);
        y += 6;
        double bottom = top + group.height() - TICKS - AFTER;
        Rectangle2D plot =
                new Rectangle2D.Double(MARGIN + labelWidth, y, right - FIGURES - MARGIN - labelWidth, bottom - y);
        graphics.setPaint(Palette.PANEL);
        graphics.fill(plot);
        drawTicks(graphics, group.scale(), plot);
        for (int row = 0; row < group.labels().size(); row++) {
            double height = group.rowHeight(row);
            drawRow(graphics, group, row, plot, y + height / 2);
            y += height;
        }
    }

    private void drawTicks(Graphics2D graphics, Scale scale, Rectangle2D plot) {
        Font font = typeface.plain(11);
        graphics.setStroke(new BasicStroke(1f));
        double lastEnd = Double.NEGATIVE_INFINITY;
        for (double tick : scale.ticks()) {
            double x = plot.getX() + scale.place(tick) * plot.getWidth();
            String label = LogScale.label(tick);
            double half = Typeface.width(label, font) / 2;
            graphics.setPaint(Palette.GRID);
            graphics.draw(new Line2D.Double(x, plot.getY(), x, plot.getMaxY()));
            if (x - half > lastEnd + 8) {
                Frame.text(graphics, label, font, Palette.FAINT_INK, x - half, plot.getMaxY() + 14);
                lastEnd = x + half;
            }
        }
    }

    private void drawRow(Graphics2D graphics, Laid group, int index, Rectangle2D plot, double centre) {
        Row row = group.group().rows().get(index);
        List<String> label = group.labels().get(index);
        row.look().paint(graphics, MARGIN + 8.0, centre, false);
        double baseline = centre - LINE * label.size() / 2 + 13;
        for (String line : label) {
            Frame.text(graphics, line, typeface.plain(13), Palette.INK, MARGIN + (double) LABEL_MARKER, baseline);
            baseline += LINE;
        }
        Scale scale = group.scale();
        Color color = row.look().color();
        for (double fork : row.forks()) {
            double x = plot.getX() + scale.place(fork) * plot.getWidth();
            graphics.setPaint(row.look().faded(0.45));
            graphics.fill(new Ellipse2D.Double(x - 2, centre + 7, 4, 4));
        }
        if (row.score().isBounded()) {
            double low = plot.getX() + scale.place(row.score().low()) * plot.getWidth();
            double high = plot.getX() + scale.place(row.score().high()) * plot.getWidth();
            graphics.setPaint(color);
            graphics.setStroke(
                    row.pooled()
                            ? new BasicStroke(
                                    1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4f, 3f}, 0f)
                            : new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
            graphics.draw(new Line2D.Double(low, centre, high, centre));
            graphics.setStroke(new BasicStroke(1.8f));
            for (double end : new double[] {low, high}) {
                graphics.draw(new Line2D.Double(end, centre - 4.5, end, centre + 4.5));
            }
        }
        double x = plot.getX() + scale.place(row.score().value()) * plot.getWidth();
        row.look().paint(graphics, x, centre, !row.score().isBounded());
        drawFigures(graphics, row, plot.getMaxX() + GAP, centre);
    }

    private void drawFigures(Graphics2D graphics, Row row, double left, double centre) {
        String value = Numbers.value(row.score());
        Frame.text(graphics, value, typeface.bold(13), Palette.INK, left, centre + 4.5);
        String rest = row.score().isBounded() ? Numbers.interval(row.score()) : "no interval";
        Frame.text(
                graphics,
                rest + (row.pooled() ? " pooled" : ""),
                typeface.plain(11),
                Palette.FAINT_INK,
                left + Typeface.width(value, typeface.bold(13)) + 7,
                centre + 4.5);
    }

    private static double lines(
            Graphics2D graphics, List<String> lines, Font font, Color color, double top, double height) {
        double y = top;
        for (String line : lines) {
            y += height;
            Frame.text(graphics, line, font, color, MARGIN, y - height * 0.28);
        }
        return y;
    }

    /** From scores to the share of the plot's width. */
    private record Scale(double low, double high, boolean logarithmic) {

        static Scale of(List<Row> rows) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (Row row : rows) {
                low = Math.min(low, row.score().value());
                high = Math.max(high, row.score().value());
                for (double fork : row.forks()) {
                    low = Math.min(low, fork);
                    high = Math.max(high, fork);
                }
            }
            double highest = high > 0 ? high * STRETCH : high / STRETCH;
            double lowest = low > 0 ? low / STRETCH : low * STRETCH;
            for (Row row : rows) {
                if (row.score().isBounded()) {
                    high = Math.max(high, Math.min(row.score().high(), highest));
                    low = Math.min(low, Math.max(row.score().low(), lowest));
                }
            }
            if (low > 0 && high / low > WIDEST_LINEAR) {
                double margin = Math.pow(high / low, 0.04);
                return new Scale(low / margin, high * margin, true);
            }
            double from = Math.min(0, low);
            double to = Math.max(0, high);
            double margin = to > from ? (to - from) * 0.04 : 1;
            return new Scale(from < 0 ? from - margin : 0, to + margin, false);
        }

        double place(double value) {
            double clamped = Math.clamp(value, low, high);
            return logarithmic
                    ? (Math.log(clamped) - Math.log(low)) / (Math.log(high) - Math.log(low))
                    : (clamped - low) / (high - low);
        }

        List<Double> ticks() {
            if (logarithmic) {
                return new LogScale(low, high, 0, 1).ticks(8);
            }
            double step = Math.pow(10, Math.floor(Math.log10(high - low)));
            for (double divisor : new double[] {1, 2, 5, 10}) {
                if ((high - low) / (step / divisor) >= 4) {
                    step /= divisor;
                    break;
                }
            }
            List<Double> ticks = new ArrayList<>();
            for (double index = Math.ceil(low / step); index * step <= high; index++) {
                ticks.add(index * step);
            }
            return ticks;
        }
    }
}
