package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.concurrencybench.statistics.Estimate;

/**
 * A picture of scores: groups below each other, each with a scale of its own; in them a row for each result with its name
 * at the left, its number at the right and its interval between. It is as high as its names need, however long they are.
 */
final class ScoreSheet implements Sheet {

    private static final int LABEL_MAXIMUM = 400;
    private static final int LABEL_MINIMUM = 120;
    private static final int LABEL_MARKER = 22;
    private static final int FIGURES = 250;
    private static final int GAP = 16;
    private static final double ROW = 28;
    private static final double LINE = 17;
    private static final double HEADING_LINE = 18;
    private static final double TICKS = 22;
    private static final double AFTER = 16;

    private static final Stroke POOLED =
            new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4f, 3f}, 0f);

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

    private final Typeface typeface;
    private final Frame frame;
    private final List<Group> groups;
    private final List<Laid> laid;
    private final double labelWidth;

    /** A group whose texts are broken into lines. */
    private record Laid(
            Group group, List<String> heading, List<List<String>> labels, List<Double> rowHeights, Scale scale) {

        double height() {
            return HEADING_LINE * heading.size()
                    + 6
                    + rowHeights.stream().mapToDouble(Double::doubleValue).sum()
                    + TICKS
                    + AFTER;
        }
    }

    ScoreSheet(Typeface typeface, Frame.Words words, List<Group> groups) {
        this(typeface, new Frame(typeface, words, PanelSheet.WIDTH), groups);
    }

    private ScoreSheet(Typeface typeface, Frame frame, List<Group> groups) {
        this.typeface = typeface;
        this.frame = frame;
        this.groups = List.copyOf(groups);
        laid = groups.stream().map(this::laid).toList();
        double widest = laid.stream()
                .flatMap(group -> group.labels().stream())
                .flatMap(List::stream)
                .mapToDouble(line -> Typeface.width(line, typeface.plain(13)))
                .max()
                .orElse(0);
        labelWidth = LABEL_MARKER + Math.max(LABEL_MINIMUM, widest) + GAP;
    }

    private Laid laid(Group group) {
        Scale scale = Scale.of(group.rows());
        double room = frame.isNarrow()
                ? frame.inner()
                : frame.inner() - Math.min(Typeface.width(unit(group, scale), typeface.plain(11)), 400) - GAP;
        double labelRoom = frame.isNarrow() ? frame.inner() - LABEL_MARKER : LABEL_MAXIMUM;
        List<List<String>> labels = group.rows().stream()
                .map(row -> Typeface.wrap(Text.clean(row.label()), typeface.plain(13), labelRoom))
                .toList();
        List<String> heading = new ArrayList<>(Typeface.wrap(Text.clean(group.heading()), typeface.bold(13), room));
        if (frame.isNarrow()) {
            heading.addAll(Typeface.wrap(unit(group, scale), typeface.plain(11), room));
        }
        return new Laid(
                group, heading, labels, labels.stream().map(this::rowHeight).toList(), scale);
    }

    private static String unit(Group group, Scale scale) {
        return Text.clean(group.unit()) + (scale.logarithmic() ? LOG_SCALE : "");
    }

    /** Beside the plot as high as the name, and where that stands above, the name's lines, the figures and the plot. */
    private double rowHeight(List<String> label) {
        return frame.isNarrow() ? 8 + LINE * (label.size() + 1) + ROW : Math.max(ROW, 8 + LINE * label.size());
    }

    @Override
    public int width() {
        return frame.width();
    }

    /** Names and figures above the plots. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(new ScoreSheet(typeface, new Frame(typeface, frame.words(), PanelSheet.NARROW), groups));
    }

    @Override
    public Optional<NumberTable> numbers() {
        return Optional.of(new NumberTable(
                List.of("Score", "Interval", "Each fork"),
                groups.stream()
                        .map(group -> new NumberTable.Group(
                                NumberTable.heading(group.unit(), group.heading()),
                                group.rows().stream().map(ScoreSheet::numbers).toList()))
                        .toList()));
    }

    private static NumberTable.Row numbers(Row row) {
        return new NumberTable.Row(
                row.label(),
                List.of(
                        Numbers.value(row.score()),
                        interval(row),
                        row.forks().stream().map(Numbers::plain).collect(Collectors.joining(", "))));
    }

    private static String interval(Row row) {
        return (row.score().isBounded() ? Numbers.interval(row.score()) : "no interval")
                + (row.pooled() ? " pooled" : "");
    }

    private double content() {
        return laid.stream().mapToDouble(Laid::height).sum();
    }

    @Override
    public int height() {
        return frame.height(content());
    }

    @Override
    public void draw(Graphics2D graphics) {
        frame.draw(graphics, content());
        double y = frame.top();
        for (Laid group : laid) {
            drawGroup(graphics, group, y);
            y += group.height();
        }
    }

    private double plotLeft() {
        return frame.isNarrow() ? frame.left() : frame.left() + labelWidth;
    }

    private double plotRight() {
        return frame.isNarrow() ? frame.right() : frame.right() - FIGURES;
    }

    private void drawGroup(Graphics2D graphics, Laid group, double top) {
        double y = top;
        for (int i = 0; i < group.heading().size(); i++) {
            y += HEADING_LINE;
            // On a narrow picture the unit is the last of the lines, otherwise it stands at their right.
            boolean heads = !frame.isNarrow() || i == 0;
            Frame.text(
                    graphics,
                    group.heading().get(i),
                    heads ? typeface.bold(13) : typeface.plain(11),
                    heads ? Palette.INK : Palette.FAINT_INK,
                    frame.left(),
                    y - HEADING_LINE * 0.28);
        }
        if (!frame.isNarrow()) {
            Frame.textBefore(
                    graphics,
                    unit(group.group(), group.scale()),
                    typeface.plain(11),
                    Palette.FAINT_INK,
                    frame.right(),
                    top + HEADING_LINE - 5);
        }
        y += 6;
        for (int row = 0; row < group.labels().size(); row++) {
            double height = group.rowHeights().get(row);
            drawRow(graphics, group, row, y, height);
            y += height;
        }
        drawTickLabels(graphics, group.scale(), y);
    }

    private void drawGrid(Graphics2D graphics, Scale scale, Rectangle2D plot) {
        graphics.setPaint(Palette.PANEL);
        graphics.fill(plot);
        for (double tick : scale.ticks()) {
            double x = place(scale, tick);
            Frame.line(graphics, Palette.GRID, 1, x, plot.getY(), x, plot.getMaxY());
        }
    }

    private double place(Scale scale, double value) {
        return plotLeft() + scale.place(value) * (plotRight() - plotLeft());
    }

    private void drawTickLabels(Graphics2D graphics, Scale scale, double bottom) {
        Font font = typeface.plain(11);
        double lastEnd = Double.NEGATIVE_INFINITY;
        for (double tick : scale.ticks()) {
            double x = place(scale, tick);
            String label = LogScale.label(tick);
            double half = Typeface.width(label, font) / 2;
            if (x - half > lastEnd + 8 && x + half <= frame.right()) {
                Frame.text(graphics, label, font, Palette.FAINT_INK, x - half, bottom + 14);
                lastEnd = x + half;
            }
        }
    }

    private void drawRow(Graphics2D graphics, Laid group, int index, double top, double height) {
        Row row = group.group().rows().get(index);
        List<String> label = group.labels().get(index);
        double plotTop = frame.isNarrow() ? top + height - ROW : top;
        double centre = frame.isNarrow() ? plotTop + ROW / 2 : top + height / 2;
        double nameCentre = frame.isNarrow() ? top + 4 + LINE * label.size() / 2 : centre;
        drawGrid(
                graphics,
                group.scale(),
                new Rectangle2D.Double(plotLeft(), plotTop, plotRight() - plotLeft(), top + height - plotTop));
        row.look().paint(graphics, frame.left() + 8.0, nameCentre, false);
        double baseline = nameCentre - LINE * label.size() / 2 + 13;
        for (String line : label) {
            Frame.text(graphics, line, typeface.plain(13), Palette.INK, frame.left() + LABEL_MARKER, baseline);
            baseline += LINE;
        }
        drawMeasured(graphics, row, group.scale(), centre);
        if (frame.isNarrow()) {
            drawFigures(graphics, row, frame.left() + LABEL_MARKER, baseline);
        } else {
            drawFigures(graphics, row, plotRight() + GAP, centre + 4.5);
        }
    }

    private void drawMeasured(Graphics2D graphics, Row row, Scale scale, double centre) {
        graphics.setPaint(row.look().faded(0.45));
        for (double fork : row.forks()) {
            graphics.fill(new Ellipse2D.Double(place(scale, fork) - 2, centre + 7, 4, 4));
        }
        double x = place(scale, row.score().value());
        if (row.score().isBounded()) {
            double low = place(scale, row.score().low());
            double high = place(scale, row.score().high());
            if (row.pooled()) {
                graphics.setPaint(row.look().color());
                graphics.setStroke(POOLED);
                graphics.draw(new Line2D.Double(low, centre, high, centre));
            } else {
                new Whisker(low, x, high).drawLevel(graphics, row.look().color(), 1.8f, centre);
            }
        }
        row.look().paint(graphics, x, centre, !row.score().isBounded());
    }

    private void drawFigures(Graphics2D graphics, Row row, double left, double baseline) {
        String value = Numbers.value(row.score());
        Frame.text(graphics, value, typeface.bold(13), Palette.INK, left, baseline);
        Frame.text(
                graphics,
                interval(row),
                typeface.plain(11),
                Palette.FAINT_INK,
                left + Typeface.width(value, typeface.bold(13)) + 7,
                baseline);
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
