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
import org.concurrencybench.sample.TimelineSpan;
import org.concurrencybench.sample.TimelineSpan.State;

/**
 * A picture of batches over one time axis: below each other the models, for each of them a lane for every worker, and in a
 * lane what that worker did. Computing is solid, sleeping pale with a line through it, holding a lock dark, asking for one
 * hatched: the four differ in grey as well.
 */
final class TimelineSheet implements Sheet {

    private static final int MARGIN = 24;
    private static final int LABELS = 176;
    private static final int WORKER_LABELS = 96;
    private static final int LANE = 19;
    private static final int BAR = 13;
    private static final int BETWEEN = 15;
    private static final int RIGHT = 76;
    private static final int TICKS = 40;

    /** The narrowest bar that is a bar. */
    private static final double THINNEST = 1.2;

    /** What a worker did, by its start. */
    record Lane(String worker, List<TimelineSpan> spans) {}

    /**
     * A batch under one model.
     *
     * @param millis that the timed region took
     * @param more what was left out; empty if nothing
     */
    record Batch(String model, Palette.Look look, double millis, List<Lane> lanes, String more) {

        private double height() {
            return Math.max(1, lanes.size()) * (double) LANE + (more.isEmpty() ? 0 : 16);
        }
    }

    /** The words around it. */
    record Words(String title, String settings, String reading, String footer) {}

    private final Typeface typeface;
    private final Words words;
    private final List<Batch> batches;
    private final List<State> states;
    private final List<String> head;
    private final double millis;

    TimelineSheet(Typeface typeface, Words words, List<Batch> batches, List<State> states) {
        this.typeface = typeface;
        this.words = words;
        this.batches = List.copyOf(batches);
        this.states = List.copyOf(states);
        double width = PanelSheet.WIDTH - 2.0 * MARGIN;
        List<String> lines = new ArrayList<>(Typeface.wrap(Text.clean(words.settings()), typeface.plain(13), width));
        lines.addAll(Typeface.wrap(words.reading(), typeface.plain(13), width));
        head = List.copyOf(lines);
        millis =
                Math.max(1e-6, batches.stream().mapToDouble(Batch::millis).max().orElse(1));
    }

    private double top() {
        return MARGIN + 27 + head.size() * 17.5 + 44;
    }

    @Override
    public int height() {
        double lanes =
                batches.stream().mapToDouble(batch -> batch.height() + BETWEEN).sum();
        return (int) Math.ceil(top() + lanes + TICKS + 26 + MARGIN);
    }

    @Override
    public void draw(Graphics2D graphics) {
        Frame.paper(graphics, PanelSheet.WIDTH, height());
        double y = MARGIN + 20.0;
        Frame.text(graphics, words.title(), typeface.bold(20), Palette.INK, MARGIN, y);
        y += 7;
        for (String line : head) {
            y += 17.5;
            Frame.text(graphics, line, typeface.plain(13), Palette.FAINT_INK, MARGIN, y);
        }
        drawKey(graphics, y + 14);
        double bottom = height() - MARGIN - 26.0 - TICKS;
        drawAxis(graphics, top() - 6, bottom);
        y = top();
        for (Batch batch : batches) {
            drawBatch(graphics, batch, y);
            y += batch.height() + BETWEEN;
        }
        Frame.text(graphics, words.footer(), typeface.plain(11), Palette.FAINT_INK, MARGIN, height() - (double) MARGIN);
    }

    private void drawKey(Graphics2D graphics, double top) {
        double x = MARGIN;
        for (State state : State.values()) {
            if (states.contains(state) && state != State.BATCH) {
                Rectangle2D sample = new Rectangle2D.Double(x, top + 1, 26, BAR);
                drawState(graphics, state, sample, Palette.FAINT_INK);
                String label = label(state);
                Frame.text(graphics, label, typeface.plain(13), Palette.INK, x + 34, top + 12);
                x += 34 + Typeface.width(label, typeface.plain(13)) + 24;
            }
        }
        graphics.setPaint(Palette.INK);
        graphics.setStroke(new BasicStroke(1.6f));
        graphics.draw(new Line2D.Double(x + 4, top, x + 4, top + BAR + 2));
        Frame.text(graphics, "end of the batch", typeface.plain(13), Palette.INK, x + 14, top + 12);
    }

    private static String label(State state) {
        return switch (state) {
            case BATCH -> "batch";
            case TASK -> "in a task, computing unless marked otherwise";
            case WAITING -> "sleeping";
            case ASKING -> "waiting for the lock";
            case HOLDING -> "holding the lock";
            case TICK -> "a tick";
        };
    }

    private static double left() {
        return MARGIN + (double) LABELS + WORKER_LABELS;
    }

    private double place(double atMillis) {
        double width = PanelSheet.WIDTH - MARGIN - RIGHT - left();
        return left() + width * Math.clamp(atMillis / millis, 0, 1);
    }

    private void drawAxis(Graphics2D graphics, double top, double bottom) {
        Rectangle2D area = new Rectangle2D.Double(left(), top, place(millis) - left(), bottom - top);
        graphics.setPaint(Palette.PANEL);
        graphics.fill(area);
        Font font = typeface.plain(11);
        graphics.setStroke(new BasicStroke(1f));
        for (double tick : ticks(millis)) {
            double x = place(tick);
            graphics.setPaint(Palette.GRID);
            graphics.draw(new Line2D.Double(x, top, x, bottom));
            String label = Numbers.ideal(tick);
            Frame.text(graphics, label, font, Palette.FAINT_INK, x - Typeface.width(label, font) / 2, bottom + 15);
        }
        String label = "ms since the batch's start";
        Frame.text(
                graphics,
                label,
                font,
                Palette.FAINT_INK,
                area.getCenterX() - Typeface.width(label, font) / 2,
                bottom + 32);
    }

    /** Round steps from 0, at most ten of them. */
    static List<Double> ticks(double most) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(most)) - 1);
        for (double step : new double[] {1, 2, 5, 10, 20, 50}) {
            if (most / (step * magnitude) <= 10) {
                List<Double> ticks = new ArrayList<>();
                for (int i = 0; i * step * magnitude <= most; i++) {
                    ticks.add(i * step * magnitude);
                }
                return ticks;
            }
        }
        return List.of(0.0);
    }

    private void drawBatch(Graphics2D graphics, Batch batch, double top) {
        double middle = top + (batch.lanes().size() - 1) * LANE / 2.0 + BAR / 2.0 + 1;
        batch.look().paint(graphics, MARGIN + 8.0, middle, false);
        List<String> name = Typeface.wrap(Text.clean(batch.model()), typeface.plain(13), LABELS - 40.0);
        double y = middle + 4.5 - (name.size() - 1) * 8.0;
        for (String line : name) {
            Frame.text(graphics, line, typeface.plain(13), Palette.INK, MARGIN + 24.0, y);
            y += 16;
        }
        double laneTop = top;
        for (Lane lane : batch.lanes()) {
            drawLane(graphics, lane, batch.look(), laneTop);
            laneTop += LANE;
        }
        if (!batch.more().isEmpty()) {
            Frame.text(graphics, batch.more(), typeface.plain(11), Palette.FAINT_INK, left() + 4, laneTop + 11);
        }
        drawStart(graphics, batch, top);
        double end = place(batch.millis());
        graphics.setPaint(Palette.INK);
        graphics.setStroke(new BasicStroke(1.6f));
        graphics.draw(new Line2D.Double(end, top - 3, end, top + batch.lanes().size() * (double) LANE));
        Frame.text(
                graphics, Numbers.plain(batch.millis()) + " ms", typeface.bold(12), Palette.INK, end + 6, middle + 4.5);
    }

    /** Where nobody works for long at first, it says why the lanes are empty. */
    private void drawStart(Graphics2D graphics, Batch batch, double top) {
        double first = batch.lanes().stream()
                .flatMap(lane -> lane.spans().stream())
                .mapToLong(TimelineSpan::startNanos)
                .min()
                .orElse(0);
        String words = "until the first worker begins: " + Numbers.plain(first / 1e6) + " ms";
        Font font = typeface.plain(11);
        if (place(first / 1e6) - left() > Typeface.width(words, font) + 24) {
            double width = Typeface.width(words, font);
            double middle = top + (batch.lanes().size() - 1) * LANE / 2.0 + BAR / 2.0 + 1;
            double x = (left() + place(first / 1e6) - width) / 2;
            graphics.setPaint(Palette.PANEL);
            graphics.fill(new Rectangle2D.Double(x - 4, middle - 8, width + 8, 16));
            Frame.text(graphics, words, font, Palette.FAINT_INK, x, middle + 4);
        }
    }

    private void drawLane(Graphics2D graphics, Lane lane, Palette.Look look, double top) {
        Font font = typeface.plain(11);
        String worker = shortened(Text.clean(lane.worker()), font, WORKER_LABELS - 10.0);
        Frame.text(
                graphics, worker, font, Palette.FAINT_INK, left() - 8 - Typeface.width(worker, font), top + BAR - 1.5);
        graphics.setPaint(Palette.GRID);
        graphics.setStroke(new BasicStroke(1f));
        graphics.draw(new Line2D.Double(left(), top + BAR / 2.0 + 1, place(millis), top + BAR / 2.0 + 1));
        for (State state : State.values()) {
            double last = Double.NEGATIVE_INFINITY;
            for (TimelineSpan span : lane.spans()) {
                double from = place(span.startNanos() / 1e6);
                double to = place(span.endNanos() / 1e6);
                // What lies within a bar that is drawn already would only make the file longer.
                if (span.state() == state && state != State.BATCH && Math.max(to, from + THINNEST) > last + 0.05) {
                    last = Math.max(to, from + THINNEST);
                    drawState(
                            graphics,
                            state,
                            new Rectangle2D.Double(from, top + 1, Math.max(THINNEST, to - from), BAR),
                            look.color());
                }
            }
        }
    }

    private static void drawState(Graphics2D graphics, State state, Rectangle2D bar, Color color) {
        switch (state) {
            case BATCH -> {}
            case TASK -> {
                graphics.setPaint(color);
                graphics.fill(bar);
                if (bar.getWidth() > 3) {
                    graphics.setPaint(Palette.PAPER);
                    graphics.setStroke(new BasicStroke(1f));
                    graphics.draw(new Line2D.Double(bar.getMaxX(), bar.getY(), bar.getMaxX(), bar.getMaxY()));
                }
            }
            case WAITING -> {
                graphics.setPaint(pale(color));
                graphics.fill(bar);
                if (bar.getWidth() > 3) {
                    graphics.setPaint(color);
                    graphics.setStroke(new BasicStroke(1f));
                    graphics.draw(new Line2D.Double(
                            bar.getX() + 0.5, bar.getCenterY(), bar.getMaxX() - 0.5, bar.getCenterY()));
                    graphics.draw(new Line2D.Double(bar.getX() + 0.5, bar.getY(), bar.getX() + 0.5, bar.getMaxY()));
                }
            }
            case ASKING -> drawHatched(graphics, bar, color);
            case HOLDING -> {
                graphics.setPaint(Palette.INK);
                graphics.fill(new Rectangle2D.Double(bar.getX(), bar.getMaxY() - 4, bar.getWidth(), 4));
            }
            case TICK -> {
                double x = bar.getWidth() > 10 ? bar.getCenterX() : bar.getX();
                graphics.setPaint(Palette.PAPER);
                graphics.fill(new Ellipse2D.Double(x - 4.5, bar.getCenterY() - 4.5, 9, 9));
                graphics.setPaint(Palette.INK);
                graphics.fill(new Ellipse2D.Double(x - 3.2, bar.getCenterY() - 3.2, 6.4, 6.4));
            }
        }
    }

    private static void drawHatched(Graphics2D graphics, Rectangle2D bar, Color color) {
        graphics.setPaint(Palette.PAPER);
        graphics.fill(bar);
        graphics.setPaint(color);
        graphics.setStroke(new BasicStroke(1f));
        if (bar.getWidth() <= 3) {
            graphics.fill(new Rectangle2D.Double(bar.getX(), bar.getY(), bar.getWidth(), bar.getHeight() / 2));
            return;
        }
        graphics.draw(bar);
        for (double x = bar.getX() - bar.getHeight() + 5; x < bar.getMaxX(); x += 5) {
            // From the lower left to the upper right, cut off at the bar's ends.
            double fromX = Math.max(x, bar.getX());
            double toX = Math.min(x + bar.getHeight(), bar.getMaxX());
            graphics.draw(new Line2D.Double(fromX, bar.getMaxY() - (fromX - x), toX, bar.getMaxY() - (toX - x)));
        }
    }

    /** Mixed with the paper rather than let through, so that nothing beneath changes it. */
    private static Color pale(Color color) {
        return new Color(mixed(color.getRed()), mixed(color.getGreen()), mixed(color.getBlue()));
    }

    private static int mixed(int part) {
        return (int) Math.round(255 - (255 - part) * 0.28);
    }

    private static String shortened(String text, Font font, double width) {
        String rest = text;
        while (rest.length() > 1 && Typeface.width(rest, font) > width) {
            rest = rest.substring(0, rest.length() - 2) + "…";
        }
        return rest;
    }
}
