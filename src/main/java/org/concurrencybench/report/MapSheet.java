package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Spots on logarithmic axes, each with the marker of the model that is ahead there on a disc as strong as its lead. */
final class MapSheet implements Sheet {

    private static final int PANELS_IN_A_ROW = 3;
    private static final double GAP = 28;
    private static final double LEFT = 60;
    private static final double HEADING = 46;
    private static final double PLOT_HEIGHT = 400;
    private static final double AXIS = 48;

    /** Radius of a spot. */
    private static final double DISC = 15;

    /** Spots nearer than this are at one place. */
    private static final double SAME = 2 * DISC + 2;

    /** A scale shows at least this many times its lowest value. */
    private static final double LEAST_SPAN = 6;

    /** Between the lines that fill the disc of an undecided spot. */
    private static final double HATCH = 5;

    /** Along the lines of equal amounts, where no text may stand. */
    private static final double LINE_STEP = 6;

    /** Markers that one grey disc has room for. */
    private static final int MOST_TIED = 3;

    /** Panels with no more spots than these have the settings' names at them. */
    private static final int MOST_NAMED = 8;

    /** Amounts of work whose lines help to read the map, in seconds. */
    private static final double[] AMOUNTS = {1e-6, 1e-3, 1, 1e3};

    /**
     * One setting.
     *
     * @param title workload and parameters
     * @param x number of tasks
     * @param y where it stands on the other axis: length of one in seconds, or a share
     * @param seconds length of one task, where it is known
     * @param ahead the model that is clearly ahead, or those that cannot be told from the best one, that one first
     * @param margin how many times as fast as the next the best is
     * @param next the next
     */
    record Spot(
            String title, double x, double y, OptionalDouble seconds, List<String> ahead, double margin, String next) {

        /** Copies the list. */
        Spot {
            ahead = List.copyOf(ahead);
        }

        /** The same setting elsewhere. */
        Spot at(double otherY) {
            return new Spot(title, x, otherY, seconds, ahead, margin, next);
        }
    }

    /**
     * One kind of work.
     *
     * @param share whether y is a share of a whole and not a time
     */
    record Panel(String heading, String xLabel, String yLabel, boolean share, List<Spot> spots) {

        /** Copies the list. */
        Panel {
            spots = List.copyOf(spots);
        }
    }

    private final Typeface typeface;
    private final Frame frame;
    private final List<Panel> panels;
    private final int abreast;
    private final double panelWidth;

    MapSheet(Typeface typeface, Frame.Words words, List<Panel> panels) {
        this(typeface, new Frame(typeface, words, PanelSheet.WIDTH), panels);
    }

    private MapSheet(Typeface typeface, Frame frame, List<Panel> panels) {
        this.typeface = typeface;
        this.frame = frame;
        this.panels = List.copyOf(panels);
        abreast = frame.isNarrow() ? 1 : Math.min(PANELS_IN_A_ROW, panels.size());
        panelWidth = (frame.inner() - GAP * (abreast - 1)) / abreast;
    }

    @Override
    public int width() {
        return frame.width();
    }

    @Override
    public Optional<NumberTable> numbers() {
        return Optional.of(new NumberTable(
                List.of("Number", "Length or share", "Fastest", "Lead", "Next"),
                panels.stream()
                        .map(panel -> new NumberTable.Group(
                                panel.heading(),
                                panel.spots().stream()
                                        .map(spot -> numbers(spot, panel.share()))
                                        .toList()))
                        .toList()));
    }

    private static NumberTable.Row numbers(Spot spot, boolean share) {
        boolean decided = spot.ahead().size() == 1;
        return new NumberTable.Row(
                spot.title(),
                List.of(
                        LogScale.label(spot.x()),
                        share ? LogScale.label(100 * spot.y()) + "%" : duration(spot.y()),
                        String.join(" or ", spot.ahead()),
                        decided ? lead(spot.margin()) : "undecided",
                        decided ? spot.next() : ""));
    }

    /** Its panels one below the other. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(new MapSheet(typeface, new Frame(typeface, frame.words(), PanelSheet.NARROW), panels));
    }

    private double content() {
        return Math.ceilDiv(panels.size(), abreast) * (HEADING + PLOT_HEIGHT + AXIS);
    }

    @Override
    public int height() {
        return frame.height(content());
    }

    @Override
    public void draw(Graphics2D graphics) {
        frame.draw(graphics, content());
        for (int i = 0; i < panels.size(); i++) {
            int row = i / abreast;
            double left = frame.left() + i % abreast * (panelWidth + GAP);
            double top = frame.top() + row * (HEADING + PLOT_HEIGHT + AXIS);
            new PanelDrawing(graphics, panels.get(i), left, top).draw();
        }
    }

    /** {@code +4%}, {@code 2.3×}: by how much the first is ahead. */
    static String lead(double margin) {
        return margin < 1.995
                ? "+" + Numbers.fixed(100 * (margin - 1), margin < 1.1 ? 1 : 0) + "%"
                : Numbers.plain(margin) + "×";
    }

    /** {@code 250 ms}, {@code 2.6 µs}. */
    static String duration(double seconds) {
        List<String> units = List.of("s", "ms", "µs", "ns", "ps");
        double value = seconds;
        int unit = 0;
        while (value < 0.9995 && unit < units.size() - 1) {
            value *= 1000;
            unit++;
        }
        return LogScale.label(value) + " " + units.get(unit);
    }

    private static LogScale scale(double[] sorted, double most, double from, double to) {
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        double widen = Math.max(1, Math.sqrt(LEAST_SPAN / (high / low)));
        return LogScale.over(low / widen, Math.min(high * widen, Math.max(high, most)), from, to);
    }

    /** Spots with the same models ahead that fall together. */
    private record Place(double x, double y, List<Spot> spots) {

        List<String> ahead() {
            return spots.getFirst().ahead();
        }

        boolean isDecided() {
            return ahead().size() == 1;
        }

        double margin() {
            return spots.stream().mapToDouble(Spot::margin).min().orElseThrow();
        }
    }

    /** One panel while it is drawn. */
    private final class PanelDrawing {

        private final Graphics2D graphics;
        private final Panel panel;
        private final double left;
        private final double top;
        private final Rectangle2D plot;
        private final LogScale x;
        private final LogScale y;
        private final LabelPlacer placer;

        PanelDrawing(Graphics2D graphics, Panel panel, double left, double top) {
            this.graphics = graphics;
            this.panel = panel;
            this.left = left;
            this.top = top;
            plot = new Rectangle2D.Double(left + LEFT, top + HEADING, panelWidth - LEFT, PLOT_HEIGHT);
            double[] xs = panel.spots().stream().mapToDouble(Spot::x).sorted().toArray();
            double[] ys = panel.spots().stream().mapToDouble(Spot::y).sorted().toArray();
            double room = DISC + 12;
            x = scale(xs, Double.MAX_VALUE, plot.getX() + room, plot.getMaxX() - room);
            y = scale(ys, panel.share() ? 1 : Double.MAX_VALUE, plot.getMaxY() - room, plot.getY() + room);
            placer = new LabelPlacer(plot);
        }

        void draw() {
            Font font = typeface.plain(12);
            Frame.text(graphics, panel.heading(), typeface.bold(14), Palette.INK, left, top + 18);
            Frame.text(graphics, panel.yLabel(), font, Palette.FAINT_INK, left, top + HEADING - 9);
            graphics.setPaint(Palette.PANEL);
            graphics.fill(plot);
            // Nobody has half a task.
            Frame.ticks(x, 12, LogScale::label, font).stream()
                    .filter(tick -> tick == Math.rint(tick))
                    .forEach(tick -> {
                        double at = x.place(tick);
                        Frame.line(graphics, Palette.GRID, 1, at, plot.getY(), at, plot.getMaxY());
                        Frame.textAround(
                                graphics, LogScale.label(tick), font, Palette.FAINT_INK, at, plot.getMaxY() + 17);
                    });
            for (double tick : y.ticks(10)) {
                double at = y.place(tick);
                Frame.line(graphics, Palette.GRID, 1, plot.getX(), at, plot.getMaxX(), at);
                String label = panel.share() ? LogScale.label(100 * tick) + "%" : duration(tick);
                Frame.textBefore(graphics, label, font, Palette.FAINT_INK, plot.getX() - 6, at + 4.5);
            }
            Frame.textAround(graphics, panel.xLabel(), font, Palette.FAINT_INK, plot.getCenterX(), plot.getMaxY() + 36);
            List<Place> places = places();
            places.forEach(place -> placer.keepFree(place.x(), place.y(), DISC));
            if (!panel.share()) {
                drawAmounts();
            }
            places.forEach(this::drawLabel);
            places.forEach(this::drawSpot);
        }

        /** Spots at one place become one where the same models are ahead; the others stand beside each other. */
        private List<Place> places() {
            List<List<Place>> clusters = new ArrayList<>();
            for (Spot spot : panel.spots()) {
                double atX = x.place(spot.x());
                double atY = y.place(spot.y());
                Optional<List<Place>> near = clusters.stream()
                        .filter(cluster -> Math.hypot(
                                        cluster.getFirst().x() - atX,
                                        cluster.getFirst().y() - atY)
                                < SAME)
                        .findFirst();
                if (near.isEmpty()) {
                    clusters.add(new ArrayList<>(List.of(new Place(atX, atY, new ArrayList<>(List.of(spot))))));
                    continue;
                }
                Optional<Place> same = near.get().stream()
                        .filter(place -> place.ahead().equals(spot.ahead()))
                        .findFirst();
                if (same.isPresent()) {
                    same.get().spots().add(spot);
                } else {
                    Place first = near.get().getFirst();
                    near.get().add(new Place(first.x(), first.y(), new ArrayList<>(List.of(spot))));
                }
            }
            return clusters.stream()
                    .flatMap(cluster -> sideBySide(cluster).stream())
                    .toList();
        }

        /** Around the place where they all belong, and inside of the panel. */
        private List<Place> sideBySide(List<Place> cluster) {
            double step = 2 * DISC;
            double span = step * (cluster.size() - 1);
            double from = Math.clamp(
                    cluster.getFirst().x() - span / 2,
                    plot.getX() + DISC,
                    Math.max(plot.getX() + DISC, plot.getMaxX() - DISC - span));
            List<Place> moved = new ArrayList<>();
            for (int i = 0; i < cluster.size(); i++) {
                moved.add(new Place(
                        from + step * i, cluster.getFirst().y(), cluster.get(i).spots()));
            }
            return moved;
        }

        /** Lines of the same amount of work, with the amount where there is room for it. */
        private void drawAmounts() {
            for (double amount : AMOUNTS) {
                double from = Math.max(x.low(), amount / y.high());
                double to = Math.min(x.high(), amount / y.low());
                if (to / from > 3) {
                    double endX = x.place(to);
                    double endY = y.place(amount / to);
                    graphics.setStroke(new BasicStroke(
                            1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {3f, 5f}, 0f));
                    graphics.setPaint(Palette.UNDECIDED);
                    double startX = x.place(from);
                    double startY = y.place(amount / from);
                    graphics.draw(new Line2D.Double(startX, startY, endX, endY));
                    keepFree(startX, startY, endX, endY);
                    Font font = typeface.plain(11);
                    String words = duration(amount) + " of work";
                    placer.place(endX, endY, 1, Typeface.width(words, font), 13)
                            .ifPresent(place -> text(graphics, place, List.of(words), font, Palette.FAINT_INK));
                }
            }
        }

        private void keepFree(double fromX, double fromY, double toX, double toY) {
            int steps = (int) Math.ceil(Math.hypot(toX - fromX, toY - fromY) / LINE_STEP);
            for (int i = 0; i <= steps; i++) {
                double share = (double) i / steps;
                placer.keepFree(fromX + share * (toX - fromX), fromY + share * (toY - fromY), 1);
            }
        }

        private void drawSpot(Place place) {
            Ellipse2D disc = new Ellipse2D.Double(place.x() - DISC, place.y() - DISC, 2 * DISC, 2 * DISC);
            graphics.setPaint(Palette.PAPER);
            graphics.fill(disc);
            if (place.isDecided()) {
                Palette.Look look = Palette.of(place.ahead().getFirst());
                graphics.setPaint(look.faded(strength(place.margin())));
                graphics.fill(disc);
                look.paint(graphics, place.x(), place.y(), false);
                return;
            }
            hatch(place);
            graphics.setStroke(new BasicStroke(1.2f));
            graphics.draw(disc);
            int tied = Math.min(MOST_TIED, place.ahead().size());
            for (int i = 0; i < tied; i++) {
                double angle = -Math.PI / 2 + 2 * Math.PI * i / tied + (tied == 2 ? Math.PI / 2 : 0);
                paintSmall(
                        Palette.of(place.ahead().get(i)),
                        place.x() + 6.8 * Math.cos(angle),
                        place.y() + 6.8 * Math.sin(angle));
            }
        }

        /** Strokes from the lower left to the upper right, within the disc. */
        private void hatch(Place place) {
            graphics.setPaint(Palette.FAINT_INK);
            graphics.setStroke(new BasicStroke(0.8f));
            for (double off = -DISC + HATCH / 2; off < DISC; off += HATCH) {
                double half = Math.sqrt(DISC * DISC - off * off);
                double middleX = place.x() + off / Math.sqrt(2);
                double middleY = place.y() + off / Math.sqrt(2);
                double reach = half / Math.sqrt(2);
                graphics.draw(new Line2D.Double(middleX - reach, middleY + reach, middleX + reach, middleY - reach));
            }
        }

        private void paintSmall(Palette.Look look, double atX, double atY) {
            AffineTransform before = graphics.getTransform();
            graphics.translate(atX, atY);
            graphics.scale(0.72, 0.72);
            look.paint(graphics, 0, 0, false);
            graphics.setTransform(before);
        }

        /** From a tenth of the colour at no lead to nearly all of it at ten times as fast. */
        private static double strength(double margin) {
            return Math.clamp(0.12 + 0.7 * Math.log10(Math.max(1, margin)), 0.12, 0.82);
        }

        private void drawLabel(Place place) {
            Font font = typeface.plain(12);
            List<String> lines = new ArrayList<>(Typeface.wrap(Text.clean(name(place)), font, 190));
            if (place.isDecided()) {
                lines.add(lead(place.margin()));
            }
            if (lines.isEmpty()) {
                return;
            }
            double width = lines.stream()
                    .mapToDouble(line -> Typeface.width(line, font))
                    .max()
                    .orElse(0);
            placer.place(place.x(), place.y(), DISC, width, 15.0 * lines.size()).ifPresent(at -> {
                double[] end = LabelPlacer.nearest(at, place.x(), place.y());
                if (Math.hypot(end[0] - place.x(), end[1] - place.y()) > DISC + LabelPlacer.FREE_STANDING) {
                    Frame.line(graphics, Palette.FAINT_INK, 1, place.x(), place.y(), end[0], end[1]);
                }
                text(graphics, at, lines, font, Palette.INK);
            });
        }

        private String name(Place place) {
            if (panel.spots().size() <= MOST_NAMED) {
                return place.spots().stream().map(Spot::title).distinct().collect(Collectors.joining("; "));
            }
            return place.spots().size() > 1 ? place.spots().size() + " settings" : "";
        }
    }

    private static void text(Graphics2D graphics, Rectangle2D place, List<String> lines, Font font, Color color) {
        double line = place.getHeight() / lines.size();
        for (int i = 0; i < lines.size(); i++) {
            Frame.text(graphics, lines.get(i), font, color, place.getX(), place.getY() + line * i + line * 0.8);
        }
    }
}
