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
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.TimelineSpan;
import org.concurrencybench.sample.TimelineSpan.State;

/**
 * A picture of batches over one time axis: below each other the models, for each of them a lane for every worker, and in a
 * lane what that worker did. Computing is solid, sleeping pale with a line through it, holding a lock dark, asking for one
 * hatched: the four differ in grey as well.
 */
final class TimelineSheet implements Sheet {

    private static final int LABELS = 176;
    private static final int WORKER_LABELS = 96;
    private static final int NARROW_WORKER_LABELS = 74;
    private static final int LANE = 19;
    private static final int BAR = 13;
    private static final int BETWEEN = 15;
    private static final int RIGHT = 76;
    private static final int NARROW_RIGHT = 4;
    private static final int TICKS = 40;
    private static final int KEY_ROW = 22;
    private static final double KEY_SAMPLE = 34;
    private static final double KEY_GAP = 24;

    /** Above the lanes of a batch on a narrow picture, for its model and its time. */
    private static final int NAME = 22;

    /** Spans of one worker that are listed with their times. */
    private static final int MOST_LISTED = 12;

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

        private double lanesHeight() {
            return Math.max(1, lanes.size()) * (double) LANE;
        }
    }

    private final Typeface typeface;
    private final Frame frame;
    private final List<Batch> batches;
    private final List<State> states;
    private final double millis;

    TimelineSheet(Typeface typeface, Frame.Words words, List<Batch> batches, List<State> states) {
        this(typeface, new Frame(typeface, words, PanelSheet.WIDTH), batches, states);
    }

    private TimelineSheet(Typeface typeface, Frame frame, List<Batch> batches, List<State> states) {
        this.typeface = typeface;
        this.frame = frame;
        this.batches = List.copyOf(batches);
        this.states = List.copyOf(states);
        millis =
                Math.max(1e-6, batches.stream().mapToDouble(Batch::millis).max().orElse(1));
    }

    @Override
    public int width() {
        return frame.width();
    }

    /** The models' names above their lanes. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(
                new TimelineSheet(typeface, new Frame(typeface, frame.words(), PanelSheet.NARROW), batches, states));
    }

    @Override
    public Optional<NumberTable> numbers() {
        List<State> told = Stream.of(State.values())
                .filter(state -> state != State.BATCH && states.contains(state))
                .toList();
        return Optional.of(new NumberTable(
                told.stream().map(TimelineSheet::column).toList(),
                batches.stream()
                        .map(batch -> new NumberTable.Group(
                                NumberTable.heading(
                                        "batch of %s ms, spans in ms since its start"
                                                .formatted(Numbers.plain(batch.millis())),
                                        batch.model()),
                                batch.lanes().stream()
                                        .map(lane -> new NumberTable.Row(
                                                lane.worker(),
                                                told.stream()
                                                        .map(state -> listed(lane, state))
                                                        .toList()))
                                        .toList()))
                        .toList()));
    }

    private static String column(State state) {
        return switch (state) {
            case BATCH -> "Batch";
            case TASK -> "In a task";
            case WAITING -> "Sleeping";
            case ASKING -> "Waiting for the lock";
            case HOLDING -> "Holding the lock";
            case TICK -> "Ticks";
        };
    }

    /** When a worker was in a state: the first times, and of more of them how many and how long. */
    private static String listed(Lane lane, State state) {
        List<TimelineSpan> spans =
                lane.spans().stream().filter(span -> span.state() == state).toList();
        String first = spans.stream()
                .limit(MOST_LISTED)
                .map(span -> span.nanos() == 0
                        ? millis(span.startNanos())
                        : millis(span.startNanos()) + " to " + millis(span.endNanos()))
                .collect(Collectors.joining(", "));
        List<TimelineSpan> more = spans.subList(Math.min(MOST_LISTED, spans.size()), spans.size());
        return more.isEmpty()
                ? first
                : "%s and %d more of %s in all"
                        .formatted(
                                first,
                                more.size(),
                                millis(more.stream()
                                        .mapToLong(TimelineSpan::nanos)
                                        .sum()));
    }

    private static String millis(long nanos) {
        return Numbers.plain(nanos / 1e6);
    }

    private double height(Batch batch) {
        return (frame.isNarrow() ? NAME : 0)
                + batch.lanesHeight()
                + (batch.more().isEmpty() ? 0 : 16)
                + BETWEEN;
    }

    private double lanes() {
        return batches.stream().mapToDouble(this::height).sum();
    }

    private double content() {
        return keys().size() * (double) KEY_ROW + 12 + lanes() + TICKS;
    }

    @Override
    public int height() {
        return frame.height(content());
    }

    @Override
    public void draw(Graphics2D graphics) {
        frame.draw(graphics, content());
        double y = frame.top();
        for (List<State> row : keys()) {
            drawKeys(graphics, row, y);
            y += KEY_ROW;
        }
        y += 12;
        double bottom = y + lanes() - 6;
        drawAxis(graphics, y - 6, bottom);
        for (Batch batch : batches) {
            drawBatch(graphics, batch, y);
            y += height(batch);
        }
    }

    /** What is explained, in rows; the batch's end among them. */
    private List<List<State>> keys() {
        List<List<State>> rows = new ArrayList<>();
        double x = 0;
        for (State state : State.values()) {
            if (states.contains(state) || state == State.BATCH) {
                double needed = keyWidth(state);
                if (rows.isEmpty() || x + needed > frame.inner() + KEY_GAP) {
                    rows.add(new ArrayList<>());
                    x = 0;
                }
                rows.getLast().add(state);
                x += needed;
            }
        }
        return rows;
    }

    private double keyWidth(State state) {
        return KEY_SAMPLE + Typeface.width(label(state), typeface.plain(13)) + KEY_GAP;
    }

    private void drawKeys(Graphics2D graphics, List<State> row, double top) {
        double x = frame.left();
        for (State state : row) {
            if (state == State.BATCH) {
                Frame.line(graphics, Palette.INK, 1.6, x + 13, top, x + 13, top + BAR + 2);
            } else {
                drawState(graphics, state, new Rectangle2D.Double(x, top + 1, 26, BAR), Palette.FAINT_INK);
            }
            Frame.text(graphics, label(state), typeface.plain(13), Palette.INK, x + KEY_SAMPLE, top + 12);
            x += keyWidth(state);
        }
    }

    private static String label(State state) {
        return switch (state) {
            case BATCH -> "end of the batch";
            case TASK -> "in a task: computing, unless marked";
            case WAITING -> "sleeping";
            case ASKING -> "waiting for the lock";
            case HOLDING -> "holding the lock";
            case TICK -> "a tick";
        };
    }

    private double workerLabels() {
        return frame.isNarrow() ? NARROW_WORKER_LABELS : WORKER_LABELS;
    }

    private double left() {
        return frame.left() + (frame.isNarrow() ? 0 : LABELS) + workerLabels();
    }

    private double place(double atMillis) {
        double width = frame.right() - (frame.isNarrow() ? NARROW_RIGHT : RIGHT) - left();
        return left() + width * Math.clamp(atMillis / millis, 0, 1);
    }

    private void drawAxis(Graphics2D graphics, double top, double bottom) {
        Rectangle2D area = new Rectangle2D.Double(left(), top, place(millis) - left(), bottom - top);
        graphics.setPaint(Palette.PANEL);
        graphics.fill(area);
        Font font = typeface.plain(11);
        double lastEnd = Double.NEGATIVE_INFINITY;
        for (double tick : ticks(millis)) {
            double x = place(tick);
            Frame.line(graphics, Palette.GRID, 1, x, top, x, bottom);
            String label = Numbers.ideal(tick);
            double half = Typeface.width(label, font) / 2;
            if (x - half > lastEnd + 6 && x + half <= frame.right()) {
                Frame.text(graphics, label, font, Palette.FAINT_INK, x - half, bottom + 15);
                lastEnd = x + half;
            }
        }
        Frame.textAround(
                graphics, "ms since the batch's start", font, Palette.FAINT_INK, area.getCenterX(), bottom + 32);
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

    private void drawBatch(Graphics2D graphics, Batch batch, double begin) {
        double top = begin + (frame.isNarrow() ? NAME : 0);
        String time = Numbers.plain(batch.millis()) + " ms";
        double middle = middle(batch, top);
        double nameMiddle = frame.isNarrow() ? begin + 8 : middle;
        double end = place(batch.millis());
        double nameWidth =
                frame.isNarrow() ? frame.inner() - 24 - Typeface.width(time, typeface.bold(12)) - 12 : LABELS - 40.0;
        if (frame.isNarrow()) {
            // The axis and its grid go through the rows of names, too.
            graphics.setPaint(Palette.PAPER);
            graphics.fill(new Rectangle2D.Double(frame.left(), begin - 2, frame.inner(), NAME));
            Frame.textBefore(graphics, time, typeface.bold(12), Palette.INK, frame.right(), nameMiddle + 4.5);
        } else {
            Frame.text(graphics, time, typeface.bold(12), Palette.INK, end + 6, middle + 4.5);
        }
        batch.look().paint(graphics, frame.left() + 8.0, nameMiddle, false);
        List<String> name = frame.isNarrow()
                ? List.of(Typeface.shortened(Text.clean(batch.model()), typeface.plain(13), nameWidth))
                : Typeface.wrap(Text.clean(batch.model()), typeface.plain(13), nameWidth);
        double y = nameMiddle + 4.5 - (name.size() - 1) * 8.0;
        for (String line : name) {
            Frame.text(graphics, line, typeface.plain(13), Palette.INK, frame.left() + 24.0, y);
            y += 16;
        }
        double laneTop = top;
        for (Lane lane : batch.lanes()) {
            drawLane(graphics, lane, batch.look(), laneTop);
            laneTop += LANE;
        }
        if (!batch.more().isEmpty()) {
            double x = frame.isNarrow() ? frame.left() : left() + 4;
            double room = frame.right() - x;
            Frame.textWithin(graphics, batch.more(), typeface.plain(11), Palette.FAINT_INK, x, laneTop + 11, room);
        }
        drawStart(graphics, batch, top);
        Frame.line(
                graphics,
                Palette.INK,
                1.6,
                end,
                top - 3,
                end,
                top + batch.lanes().size() * (double) LANE);
    }

    private static double middle(Batch batch, double top) {
        return top + (batch.lanes().size() - 1) * LANE / 2.0 + BAR / 2.0 + 1;
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
            double middle = middle(batch, top);
            double x = (left() + place(first / 1e6) - width) / 2;
            graphics.setPaint(Palette.PANEL);
            graphics.fill(new Rectangle2D.Double(x - 4, middle - 8, width + 8, 16));
            Frame.text(graphics, words, font, Palette.FAINT_INK, x, middle + 4);
        }
    }

    private void drawLane(Graphics2D graphics, Lane lane, Palette.Look look, double top) {
        Font font = typeface.plain(11);
        String worker = Typeface.shortened(Text.clean(lane.worker()), font, workerLabels() - 10);
        Frame.textBefore(graphics, worker, font, Palette.FAINT_INK, left() - 8, top + BAR - 1.5);
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
}
