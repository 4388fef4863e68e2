package org.concurrencybench.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.concurrencybench.statistics.Estimate;

/** Small pictures of points with both axes logarithmic, each point with its name beside it. */
final class CostSheet implements Sheet {

    private static final int PANELS_IN_A_ROW = 3;
    private static final double GAP = 28;
    private static final double LEFT = 50;
    private static final double ROW_HEADING = 34;
    private static final double PLOT_HEIGHT = 260;
    private static final double AXIS = 52;
    private static final double TEXT_LINE = 16;

    /** Around a point, where no text may stand. */
    private static final double MARKER = 9;

    /** Nobody sees that a marker has been moved by less. */
    private static final double MOVED = 1.5;

    /** Middles of markers are moved so far apart. */
    private static final double TOUCHING = 2 * Palette.REACH;

    /** Points nearer than this are in each other's way. */
    private static final double CROWD = 60;

    /** How far an interval may stretch the scale. */
    private static final double STRETCH = 1.5;

    /** At each end of a scale, for the points' names. */
    private static final double ROOM = 40;

    /** A model: what it costs, and its time. */
    record Dot(String label, Palette.Look look, double x, Estimate y) {}

    /** One workload. */
    record Panel(String kind, String title, List<Dot> dots) {

        /** Copies the list. */
        Panel {
            dots = List.copyOf(dots);
        }
    }

    /** The panels of one currency. */
    record Row(String heading, String xLabel, List<Panel> panels) {

        /** Copies the list. */
        Row {
            panels = List.copyOf(panels);
        }
    }

    private final Typeface typeface;
    private final Frame frame;
    private final List<Row> rows;
    private final int abreast;
    private final double panelWidth;

    CostSheet(Typeface typeface, Frame.Words words, List<Row> rows) {
        this(typeface, new Frame(typeface, words, PanelSheet.WIDTH), rows);
    }

    private CostSheet(Typeface typeface, Frame frame, List<Row> rows) {
        this.typeface = typeface;
        this.frame = frame;
        this.rows = List.copyOf(rows);
        int most = rows.stream().mapToInt(row -> row.panels().size()).max().orElse(1);
        abreast = frame.isNarrow() ? 1 : Math.min(PANELS_IN_A_ROW, most);
        panelWidth = (frame.inner() - GAP * (abreast - 1)) / abreast;
    }

    @Override
    public int width() {
        return frame.width();
    }

    @Override
    public Optional<NumberTable> numbers() {
        List<NumberTable.Group> groups = new ArrayList<>();
        for (Row row : rows) {
            for (Panel panel : row.panels()) {
                groups.add(new NumberTable.Group(
                        NumberTable.heading("time in ms, and " + row.xLabel(), panel.kind(), panel.title()),
                        panel.dots().stream()
                                .map(dot -> new NumberTable.Row(
                                        dot.label(),
                                        List.of(
                                                Numbers.value(dot.y()),
                                                dot.y().isBounded() ? Numbers.interval(dot.y()) : "",
                                                Numbers.plain(dot.x()))))
                                .toList()));
            }
        }
        return Optional.of(new NumberTable(List.of("Time", "Interval", "Cost"), groups));
    }

    /** Its panels one below the other. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(new CostSheet(typeface, new Frame(typeface, frame.words(), PanelSheet.NARROW), rows));
    }

    private List<List<Panel>> bands(Row row) {
        List<List<Panel>> bands = new ArrayList<>();
        for (int first = 0; first < row.panels().size(); first += abreast) {
            int end = Math.min(first + abreast, row.panels().size());
            bands.add(row.panels().subList(first, end));
        }
        return bands;
    }

    private List<String> title(Panel panel) {
        return Typeface.wrap(Text.clean(panel.title()), typeface.plain(12), panelWidth);
    }

    private double titleHeight(List<Panel> band) {
        int lines = band.stream().mapToInt(panel -> title(panel).size()).max().orElse(1);
        return 48 + TEXT_LINE * lines;
    }

    private double height(Row row) {
        return ROW_HEADING
                + bands(row).stream()
                        .mapToDouble(band -> titleHeight(band) + PLOT_HEIGHT + AXIS)
                        .sum();
    }

    private double content() {
        return rows.stream().mapToDouble(this::height).sum();
    }

    @Override
    public int height() {
        return frame.height(content());
    }

    @Override
    public void draw(Graphics2D graphics) {
        frame.draw(graphics, content());
        double y = frame.top();
        for (Row row : rows) {
            Frame.line(graphics, Palette.INK, 2, frame.left(), y + 4, frame.right(), y + 4);
            Frame.text(graphics, row.heading(), typeface.bold(15), Palette.INK, frame.left(), y + 26);
            y += ROW_HEADING;
            for (List<Panel> band : bands(row)) {
                double titles = titleHeight(band);
                for (int i = 0; i < band.size(); i++) {
                    double left = frame.left() + i * (panelWidth + GAP);
                    drawTitle(graphics, band.get(i), left, y);
                    new PanelDrawing(
                                    graphics,
                                    band.get(i),
                                    new Rectangle2D.Double(left + LEFT, y + titles, panelWidth - LEFT, PLOT_HEIGHT))
                            .draw(row.xLabel());
                }
                y += titles + PLOT_HEIGHT + AXIS;
            }
        }
    }

    private void drawTitle(Graphics2D graphics, Panel panel, double left, double top) {
        Frame.textWithin(graphics, panel.kind(), typeface.bold(13), Palette.INK, left, top + 18, panelWidth);
        List<String> title = title(panel);
        for (int line = 0; line < title.size(); line++) {
            Frame.text(
                    graphics,
                    title.get(line),
                    typeface.plain(12),
                    Palette.INK,
                    left,
                    top + 18 + TEXT_LINE * (line + 1));
        }
    }

    /** A marker: where it belongs on the horizontal axis, and where it stands. */
    private record Place(Dot dot, double ownX, double x, double y) {}

    /** One panel while it is drawn. */
    private final class PanelDrawing {

        private final Graphics2D graphics;
        private final Panel panel;
        private final Rectangle2D plot;
        private final LogScale x;
        private final LogScale y;

        PanelDrawing(Graphics2D graphics, Panel panel, Rectangle2D plot) {
            this.graphics = graphics;
            this.panel = panel;
            this.plot = plot;
            double[] xs = panel.dots().stream().mapToDouble(Dot::x).sorted().toArray();
            x = LogScale.over(xs[0], xs[xs.length - 1], plot.getX() + ROOM, plot.getMaxX() - ROOM);
            double[] values = panel.dots().stream()
                    .mapToDouble(dot -> dot.y().value())
                    .sorted()
                    .toArray();
            double least = values[0] / STRETCH;
            double most = values[values.length - 1] * STRETCH;
            double[] ends = panel.dots().stream()
                    .flatMapToDouble(dot -> dot.y().isBounded()
                            ? DoubleStream.of(
                                    dot.y().value(),
                                    Math.max(dot.y().low(), least),
                                    Math.min(dot.y().high(), most))
                            : DoubleStream.of(dot.y().value()))
                    .sorted()
                    .toArray();
            y = LogScale.over(ends[0], ends[ends.length - 1], plot.getMaxY() - ROOM, plot.getY() + ROOM);
        }

        void draw(String xLabel) {
            Font font = typeface.plain(11);
            graphics.setPaint(Palette.PANEL);
            graphics.fill(plot);
            for (double tick : Frame.ticks(x, 6, LogScale::label, font)) {
                double at = x.place(tick);
                Frame.line(graphics, Palette.GRID, 1, at, plot.getY(), at, plot.getMaxY());
                Frame.textAround(graphics, LogScale.label(tick), font, Palette.FAINT_INK, at, plot.getMaxY() + 15);
            }
            for (double tick : y.ticks(8)) {
                double at = y.place(tick);
                Frame.line(graphics, Palette.GRID, 1, plot.getX(), at, plot.getMaxX(), at);
                Frame.textBefore(graphics, LogScale.label(tick), font, Palette.FAINT_INK, plot.getX() - 6, at + 4);
            }
            Frame.textAround(graphics, xLabel, font, Palette.FAINT_INK, plot.getCenterX(), plot.getMaxY() + 32);
            String unit = "time, ms (log scale)";
            Frame.text(graphics, unit, font, Palette.FAINT_INK, plot.getX() - LEFT, plot.getY() - 7);
            List<Place> places = places();
            places.forEach(this::drawInterval);
            places.forEach(place -> place.dot()
                    .look()
                    .paint(graphics, place.x(), place.y(), !place.dot().y().isBounded()));
            drawNames(places);
        }

        /** Where the markers stand: side by side where they would lie on each other. */
        private List<Place> places() {
            List<Point2D.Double> own = panel.dots().stream()
                    .map(dot ->
                            new Point2D.Double(x.place(dot.x()), y.place(dot.y().value())))
                    .toList();
            List<Point2D.Double> apart =
                    Apart.sideways(own, TOUCHING, plot.getX() + Palette.REACH, plot.getMaxX() - Palette.REACH);
            return IntStream.range(0, own.size())
                    .mapToObj(i -> new Place(panel.dots().get(i), own.get(i).x, apart.get(i).x, apart.get(i).y))
                    .toList();
        }

        private void drawInterval(Place place) {
            Dot dot = place.dot();
            if (Math.abs(place.x() - place.ownX()) > MOVED) {
                Frame.line(graphics, dot.look().color(), 1.2, place.ownX(), place.y(), place.x(), place.y());
                Frame.line(
                        graphics, dot.look().color(), 1.2, place.ownX(), place.y() - 10, place.ownX(), place.y() + 10);
            }
            if (dot.y().isBounded()) {
                new Whisker(y.place(dot.y().low()), place.y(), y.place(dot.y().high()))
                        .drawUpright(graphics, dot.look().color(), 1.8f, place.x());
            }
        }

        private static long neighbours(Place place, List<Place> places) {
            return places.stream()
                    .filter(other -> Math.hypot(other.x() - place.x(), other.y() - place.y()) < CROWD)
                    .count();
        }

        private void drawNames(List<Place> places) {
            LabelPlacer placer = new LabelPlacer(plot);
            places.forEach(place -> placer.keepFree(place.x(), place.y(), MARKER));
            Font font = typeface.plain(12);
            int unnamed = 0;
            // Those with most neighbours have the least choice.
            List<Place> crowdedFirst = places.stream()
                    .sorted(Comparator.comparingLong((Place place) -> neighbours(place, places))
                            .reversed())
                    .toList();
            for (Place marker : crowdedFirst) {
                Dot dot = marker.dot();
                double atX = marker.x();
                double atY = marker.y();
                List<String> lines = Typeface.wrap(dot.label(), font, plot.getWidth() * 0.6);
                double width = lines.stream()
                        .mapToDouble(line -> Typeface.width(line, font))
                        .max()
                        .orElse(0);
                Optional<Rectangle2D> place = placer.place(atX, atY, MARKER, width, 14.0 * lines.size());
                if (place.isEmpty()) {
                    unnamed++;
                    continue;
                }
                double[] end = LabelPlacer.nearest(place.get(), atX, atY);
                if (Math.hypot(end[0] - atX, end[1] - atY) > MARKER + LabelPlacer.FREE_STANDING) {
                    Frame.line(graphics, dot.look().faded(0.7), 1, atX, atY, end[0], end[1]);
                }
                for (int i = 0; i < lines.size(); i++) {
                    double baseline = place.get().getY() + 14 * i + 11;
                    Frame.text(
                            graphics,
                            lines.get(i),
                            font,
                            Palette.INK,
                            place.get().getX(),
                            baseline);
                }
            }
            if (unnamed > 0) {
                Frame.text(
                        graphics,
                        unnamed + " without room for a name",
                        typeface.plain(11),
                        Palette.FAINT_INK,
                        plot.getX(),
                        plot.getMaxY() + 46);
            }
        }
    }
}
