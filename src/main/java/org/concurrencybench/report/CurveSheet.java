package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.concurrencybench.statistics.Estimate;

/**
 * A picture of curves: a title, a line on how to read it, and panels side by side with both axes logarithmic or both plain, each
 * line with its name at its end. A vertical bar is an interval, or a band where points are dense; a dark broken line is the ideal, one in
 * a model's colour what a law says of it; an upright band is where a curve crosses the panel's reference line.
 */
final class CurveSheet implements Sheet {

    private static final int MARGIN = 24;
    private static final int NARROW_MARGIN = 12;
    private static final int GAP = 30;
    private static final int PANELS_IN_A_ROW = 2;
    private static final int PLAIN_PANELS_IN_A_ROW = 3;

    /** Beyond the highest value of a plain axis. */
    private static final double ROOM = 1.06;

    private static final int PLOT_HEIGHT = 340;
    private static final int NARROW_PLOT_HEIGHT = 260;
    private static final int HEADING_LINE = 17;
    private static final int LEFT = 46;
    private static final int TICKS = 22;
    private static final int LEGEND_ROW = 24;

    /** Most room for the names at the lines' ends; a narrow picture has none, and names them above. */
    private static final int LABELS = 190;

    private static final int LABEL_LINE = 14;

    /** Points of a line so close to each other would have bars that touch. */
    private static final double DENSE = 26;

    /** How far an interval may leave the values before it is cut off at the panel's edge. */
    private static final double STRETCH = 2;

    /**
     * A measured point.
     *
     * @param x above 0
     * @param y all of it above 0 where it is bounded
     */
    record Point(double x, Estimate y) {}

    /**
     * Points of one model, or of one pool size of it, in the order of x.
     *
     * @param isThin for a line that shows a setting and not the model
     */
    record Series(String label, Palette.Look look, List<Point> points, boolean isThin) {}

    /** What a law says of a model, along a line. */
    record Guide(Palette.Look look, List<Point2D.Double> points) {}

    /**
     * One panel.
     *
     * @param heading what tells it from the others
     * @param ideal a line of what the hardware allows; empty where nothing is known
     * @param reference where a thin line stands
     * @param crossings where curves come to that line, with their intervals
     * @param guides what laws say
     * @param yLabel what stands upwards
     * @param isPlain whether both axes are plain and begin at 0; its heading then names the one model that it shows
     */
    record Panel(
            String heading,
            List<Series> series,
            List<Line2D.Double> ideal,
            Optional<Double> reference,
            List<Crossed> crossings,
            List<Guide> guides,
            String yLabel,
            boolean isPlain) {}

    /** Where a series crosses the reference line, with that place in words. */
    record Crossed(Estimate x, Palette.Look look, String label) {}

    /** The words around the panels. */
    record Words(String title, String legend, String xLabel, String yLabel, String footer) {}

    private final Typeface typeface;
    private final Words words;
    private final List<Panel> panels;
    private final int width;
    private final int margin;
    private final int perRow;
    private final List<String> title;
    private final List<String> legend;
    private final List<String> footer;
    private final List<List<String>> headings;
    private final List<List<Series>> keys;
    private final double labelWidth;
    private final double panelWidth;

    CurveSheet(Typeface typeface, Words words, List<Panel> panels) {
        this(typeface, words, panels, PanelSheet.WIDTH);
    }

    private CurveSheet(Typeface typeface, Words words, List<Panel> panels, int width) {
        this.typeface = typeface;
        this.words = words;
        this.panels = List.copyOf(panels);
        this.width = width;
        margin = isNarrow() ? NARROW_MARGIN : MARGIN;
        boolean plain = panels.stream().allMatch(Panel::isPlain);
        int abreast = plain ? PLAIN_PANELS_IN_A_ROW : PANELS_IN_A_ROW;
        perRow = isNarrow() ? 1 : Math.min(abreast, panels.size());
        double inner = width - 2.0 * margin;
        panelWidth = (inner - GAP * (perRow - 1.0)) / perRow;
        title = Typeface.wrap(Text.clean(words.title()), titleFont(), inner);
        legend = Typeface.wrap(Text.clean(words.legend()), typeface.plain(13), inner);
        footer = Typeface.wrap(Text.clean(words.footer()), typeface.plain(11), inner);
        headings = panels.stream()
                .map(panel -> Typeface.wrap(Text.clean(panel.heading()), typeface.bold(13), panelWidth))
                .toList();
        keys = isNarrow() && !plain ? keys(inner) : List.of();
        labelWidth = isNarrow() || plain
                ? 0
                : Math.min(
                        LABELS,
                        10
                                + panels.stream()
                                        .flatMap(panel -> panel.series().stream())
                                        .mapToDouble(series ->
                                                Typeface.width(Text.clean(series.label()), typeface.plain(12)))
                                        .max()
                                        .orElse(0));
    }

    private boolean isNarrow() {
        return width == PanelSheet.NARROW;
    }

    private Font titleFont() {
        return typeface.bold(isNarrow() ? 16 : 20);
    }

    @Override
    public int width() {
        return width;
    }

    /** Its panels one below the other. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(new CurveSheet(typeface, words, panels, PanelSheet.NARROW));
    }

    @Override
    public Optional<NumberTable> numbers() {
        return Optional.of(new NumberTable(
                List.of(words.xLabel(), words.yLabel(), "Interval"),
                panels.stream()
                        .map(panel -> new NumberTable.Group(
                                panel.heading(),
                                panel.series().stream()
                                        .flatMap(series ->
                                                series.points().stream().map(point -> numbers(series, point)))
                                        .toList()))
                        .toList()));
    }

    private static NumberTable.Row numbers(Series series, Point point) {
        return new NumberTable.Row(
                series.label(),
                List.of(
                        Numbers.ideal(point.x()),
                        Numbers.value(point.y()),
                        point.y().isBounded() ? Numbers.interval(point.y()) : "no interval"));
    }

    /** What is explained under the title, in rows: every series once. */
    private List<List<Series>> keys(double width) {
        List<List<Series>> rows = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        double x = 0;
        for (Series series :
                panels.stream().flatMap(panel -> panel.series().stream()).toList()) {
            if (!seen.contains(series.label())) {
                seen.add(series.label());
                double needed = keyWidth(series);
                if (rows.isEmpty() || x + needed > width) {
                    rows.add(new ArrayList<>());
                    x = 0;
                }
                rows.getLast().add(series);
                x += needed;
            }
        }
        return rows;
    }

    private double keyWidth(Series series) {
        return 22 + Typeface.width(Text.clean(series.label()), typeface.plain(13)) + 26;
    }

    @Override
    public int height() {
        int rows = Math.ceilDiv(panels.size(), perRow);
        return (int) Math.ceil(head() + rows * rowHeight() + 20 + (footer.size() - 1) * 15 + margin);
    }

    private double head() {
        return margin + title.size() * 27 + legend.size() * 17.5 + 14 + keys.size() * LEGEND_ROW + 6;
    }

    /** What stands above a plot. */
    private double headingHeight() {
        int most = headings.stream().mapToInt(List::size).max().orElse(1);
        return 7 + HEADING_LINE * (most + 1);
    }

    private int plotHeight() {
        return isNarrow() ? NARROW_PLOT_HEIGHT : PLOT_HEIGHT;
    }

    private double rowHeight() {
        return headingHeight() + plotHeight() + TICKS + 24;
    }

    @Override
    public void draw(Graphics2D graphics) {
        Frame.paper(graphics, width, height());
        double y = margin;
        for (String line : title) {
            y += 27;
            Frame.text(graphics, line, titleFont(), Palette.INK, margin, y - 7);
        }
        for (String line : legend) {
            y += 17.5;
            Frame.text(graphics, line, typeface.plain(13), Palette.FAINT_INK, margin, y);
        }
        y += 14;
        for (List<Series> row : keys) {
            double x = margin;
            for (Series series : row) {
                series.look().paint(graphics, x + 8, y + 8, false);
                Frame.text(graphics, series.label(), typeface.plain(13), Palette.INK, x + 22, y + 13);
                x += keyWidth(series);
            }
            y += LEGEND_ROW;
        }
        for (int i = 0; i < panels.size(); i++) {
            int row = i / perRow;
            double left = margin + i % perRow * (panelWidth + GAP);
            drawPanel(graphics, i, left, head() + row * rowHeight());
        }
        double bottom = height() - (double) margin - (footer.size() - 1) * 15;
        for (String line : footer) {
            Frame.text(graphics, line, typeface.plain(11), Palette.FAINT_INK, margin, bottom);
            bottom += 15;
        }
    }

    private void drawPanel(Graphics2D graphics, int index, double left, double top) {
        Panel panel = panels.get(index);
        double y0 = top;
        for (String line : headings.get(index)) {
            y0 += HEADING_LINE;
            Frame.text(graphics, line, typeface.bold(13), Palette.INK, left, y0 - 3);
        }
        Rectangle2D plot = new Rectangle2D.Double(
                left + LEFT, top + headingHeight(), panelWidth - LEFT - labelWidth, plotHeight());
        AxisScale x = xScale(panel, plot);
        AxisScale y = yScale(panel, plot);
        graphics.setPaint(Palette.PANEL);
        graphics.fill(plot);
        drawTicks(graphics, plot, x, y);
        Frame.textWithin(
                graphics, panel.yLabel(), typeface.plain(11), Palette.FAINT_INK, left, plot.getY() - 8, panelWidth);
        graphics.setPaint(Palette.FAINT_INK);
        graphics.setStroke(new BasicStroke(1.6f));
        panel.reference()
                .filter(y::holds)
                .ifPresent(value ->
                        graphics.draw(new Line2D.Double(plot.getX(), y.place(value), plot.getMaxX(), y.place(value))));
        panel.crossings().forEach(crossed -> drawCrossing(graphics, crossed, plot, x));
        graphics.setPaint(Palette.INK);
        graphics.setStroke(
                new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {7f, 5f}, 0f));
        for (Line2D.Double line : panel.ideal()) {
            graphics.draw(new Line2D.Double(x.place(line.x1), y.place(line.y1), x.place(line.x2), y.place(line.y2)));
        }
        for (Series series : panel.series()) {
            drawSeries(graphics, series, x, y, isDense(series, x));
        }
        for (Guide guide : panel.guides()) {
            drawGuide(graphics, guide, x, y);
        }
        for (int i = 0; i < panel.crossings().size(); i++) {
            nameCrossing(graphics, panel.crossings().get(i), plot, x, i);
        }
        if (!isNarrow() && !panel.isPlain()) {
            drawLabels(graphics, panel, plot, y);
        }
    }

    private static boolean isDense(Series series, AxisScale x) {
        double[] places = series.points().stream()
                .mapToDouble(point -> x.place(point.x()))
                .toArray();
        for (int i = 1; i < places.length; i++) {
            if (places[i] - places[i - 1] < DENSE) {
                return true;
            }
        }
        return false;
    }

    private static void drawGuide(Graphics2D graphics, Guide guide, AxisScale x, AxisScale y) {
        Path2D line = new Path2D.Double();
        for (Point2D.Double point : guide.points()) {
            // A law may leave what was measured; its line then stops at the panel's edge.
            if (x.holds(point.x) && y.holds(point.y)) {
                if (line.getCurrentPoint() == null) {
                    line.moveTo(x.place(point.x), y.place(point.y));
                } else {
                    line.lineTo(x.place(point.x), y.place(point.y));
                }
            }
        }
        graphics.setPaint(guide.look().color().darker());
        graphics.setStroke(
                new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {2f, 4f}, 0f));
        graphics.draw(line);
    }

    /** The name right beside the line's last point, where that is far from the edge and nothing else stands there. */
    private boolean drawBeside(Graphics2D graphics, Panel panel, Series series, Rectangle2D plot, AxisScale y) {
        AxisScale x = xScale(panel, plot);
        Point last = series.points().getLast();
        Font font = typeface.plain(12);
        double left = x.place(last.x()) + 12;
        double width = Typeface.width(Text.clean(series.label()), font);
        double middle = y.place(last.y().value());
        Rectangle2D needed = new Rectangle2D.Double(left - 4, middle - 16, width + 16, 32);
        boolean isFree = left + width < plot.getMaxX() - 8
                && panel.series().stream()
                        .filter(other -> !other.label().equals(series.label()))
                        .flatMap(other -> other.points().stream())
                        .noneMatch(point -> needed.contains(
                                x.place(point.x()), y.place(point.y().value())))
                && panel.series().stream()
                        .filter(other -> !other.label().equals(series.label()))
                        .noneMatch(other -> crosses(other, needed, x, y));
        if (isFree) {
            Frame.text(graphics, series.label(), font, Palette.INK, left, middle + 4);
        }
        return isFree;
    }

    private static boolean crosses(Series series, Rectangle2D needed, AxisScale x, AxisScale y) {
        for (int i = 1; i < series.points().size(); i++) {
            Point from = series.points().get(i - 1);
            Point to = series.points().get(i);
            if (needed.intersectsLine(
                    x.place(from.x()),
                    y.place(from.y().value()),
                    x.place(to.x()),
                    y.place(to.y().value()))) {
                return true;
            }
        }
        return false;
    }

    /** The name of each line at its right end, moved apart where ends are close. */
    private void drawLabels(Graphics2D graphics, Panel panel, Rectangle2D plot, AxisScale y) {
        Font font = typeface.plain(12);
        record Label(List<String> lines, Palette.Look look, double endX, double endY) {}
        List<Label> labels = new ArrayList<>();
        AxisScale x = xScale(panel, plot);
        for (Series series : panel.series()) {
            if (!series.points().isEmpty()) {
                Point last = series.points().getLast();
                if (drawBeside(graphics, panel, series, plot, y)) {
                    continue;
                }
                labels.add(new Label(
                        Typeface.wrap(Text.clean(series.label()), font, labelWidth - 10),
                        series.look(),
                        x.place(last.x()),
                        y.place(last.y().value())));
            }
        }
        labels.sort(Comparator.comparingDouble(Label::endY));
        double[] tops = new double[labels.size()];
        double free = plot.getY() - 6;
        for (int i = 0; i < tops.length; i++) {
            double height = labels.get(i).lines().size() * (double) LABEL_LINE;
            tops[i] = Math.max(free, labels.get(i).endY() - height / 2);
            free = tops[i] + height + 1;
        }
        // What was pushed out below comes up again.
        double floor = plot.getMaxY() + 14;
        for (int i = tops.length - 1; i >= 0; i--) {
            double height = labels.get(i).lines().size() * (double) LABEL_LINE;
            tops[i] = Math.min(tops[i], floor - height);
            floor = tops[i] - 1;
        }
        for (int i = 0; i < tops.length; i++) {
            Label label = labels.get(i);
            double middle = tops[i] + label.lines().size() * LABEL_LINE / 2.0;
            graphics.setPaint(label.look().color());
            graphics.setStroke(new BasicStroke(0.8f));
            graphics.draw(new Line2D.Double(label.endX() + 8, label.endY(), plot.getMaxX() + 5, middle));
            double baseline = tops[i] + 11;
            for (String line : label.lines()) {
                Frame.text(graphics, line, font, Palette.INK, plot.getMaxX() + 8, baseline);
                baseline += LABEL_LINE;
            }
        }
    }

    private static AxisScale xScale(Panel panel, Rectangle2D plot) {
        double[] xs = panel.series().stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(Point::x)
                .sorted()
                .toArray();
        double right = plot.getMaxX() - 8;
        return panel.isPlain()
                ? new LinearScale(ROOM * xs[xs.length - 1], plot.getX(), right)
                : LogScale.over(xs[0], xs[xs.length - 1], plot.getX() + 8, right);
    }

    private static AxisScale yScale(Panel panel, Rectangle2D plot) {
        List<Point> points = panel.series().stream()
                .flatMap(series -> series.points().stream())
                .toList();
        double[] values = Stream.concat(
                        Stream.concat(points.stream().map(point -> point.y().value()), panel.reference().stream()),
                        panel.ideal().stream().flatMap(line -> Stream.of(line.y1, line.y2)))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double low = values[0];
        double high = values[values.length - 1];
        for (Point point : points) {
            if (point.y().isBounded() && point.y().low() > 0) {
                low = Math.min(low, Math.max(point.y().low(), values[0] / STRETCH));
                high = Math.max(high, Math.min(point.y().high(), values[values.length - 1] * STRETCH));
            }
        }
        return panel.isPlain()
                ? new LinearScale(ROOM * high, plot.getMaxY(), plot.getY() + 8)
                : LogScale.over(low, high, plot.getMaxY() - 8, plot.getY() + 8);
    }

    private void drawTicks(Graphics2D graphics, Rectangle2D plot, AxisScale x, AxisScale y) {
        Font font = typeface.plain(11);
        graphics.setStroke(new BasicStroke(1f));
        for (double tick : x.ticks(panelWidth < 400 ? 6 : 7)) {
            double place = x.place(tick);
            graphics.setPaint(Palette.GRID);
            graphics.draw(new Line2D.Double(place, plot.getY(), place, plot.getMaxY()));
            String label = LogScale.label(tick);
            Frame.text(
                    graphics,
                    label,
                    font,
                    Palette.FAINT_INK,
                    place - Typeface.width(label, font) / 2,
                    plot.getMaxY() + 15);
        }
        for (double tick : y.ticks(9)) {
            double place = y.place(tick);
            graphics.setPaint(Palette.GRID);
            graphics.draw(new Line2D.Double(plot.getX(), place, plot.getMaxX(), place));
            String label = LogScale.label(tick);
            Frame.text(
                    graphics, label, font, Palette.FAINT_INK, plot.getX() - 6 - Typeface.width(label, font), place + 4);
        }
        String label = Text.clean(words.xLabel());
        double middle = plot.getCenterX() - Typeface.width(label, font) / 2;
        Frame.text(graphics, label, font, Palette.FAINT_INK, middle, plot.getMaxY() + TICKS + 10.0);
    }

    private static void drawCrossing(Graphics2D graphics, Crossed crossed, Rectangle2D plot, AxisScale x) {
        double from = x.place(Math.max(crossed.x().low(), x.low()));
        double to = x.place(Math.min(crossed.x().high(), x.high()));
        graphics.setPaint(crossed.look().faded(0.14));
        graphics.fill(new Rectangle2D.Double(from, plot.getY(), Math.max(1, to - from), plot.getHeight()));
        double at = x.place(crossed.x().value());
        graphics.setPaint(crossed.look().faded(0.7));
        graphics.setStroke(new BasicStroke(1.2f));
        graphics.draw(new Line2D.Double(at, plot.getY(), at, plot.getMaxY()));
    }

    /** Its place in words, below the curves: above the bands of all of them, and each on a line of its own. */
    private void nameCrossing(Graphics2D graphics, Crossed crossed, Rectangle2D plot, AxisScale x, int index) {
        double at = x.place(crossed.x().value());
        double baseline = plot.getMaxY() - 10 - index * 18.0;
        double width = Typeface.width(crossed.label(), typeface.plain(11));
        boolean isRight = at + 14 + width < plot.getMaxX();
        double left = isRight ? at + 10 : at - 10 - width;
        graphics.setPaint(Palette.PAPER);
        graphics.fill(new Rectangle2D.Double(left - 2, baseline - 11, width + 4, 15));
        crossed.look().paint(graphics, at, baseline - 4, false);
        Frame.text(graphics, crossed.label(), typeface.plain(11), Palette.INK, left, baseline);
    }

    private static void drawSeries(Graphics2D graphics, Series series, AxisScale x, AxisScale y, boolean isDense) {
        Color color = series.look().color();
        graphics.setPaint(color);
        if (isDense) {
            drawBand(graphics, series, x, y);
            graphics.setPaint(color);
        }
        graphics.setStroke(
                new BasicStroke(series.isThin() ? 0.9f : 1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D line = new Path2D.Double();
        for (Point point : series.points()) {
            if (line.getCurrentPoint() == null) {
                line.moveTo(x.place(point.x()), y.place(point.y().value()));
            } else {
                line.lineTo(x.place(point.x()), y.place(point.y().value()));
            }
        }
        graphics.draw(line);
        for (Point point : series.points()) {
            double place = x.place(point.x());
            if (point.y().isBounded() && !isDense) {
                new Whisker(
                                y.place(Math.max(point.y().low(), y.low())),
                                y.place(point.y().value()),
                                y.place(Math.min(point.y().high(), y.high())))
                        .drawUpright(graphics, color, 2f, place);
            }
            series.look()
                    .paint(
                            graphics,
                            place,
                            y.place(point.y().value()),
                            !point.y().isBounded());
        }
    }

    /** From interval to interval, where each has two ends. */
    private static void drawBand(Graphics2D graphics, Series series, AxisScale x, AxisScale y) {
        graphics.setPaint(series.look().faded(0.18));
        for (int i = 1; i < series.points().size(); i++) {
            Point from = series.points().get(i - 1);
            Point to = series.points().get(i);
            if (from.y().isBounded() && to.y().isBounded()) {
                Path2D piece = new Path2D.Double();
                piece.moveTo(x.place(from.x()), y.place(from.y().low()));
                piece.lineTo(x.place(from.x()), y.place(from.y().high()));
                piece.lineTo(x.place(to.x()), y.place(to.y().high()));
                piece.lineTo(x.place(to.x()), y.place(to.y().low()));
                piece.closePath();
                graphics.fill(piece);
            }
        }
    }
}
