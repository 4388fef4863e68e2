package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.concurrencybench.statistics.Estimate;

/** A picture of small multiples: one strip for each case, three in a row, each with a scale of its own. */
final class IterationSheet implements Sheet {

    private static final int GAP = 26;
    private static final int PER_ROW = 3;
    private static final int PLOT = 104;
    private static final int SCALE = 46;
    private static final int FORKS = 124;

    /** Above a plot, for the unit of its scale. */
    private static final int UNIT = 19;

    /** Forks of one case whose numbers are listed, and iterations of one fork. */
    private static final int MOST_LISTED = 30;

    /** Bars in place of dots: as many forks or iterations as are put together in one. */
    private static final int MOST_COLUMNS = 40;

    /** A scale is never finer than this share of the score to either side, lest noise look like an event. */
    private static final double FINEST = 0.02;

    /**
     * One fork in time.
     *
     * @param number its own, as the CSV has it
     * @param restsFrom position in both together from which on it stays near what it comes to; their length if nowhere
     */
    record Fork(int number, List<Double> warmup, List<Double> measured, int restsFrom) {

        int length() {
            return warmup.size() + measured.size();
        }

        double at(int position) {
            return position < warmup.size() ? warmup.get(position) : measured.get(position - warmup.size());
        }
    }

    /**
     * One case.
     *
     * @param settled from when on its forks are at rest, in words; empty where its note says that they are not
     * @param isQuantiles whether it has too many samples for dots
     */
    record Strip(
            String title,
            String setting,
            Palette.Look look,
            Estimate score,
            String unit,
            String settled,
            String note,
            List<Fork> forks,
            boolean isQuantiles) {

        double lowest() {
            return forks.stream()
                    .flatMap(fork -> fork.measured().stream())
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElse(score.value());
        }

        double highest() {
            return forks.stream()
                    .flatMap(fork -> fork.measured().stream())
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(score.value());
        }
    }

    /** A strip with its texts in lines. */
    private record Cell(Strip strip, List<String> head, List<String> foot) {}

    /** The vertical scale of a strip. */
    private record Scale(double low, double high, double top) {

        double place(double value) {
            return top + PLOT - PLOT * (Math.clamp(value, low, high) - low) / (high - low);
        }

        boolean holds(double value) {
            return low <= value && value <= high;
        }
    }

    private final Typeface typeface;
    private final Frame frame;
    private final List<Strip> strips;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final double width;

    IterationSheet(Typeface typeface, Frame.Words words, List<Strip> strips) {
        this(typeface, new Frame(typeface, words, PanelSheet.WIDTH), strips);
    }

    private IterationSheet(Typeface typeface, Frame frame, List<Strip> strips) {
        this.typeface = typeface;
        this.frame = frame;
        this.strips = List.copyOf(strips);
        int abreast = frame.isNarrow() ? 1 : PER_ROW;
        width = (frame.inner() - GAP * (abreast - 1.0)) / abreast;
        for (int first = 0; first < strips.size(); first += abreast) {
            rows.add(strips.subList(first, Math.min(strips.size(), first + abreast)).stream()
                    .map(this::cell)
                    .toList());
        }
    }

    @Override
    public int width() {
        return frame.width();
    }

    /** Its strips one below the other. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(new IterationSheet(typeface, new Frame(typeface, frame.words(), PanelSheet.NARROW), strips));
    }

    @Override
    public Optional<NumberTable> numbers() {
        return Optional.of(new NumberTable(
                List.of("Median", "Measured", "Warm-up"),
                strips.stream().map(IterationSheet::numbers).toList()));
    }

    private static NumberTable.Group numbers(Strip strip) {
        List<NumberTable.Row> forks = new ArrayList<>();
        int listed = Math.min(MOST_LISTED, strip.forks().size());
        for (Fork fork : strip.forks().subList(0, listed)) {
            forks.add(new NumberTable.Row(
                    "fork " + fork.number(),
                    List.of(
                            Numbers.plain(quantile(sorted(fork), 0.5)),
                            listed(fork.measured()),
                            listed(fork.warmup()))));
        }
        if (listed < strip.forks().size()) {
            forks.add(new NumberTable.Row(
                    "%d more forks".formatted(strip.forks().size() - listed), List.of("", "in the CSV", "")));
        }
        return new NumberTable.Group(
                NumberTable.heading(
                        Numbers.withInterval(strip.score(), " " + strip.unit()), strip.title(), strip.setting()),
                forks);
    }

    /** Each of them, or of many the range. */
    private static String listed(List<Double> values) {
        if (values.size() > MOST_LISTED) {
            return "%d from %s to %s"
                    .formatted(
                            values.size(),
                            Numbers.plain(Collections.min(values)),
                            Numbers.plain(Collections.max(values)));
        }
        return values.stream().map(Numbers::plain).collect(Collectors.joining(", "));
    }

    private static double[] sorted(Fork fork) {
        return fork.measured().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
    }

    private Cell cell(Strip strip) {
        List<String> foot = new ArrayList<>();
        if (!strip.settled().isEmpty()) {
            foot.addAll(Typeface.wrap(strip.settled(), typeface.plain(11), width));
        }
        foot.addAll(Typeface.wrap(Text.clean(strip.note()), typeface.plain(11), width));
        List<String> head = new ArrayList<>(Typeface.wrap(Text.clean(strip.setting()), typeface.plain(11), width));
        String score = Numbers.withInterval(strip.score(), " " + strip.unit());
        head.addAll(Typeface.wrap(Text.clean(score), typeface.plain(11), width));
        return new Cell(strip, head, foot);
    }

    /** Plots of one row stand at one height, below the longest of their heads. */
    private static double height(List<Cell> row) {
        return 20
                + lines(row) * 15.0
                + UNIT
                + PLOT
                + 18
                + row.stream().mapToInt(cell -> cell.foot().size()).max().orElse(0) * 15.0
                + 18;
    }

    private static int lines(List<Cell> row) {
        return row.stream().mapToInt(cell -> cell.head().size()).max().orElse(0);
    }

    private double content() {
        return rows.stream().mapToDouble(IterationSheet::height).sum();
    }

    @Override
    public int height() {
        return frame.height(content());
    }

    @Override
    public void draw(Graphics2D graphics) {
        frame.draw(graphics, content());
        double y = frame.top();
        for (List<Cell> row : rows) {
            int lines = lines(row);
            for (int i = 0; i < row.size(); i++) {
                drawCell(graphics, row.get(i), frame.left() + i * (width + GAP), y, lines);
            }
            y += height(row);
        }
    }

    private void drawCell(Graphics2D graphics, Cell cell, double left, double top, int lines) {
        Strip strip = cell.strip();
        strip.look().paint(graphics, left + 7, top + 9, false);
        Font bold = typeface.bold(13);
        Frame.text(
                graphics,
                Typeface.shortened(Text.clean(strip.title()), bold, width - 20),
                bold,
                Palette.INK,
                left + 20,
                top + 14);
        double y = top + 19;
        for (String line : cell.head()) {
            y += 15;
            Frame.text(graphics, line, typeface.plain(11), Palette.FAINT_INK, left, y - 3);
        }
        double plotTop = top + 20 + lines * 15.0 + UNIT;
        Frame.textWithin(
                graphics,
                strip.unit(),
                typeface.plain(11),
                Palette.FAINT_INK,
                left,
                plotTop - 8,
                (double) SCALE + FORKS);
        Scale scale = scale(strip, plotTop);
        boolean once = length(strip) == 1;
        Rectangle2D forks = new Rectangle2D.Double(left + SCALE, plotTop, once ? width - SCALE : FORKS, PLOT);
        drawScale(graphics, scale, forks);
        drawTicks(graphics, scale, forks);
        drawBand(graphics, strip, scale, forks);
        drawScore(graphics, strip, scale, forks);
        if (strip.isQuantiles()) {
            drawForkQuantiles(graphics, strip, scale, forks);
        } else {
            drawForks(graphics, strip, scale, forks);
        }
        List<Integer> numbers = strip.forks().stream().map(Fork::number).toList();
        drawNumbers(graphics, numbers, forks, place(strip, forks, 0), place(strip, forks, numbers.size() - 1));
        if (!once) {
            drawOverTime(graphics, strip, scale, forks.getMaxX() + 8, left + width);
        }
        y = plotTop + PLOT + 18;
        for (String line : cell.foot()) {
            y += 15;
            Frame.text(graphics, line, typeface.plain(11), Palette.FAINT_INK, left, y - 3);
        }
    }

    private void drawOverTime(Graphics2D graphics, Strip strip, Scale scale, double left, double right) {
        Rectangle2D plot = new Rectangle2D.Double(left, scale.top(), right - left, PLOT);
        drawScale(graphics, scale, plot);
        drawBand(graphics, strip, scale, plot);
        if (strip.isQuantiles()) {
            drawTimeQuantiles(graphics, strip, scale, plot);
        } else {
            drawTime(graphics, strip, scale, plot);
        }
        int warmup = warmup(strip);
        int measured = length(strip) - warmup;
        Frame.textAround(
                graphics,
                (warmup == 0 ? "" : warmup + " of warm-up, ")
                        + measured
                        + (measured == 1 ? " iteration" : " iterations"),
                typeface.plain(11),
                Palette.FAINT_INK,
                plot.getCenterX(),
                plot.getMaxY() + 14);
    }

    /** The first and the last fork's number at their places, and between them what they are of. */
    private void drawNumbers(Graphics2D graphics, List<Integer> numbers, Rectangle2D plot, double first, double last) {
        Font font = typeface.plain(11);
        double baseline = plot.getMaxY() + 14;
        if (numbers.size() == 1) {
            Frame.textAround(graphics, "1 fork", font, Palette.FAINT_INK, plot.getCenterX(), baseline);
            return;
        }
        Frame.textAround(graphics, numbers.getFirst().toString(), font, Palette.FAINT_INK, first, baseline);
        Frame.textAround(graphics, "fork", font, Palette.FAINT_INK, (first + last) / 2, baseline);
        Frame.textAround(graphics, numbers.getLast().toString(), font, Palette.FAINT_INK, last, baseline);
    }

    /** Iterations over time, the longest warm-up and the most measured ones. */
    private static int length(Strip strip) {
        return strip.forks().stream()
                .mapToInt(fork -> first(strip, fork) + fork.length())
                .max()
                .orElse(1);
    }

    private static int warmup(Strip strip) {
        return strip.forks().stream()
                .mapToInt(fork -> fork.warmup().size())
                .max()
                .orElse(0);
    }

    /** All that was measured, the interval as far as that does not dwarf it, and room above for some of the warm-up. */
    private static Scale scale(Strip strip, double top) {
        double low = strip.lowest();
        double high = strip.highest();
        double spread = Math.max(high - low, 2 * FINEST * Math.abs(strip.score().value()));
        spread = Math.max(spread, 1e-12 + Math.abs(high) * 1e-9);
        if (strip.score().isBounded()) {
            low = Math.min(low, Math.max(strip.score().low(), low - spread));
            high = Math.max(high, Math.min(strip.score().high(), high + spread));
        }
        double slowest = strip.forks().stream()
                .flatMap(fork -> fork.warmup().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(high);
        high = Math.max(high, Math.min(slowest, high + 0.6 * spread));
        double middle = (low + high) / 2;
        double half = Math.max(high - low, spread) / 2 * 1.1;
        return new Scale(middle - half, middle + half, top);
    }

    private static void drawScale(Graphics2D graphics, Scale scale, Rectangle2D plot) {
        graphics.setPaint(Palette.PANEL);
        graphics.fill(plot);
        for (double tick : ticks(scale)) {
            double y = scale.place(tick);
            Frame.line(graphics, Palette.GRID, 1, plot.getX(), y, plot.getMaxX(), y);
        }
    }

    private void drawTicks(Graphics2D graphics, Scale scale, Rectangle2D plot) {
        Font font = typeface.plain(11);
        for (double tick : ticks(scale)) {
            double baseline = scale.place(tick) + 4;
            Frame.textBefore(graphics, LogScale.label(tick), font, Palette.FAINT_INK, plot.getX() - 5, baseline);
        }
    }

    /** Two to five round values. */
    private static List<Double> ticks(Scale scale) {
        double span = scale.high() - scale.low();
        double magnitude = Math.pow(10, Math.floor(Math.log10(span)) - 1);
        for (double step : new double[] {1, 2, 5, 10, 20, 50}) {
            if (span / (step * magnitude) <= 5) {
                List<Double> ticks = new ArrayList<>();
                double first = Math.ceil(scale.low() / (step * magnitude));
                for (int i = 0; i < 6 && (first + i) * step * magnitude <= scale.high(); i++) {
                    ticks.add((first + i) * step * magnitude);
                }
                return ticks;
            }
        }
        return List.of();
    }

    /** The interval through a whole plot. */
    private static void drawBand(Graphics2D graphics, Strip strip, Scale scale, Rectangle2D plot) {
        if (strip.score().isBounded()) {
            graphics.setPaint(Palette.GRID);
            double high = scale.place(strip.score().high());
            double height = Math.max(1, scale.place(strip.score().low()) - high);
            graphics.fill(new Rectangle2D.Double(plot.getX(), high, plot.getWidth(), height));
        }
    }

    private static void drawScore(Graphics2D graphics, Strip strip, Scale scale, Rectangle2D plot) {
        Estimate score = strip.score();
        double x = plot.getMaxX() - 10;
        double y = scale.place(score.value());
        if (score.isBounded()) {
            new Whisker(scale.place(score.low()), y, scale.place(score.high()))
                    .drawUpright(graphics, strip.look().color(), 1.8f, x);
        }
        strip.look().paint(graphics, x, y, !score.isBounded());
    }

    /** The middle of a fork's dots. */
    private static double place(Strip strip, Rectangle2D plot, int fork) {
        return plot.getX() + 4 + step(strip, plot) * (fork + 0.5);
    }

    private static double step(Strip strip, Rectangle2D plot) {
        return (plot.getWidth() - 26) / strip.forks().size();
    }

    private static void drawForks(Graphics2D graphics, Strip strip, Scale scale, Rectangle2D plot) {
        Path2D dots = new Path2D.Double();
        Path2D medians = new Path2D.Double();
        double half = Math.min(7, step(strip, plot) * 0.38);
        for (int i = 0; i < strip.forks().size(); i++) {
            double x = place(strip, plot, i);
            for (double value : strip.forks().get(i).measured()) {
                dot(dots, x, scale.place(value));
            }
            double median = scale.place(quantile(sorted(strip.forks().get(i)), 0.5));
            medians.moveTo(x - half, median);
            medians.lineTo(x + half, median);
        }
        graphics.setPaint(strip.look().faded(0.6));
        graphics.setStroke(new BasicStroke(4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(dots);
        graphics.setPaint(Palette.INK);
        graphics.setStroke(new BasicStroke(1.4f));
        graphics.draw(medians);
    }

    private static void drawTime(Graphics2D graphics, Strip strip, Scale scale, Rectangle2D plot) {
        drawWarmupEdge(graphics, strip, plot);
        Path2D restless = new Path2D.Double();
        Path2D resting = new Path2D.Double();
        Path2D warm = new Path2D.Double();
        Path2D dots = new Path2D.Double();
        Path2D beyond = new Path2D.Double();
        for (Fork fork : strip.forks()) {
            int first = first(strip, fork);
            for (int i = 0; i < fork.length(); i++) {
                double value = fork.at(i);
                double x = time(strip, plot, first + i);
                double y = scale.place(value);
                if (i > 0) {
                    Path2D line = i > fork.restsFrom() ? resting : restless;
                    line.moveTo(time(strip, plot, first + i - 1), scale.place(fork.at(i - 1)));
                    line.lineTo(x, y);
                }
                if (!scale.holds(value)) {
                    arrow(beyond, x, y, value > scale.high());
                } else {
                    dot(i < fork.warmup().size() ? warm : dots, x, y);
                }
            }
        }
        Color color = strip.look().color();
        graphics.setPaint(strip.look().faded(0.35));
        graphics.setStroke(new BasicStroke(0.8f));
        graphics.draw(restless);
        graphics.setPaint(strip.look().faded(0.75));
        graphics.setStroke(new BasicStroke(1.7f));
        graphics.draw(resting);
        graphics.setStroke(new BasicStroke(3.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.setPaint(strip.look().faded(0.4));
        graphics.draw(warm);
        graphics.setPaint(color);
        graphics.draw(dots);
        graphics.setStroke(new BasicStroke(1.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(beyond);
    }

    /** Grey where the warm-up was. */
    private static void drawWarmupEdge(Graphics2D graphics, Strip strip, Rectangle2D plot) {
        int warmup = warmup(strip);
        if (warmup > 0) {
            double edge = (time(strip, plot, warmup - 1) + time(strip, plot, warmup)) / 2;
            graphics.setPaint(Palette.SHADE);
            graphics.fill(new Rectangle2D.Double(plot.getX(), plot.getY(), edge - plot.getX(), plot.getHeight()));
            graphics.setPaint(Palette.FAINT_INK);
            graphics.setStroke(
                    new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {3f, 3f}, 0f));
            graphics.draw(new Line2D.Double(edge, plot.getY(), edge, plot.getMaxY()));
        }
    }

    /** Where a fork begins: warm-ups of different lengths end at one place, so that the grey holds nothing that was measured. */
    private static int first(Strip strip, Fork fork) {
        return warmup(strip) - fork.warmup().size();
    }

    private static double time(Strip strip, Rectangle2D plot, int position) {
        return plot.getX() + plot.getWidth() * (position + 0.5) / length(strip);
    }

    private static void drawForkQuantiles(Graphics2D graphics, Strip strip, Scale scale, Rectangle2D plot) {
        List<Fork> forks = strip.forks();
        int together = Math.ceilDiv(forks.size(), MOST_COLUMNS);
        int columns = Math.ceilDiv(forks.size(), together);
        for (int column = 0; column < columns; column++) {
            double[] values = forks.subList(column * together, Math.min(forks.size(), (column + 1) * together)).stream()
                    .flatMap(fork -> fork.measured().stream())
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            double x = plot.getX() + 4 + (plot.getWidth() - 26) * (column + 0.5) / columns;
            drawQuantiles(graphics, strip.look(), values, scale, x, (plot.getWidth() - 26) / columns);
        }
    }

    private static void drawTimeQuantiles(Graphics2D graphics, Strip strip, Scale scale, Rectangle2D plot) {
        drawWarmupEdge(graphics, strip, plot);
        int length = length(strip);
        int together = Math.ceilDiv(length, MOST_COLUMNS);
        for (int first = 0; first < length; first += together) {
            int from = first;
            int to = Math.min(length, first + together);
            double[] values = strip.forks().stream()
                    .flatMapToDouble(fork -> {
                        int shift = first(strip, fork);
                        return IntStream.range(Math.max(0, from - shift), Math.min(to - shift, fork.length()))
                                .mapToDouble(fork::at);
                    })
                    .sorted()
                    .toArray();
            double x = (time(strip, plot, from) + time(strip, plot, to - 1)) / 2;
            drawQuantiles(graphics, strip.look(), values, scale, x, plot.getWidth() * together / length);
        }
    }

    private static void drawQuantiles(
            Graphics2D graphics, Palette.Look look, double[] sorted, Scale scale, double x, double room) {
        if (sorted.length == 0) {
            return;
        }
        double half = Math.clamp(room * 0.35, 0.5, 4);
        graphics.setPaint(look.color());
        graphics.setStroke(new BasicStroke(1f));
        graphics.draw(
                new Line2D.Double(x, scale.place(quantile(sorted, 0.05)), x, scale.place(quantile(sorted, 0.95))));
        double upper = scale.place(quantile(sorted, 0.75));
        graphics.fill(new Rectangle2D.Double(
                x - half, upper, 2 * half, Math.max(1, scale.place(quantile(sorted, 0.25)) - upper)));
        double median = scale.place(quantile(sorted, 0.5));
        graphics.setPaint(Palette.INK);
        graphics.setStroke(new BasicStroke(1.4f));
        graphics.draw(new Line2D.Double(x - half, median, x + half, median));
    }

    /** By straight lines between the sorted values. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** As good as no length, with round ends: many dots in one path take a quarter of the bytes of as many circles. */
    private static void dot(Path2D dots, double x, double y) {
        dots.moveTo(x, y);
        dots.lineTo(x + 0.01, y);
    }

    private static void arrow(Path2D arrows, double x, double y, boolean up) {
        int down = up ? 1 : -1;
        double tip = y + down;
        arrows.moveTo(x, tip + down * 10);
        arrows.lineTo(x, tip);
        arrows.moveTo(x - 3, tip + down * 4);
        arrows.lineTo(x, tip);
        arrows.lineTo(x + 3, tip + down * 4);
    }
}
