package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.concurrencybench.statistics.Estimate;

/** A picture of small multiples: one strip for each case, three in a row, each with a scale of its own. */
final class IterationSheet implements Sheet {

    private static final int MARGIN = 24;
    private static final int GAP = 26;
    private static final int PER_ROW = 3;
    private static final int PLOT = 104;
    private static final int SCALE = 46;
    private static final int FORKS = 124;

    /** Bars in place of dots: as many forks or iterations as are put together in one. */
    private static final int MOST_COLUMNS = 40;

    /** A scale is never finer than this share of the score to either side, lest noise look like an event. */
    private static final double FINEST = 0.02;

    /**
     * One fork in time.
     *
     * @param restsFrom position in both together from which on it stays near what it comes to; their length if nowhere
     */
    record Fork(List<Double> warmup, List<Double> measured, int restsFrom) {

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
     * @param settled from when on its forks are at rest, in words
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
    private final String title;
    private final List<String> legend;
    private final String footer;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final double width;

    IterationSheet(Typeface typeface, String title, String legend, List<Strip> strips, String footer) {
        this.typeface = typeface;
        this.title = title;
        this.footer = footer;
        double whole = PanelSheet.WIDTH - 2.0 * MARGIN;
        this.legend = Typeface.wrap(Text.clean(legend), typeface.plain(13), whole);
        width = (whole - GAP * (PER_ROW - 1.0)) / PER_ROW;
        for (int first = 0; first < strips.size(); first += PER_ROW) {
            rows.add(strips.subList(first, Math.min(strips.size(), first + PER_ROW)).stream()
                    .map(this::cell)
                    .toList());
        }
    }

    private Cell cell(Strip strip) {
        List<String> foot = new ArrayList<>(Typeface.wrap(strip.settled(), typeface.plain(11), width));
        foot.addAll(Typeface.wrap(Text.clean(strip.note()), typeface.plain(11), width));
        List<String> head = new ArrayList<>(Typeface.wrap(Text.clean(strip.setting()), typeface.plain(11), width));
        String score = Numbers.withInterval(strip.score(), " " + strip.unit());
        head.addAll(Typeface.wrap(Text.clean(score), typeface.plain(11), width));
        return new Cell(strip, head, foot);
    }

    private double head() {
        return MARGIN + 27 + legend.size() * 17.5 + 18;
    }

    /** Plots of one row stand at one height, below the longest of their heads. */
    private static double height(List<Cell> row) {
        return 20
                + lines(row) * 15.0
                + 6
                + PLOT
                + 18
                + row.stream().mapToInt(cell -> cell.foot().size()).max().orElse(0) * 15.0
                + 18;
    }

    private static int lines(List<Cell> row) {
        return row.stream().mapToInt(cell -> cell.head().size()).max().orElse(0);
    }

    @Override
    public int height() {
        return (int) Math.ceil(
                head() + rows.stream().mapToDouble(IterationSheet::height).sum() + 18 + MARGIN);
    }

    @Override
    public void draw(Graphics2D graphics) {
        Frame.paper(graphics, PanelSheet.WIDTH, height());
        double y = MARGIN + 20.0;
        Font large = typeface.bold(20);
        String fitting = Typeface.shortened(Text.clean(title), large, PanelSheet.WIDTH - 2.0 * MARGIN);
        Frame.text(graphics, fitting, large, Palette.INK, MARGIN, y);
        y += 7;
        for (String line : legend) {
            y += 17.5;
            Frame.text(graphics, line, typeface.plain(13), Palette.FAINT_INK, MARGIN, y);
        }
        y = head();
        for (List<Cell> row : rows) {
            int lines = lines(row);
            for (int i = 0; i < row.size(); i++) {
                drawCell(graphics, row.get(i), MARGIN + i * (width + GAP), y, lines);
            }
            y += height(row);
        }
        Frame.text(graphics, footer, typeface.plain(11), Palette.FAINT_INK, MARGIN, height() - (double) MARGIN);
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
        double plotTop = top + 20 + lines * 15.0 + 6;
        Scale scale = scale(strip, plotTop);
        Rectangle2D forks = new Rectangle2D.Double(left + SCALE, plotTop, FORKS, PLOT);
        Rectangle2D time =
                new Rectangle2D.Double(forks.getMaxX() + 8, plotTop, left + width - forks.getMaxX() - 8, PLOT);
        drawScale(graphics, scale, forks, time);
        drawInterval(graphics, strip, scale, forks, time);
        if (strip.isQuantiles()) {
            drawForkQuantiles(graphics, strip, scale, forks);
            drawTimeQuantiles(graphics, strip, scale, time);
        } else {
            drawForks(graphics, strip, scale, forks);
            drawTime(graphics, strip, scale, time);
        }
        int count = strip.forks().size();
        label(graphics, count + (count == 1 ? " fork" : " forks"), forks);
        int iterations = length(strip);
        label(graphics, iterations + (iterations == 1 ? " iteration" : " iterations"), time);
        y = plotTop + PLOT + 18;
        for (String line : cell.foot()) {
            y += 15;
            Frame.text(graphics, line, typeface.plain(11), Palette.FAINT_INK, left, y - 3);
        }
    }

    private void label(Graphics2D graphics, String text, Rectangle2D plot) {
        Font font = typeface.plain(11);
        Frame.text(
                graphics,
                text,
                font,
                Palette.FAINT_INK,
                plot.getCenterX() - Typeface.width(text, font) / 2,
                plot.getMaxY() + 14);
    }

    private static int length(Strip strip) {
        return strip.forks().stream().mapToInt(Fork::length).max().orElse(1);
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

    private void drawScale(Graphics2D graphics, Scale scale, Rectangle2D forks, Rectangle2D time) {
        Font font = typeface.plain(11);
        graphics.setPaint(Palette.PANEL);
        graphics.fill(forks);
        graphics.fill(time);
        graphics.setStroke(new BasicStroke(1f));
        for (double tick : ticks(scale)) {
            double y = scale.place(tick);
            graphics.setPaint(Palette.GRID);
            graphics.draw(new Line2D.Double(forks.getX(), y, forks.getMaxX(), y));
            graphics.draw(new Line2D.Double(time.getX(), y, time.getMaxX(), y));
            String label = LogScale.label(tick);
            Frame.text(graphics, label, font, Palette.FAINT_INK, forks.getX() - 5 - Typeface.width(label, font), y + 4);
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

    private static void drawInterval(
            Graphics2D graphics, Strip strip, Scale scale, Rectangle2D forks, Rectangle2D time) {
        Estimate score = strip.score();
        double x = forks.getMaxX() - 10;
        if (score.isBounded()) {
            graphics.setPaint(Palette.GRID);
            double high = scale.place(score.high());
            double height = Math.max(1, scale.place(score.low()) - high);
            graphics.fill(new Rectangle2D.Double(forks.getX(), high, forks.getWidth(), height));
            graphics.fill(new Rectangle2D.Double(time.getX(), high, time.getWidth(), height));
            graphics.setPaint(strip.look().color());
            graphics.setStroke(new BasicStroke(2.2f));
            graphics.draw(new Line2D.Double(x, scale.place(score.low()), x, high));
            graphics.setStroke(new BasicStroke(1.4f));
            graphics.draw(new Line2D.Double(x - 4, high, x + 4, high));
            graphics.draw(new Line2D.Double(x - 4, high + height, x + 4, high + height));
        }
        strip.look().paint(graphics, x, scale.place(score.value()), !score.isBounded());
    }

    private static void drawForks(Graphics2D graphics, Strip strip, Scale scale, Rectangle2D plot) {
        Path2D dots = new Path2D.Double();
        Path2D medians = new Path2D.Double();
        double step = (plot.getWidth() - 26) / strip.forks().size();
        double half = Math.min(7, step * 0.38);
        for (int i = 0; i < strip.forks().size(); i++) {
            double x = plot.getX() + 4 + step * (i + 0.5);
            for (double value : strip.forks().get(i).measured()) {
                dot(dots, x, scale.place(value));
            }
            double[] sorted = strip.forks().get(i).measured().stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            double median = scale.place(quantile(sorted, 0.5));
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
            for (int i = 0; i < fork.length(); i++) {
                double value = fork.at(i);
                double x = time(strip, plot, i);
                double y = scale.place(value);
                if (i > 0) {
                    Path2D line = i > fork.restsFrom() ? resting : restless;
                    line.moveTo(time(strip, plot, i - 1), scale.place(fork.at(i - 1)));
                    line.lineTo(x, y);
                }
                if (!scale.holds(value)) {
                    triangle(beyond, x, y, value > scale.high());
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
        graphics.fill(beyond);
    }

    /** Grey where the warm-up was. */
    private static void drawWarmupEdge(Graphics2D graphics, Strip strip, Rectangle2D plot) {
        int warmup = warmup(strip);
        if (warmup > 0) {
            double edge = (time(strip, plot, warmup - 1) + time(strip, plot, warmup)) / 2;
            graphics.setPaint(new Color(0x5F, 0x63, 0x68, 28));
            graphics.fill(new Rectangle2D.Double(plot.getX(), plot.getY(), edge - plot.getX(), plot.getHeight()));
            graphics.setPaint(Palette.FAINT_INK);
            graphics.setStroke(
                    new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {3f, 3f}, 0f));
            graphics.draw(new Line2D.Double(edge, plot.getY(), edge, plot.getMaxY()));
        }
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
                    .flatMapToDouble(fork ->
                            IntStream.range(from, Math.min(to, fork.length())).mapToDouble(fork::at))
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

    private static void triangle(Path2D triangles, double x, double y, boolean up) {
        double tip = up ? y + 1 : y - 1;
        double base = up ? y + 8 : y - 8;
        triangles.moveTo(x, tip);
        triangles.lineTo(x - 3.5, base);
        triangles.lineTo(x + 3.5, base);
        triangles.closePath();
    }
}
