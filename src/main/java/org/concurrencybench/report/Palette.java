package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.concurrencybench.comparison.Verdict;

/**
 * The colour and the marker of each model: always the same, whatever else is in the picture. The colours are those of
 * Okabe and Ito, which colour-blind people can tell apart; the shapes tell the models apart without any colour.
 */
final class Palette {

    /** Text and marks that carry the message. */
    static final Color INK = new Color(0x22, 0x22, 0x22);

    /** Text that only explains. */
    static final Color FAINT_INK = new Color(0x5F, 0x63, 0x68);

    /** Of a stretch that is set apart from the rest, such as a warm-up; what lies under it shows through. */
    static final Color SHADE = new Color(0x5F, 0x63, 0x68, 28);

    static final Color GRID = new Color(0xE3, 0xE5, 0xE8);

    static final Color PANEL = new Color(0xFA, 0xFA, 0xFB);

    static final Color PAPER = Color.WHITE;

    /** Of surfaces and of text on a dark page; all other colours follow from the light ones. */
    private static final Map<Color, Color> DARK = Map.of(
            INK, new Color(0xE7, 0xE9, 0xEC),
            FAINT_INK, new Color(0xA9, 0xB1, 0xBA),
            GRID, new Color(0x39, 0x40, 0x47),
            PANEL, new Color(0x23, 0x28, 0x2D),
            PAPER, new Color(0x1D, 0x21, 0x25));
    /** Where intervals do not tell who is ahead. */
    static final Color UNDECIDED = new Color(0xC4, 0xC7, 0xCB);

    /** The parts of a whole in their order; neighbours differ in lightness too, so that grey keeps them apart. */
    private static final List<Color> PHASES = List.of(
            new Color(0x56, 0x7A, 0xA8),
            new Color(0xF0, 0xC0, 0x6E),
            new Color(0x2F, 0x6B, 0x5B),
            new Color(0xB9, 0xDC, 0xB4),
            new Color(0x8A, 0x4F, 0x7D),
            new Color(0xE3, 0xC3, 0xDA));

    private static final double RADIUS = 6;

    /** How far a marker reaches from its middle, its rim included. */
    static final double REACH = 8;

    private static final Shape SQUARE = polygon(4, 45);
    private static final Shape CIRCLE = circle();
    private static final Shape PENTAGON = polygon(5, 0);
    private static final Shape UP = polygon(3, 0);
    private static final Shape DIAMOND = polygon(4, 0);
    private static final Shape HEXAGON = polygon(6, 0);
    private static final Shape DOWN = polygon(3, 180);
    private static final Shape SALTIRE = cross(45);
    private static final Shape BAR = bar(1.3, 0.55);
    private static final Shape STAR_4 = star(4);
    private static final Shape STAR_5 = star(5);
    private static final Shape STAR_6 = star(6);

    /** No two of them have a colour or a shape in common. */
    private static final Map<String, Look> KNOWN = Map.ofEntries(
            Map.entry("serial", new Look(new Color(0x45, 0x45, 0x45), SQUARE)),
            Map.entry("platform-threads", new Look(new Color(0x00, 0x72, 0xB2), CIRCLE)),
            Map.entry("platform-threads-cold", new Look(new Color(0x3A, 0x97, 0xCC), PENTAGON)),
            Map.entry("virtual-threads", new Look(new Color(0xD5, 0x5E, 0x00), UP)),
            Map.entry("child-jvms", new Look(new Color(0x00, 0x9E, 0x73), DIAMOND)),
            Map.entry("child-jvms-shared-memory", new Look(new Color(0x00, 0x6B, 0x4E), STAR_6)),
            Map.entry("child-jvms-spare", new Look(new Color(0x7A, 0x52, 0x30), HEXAGON)),
            Map.entry("child-jvms-cold", new Look(new Color(0xB8, 0x5C, 0x93), DOWN)),
            Map.entry("gil-threads", new Look(new Color(0xC0, 0x80, 0x00), SALTIRE)),
            // Models that belong to single workloads.
            Map.entry("fork-join", new Look(new Color(0x6B, 0x7A, 0x1E), STAR_4)),
            Map.entry("timer-thread", new Look(new Color(0x6A, 0x3D, 0x9A), BAR)));

    /** For what has its name beside it and is one of too many to tell apart by looks. */
    static final Look PLAIN = new Look(FAINT_INK, CIRCLE);

    private static final List<Color> SERIES_COLORS = List.of(
            new Color(0x00, 0x72, 0xB2),
            new Color(0xD5, 0x5E, 0x00),
            new Color(0x00, 0x9E, 0x73),
            new Color(0xB8, 0x5C, 0x93),
            new Color(0xC0, 0x80, 0x00),
            new Color(0x45, 0x45, 0x45),
            new Color(0x3A, 0x97, 0xCC),
            new Color(0x7A, 0x52, 0x30),
            new Color(0x6A, 0x3D, 0x9A),
            new Color(0x00, 0x6B, 0x4E));

    private static final List<Shape> SERIES_SHAPES =
            List.of(CIRCLE, UP, DIAMOND, DOWN, STAR_5, SQUARE, PENTAGON, SALTIRE, cross(0), STAR_4);

    private static final List<Color> FOREIGN_COLORS =
            List.of(new Color(0x00, 0x7C, 0x89), new Color(0xA6, 0x2B, 0x2B), new Color(0x4B, 0x4F, 0xB5));

    private static final List<Shape> FOREIGN_SHAPES = List.of(STAR_5, cross(0), bar(0.55, 1.3), star(8), hourglass());

    /** Looks for names that are not ours, in the order in which they are given out. */
    private static final List<Look> SERIES = combined(SERIES_COLORS, SERIES_SHAPES);

    /** The same for names that stand beside ours: none is the look of a model of ours, and the first have its shapes neither. */
    private static final List<Look> FOREIGN = Stream.concat(
                    combined(FOREIGN_COLORS, FOREIGN_SHAPES).stream(),
                    SERIES.stream().filter(look -> !KNOWN.containsValue(look)))
            .toList();

    /** The looks of all names of the report that is being written. */
    private static final ScopedValue<Map<String, Look>> REPORT = ScopedValue.newInstance();

    private Palette() {}

    /** Whether a name is that of a model of ours. */
    static boolean isModel(String name) {
        return KNOWN.containsKey(name);
    }

    /** Every pair once, so that neighbours in the list share neither the colour nor the shape. */
    private static List<Look> combined(List<Color> colors, List<Shape> shapes) {
        return IntStream.range(0, colors.size() * shapes.size())
                .mapToObj(index -> new Look(
                        colors.get(index % colors.size()),
                        shapes.get((index % colors.size() + index / colors.size()) % shapes.size())))
                .toList();
    }

    /**
     * What stands for each of several names: models of ours have their own looks, all others one that nothing else among
     * them has, as long as there are fewer than a hundred.
     */
    static Map<String, Look> ofAll(Collection<String> names) {
        List<Look> others = names.stream().anyMatch(Palette::isModel) ? FOREIGN : SERIES;
        Map<String, Look> looks = new LinkedHashMap<>();
        int next = 0;
        for (String name : new LinkedHashSet<>(names)) {
            Look known = KNOWN.get(name);
            looks.put(name, known != null ? known : others.get(next++ % others.size()));
        }
        return looks;
    }

    /**
     * Does something in which {@link #of(String)} tells all of these models apart, those that are not ours too, whose names
     * alone do not say which looks are taken.
     *
     * @throws X where it does
     */
    static <R, X extends Throwable> R during(Collection<String> models, ScopedValue.CallableOp<R, X> report) throws X {
        return ScopedValue.where(REPORT, ofAll(models)).call(report);
    }

    /** The same looks for a task that another thread will call. */
    static <R> Callable<R> carriedTo(Callable<R> task) {
        Map<String, Look> looks = REPORT.get();
        return () -> ScopedValue.where(REPORT, looks).call(task::call);
    }

    /** What stands for {@code model}; for one that is neither ours nor in the report it follows from the name alone. */
    static Look of(String model) {
        Look known = KNOWN.get(model);
        if (known != null) {
            return known;
        }
        Look own = REPORT.isBound() ? REPORT.get().get(model) : null;
        if (own != null) {
            return own;
        }
        int looks = FOREIGN_COLORS.size() * FOREIGN_SHAPES.size();
        // Multiplied, because the hashes of short names differ in their low bits alone.
        return FOREIGN.get(Math.floorMod((model.hashCode() * 0x9E3779B9) >>> 8, looks));
    }

    /** What a colour of a chart becomes where the page is dark: the same hue, so that a model is known by it there too. */
    static Color dark(Color light) {
        Color known = DARK.get(light);
        return known == null ? DarkColor.of(light) : known;
    }

    /** What stands for a verdict: again a colour and a shape of its own. */
    static Look of(Verdict verdict) {
        return switch (verdict) {
            case REGRESSED -> new Look(new Color(0xD5, 0x5E, 0x00), UP);
            case IMPROVED -> new Look(new Color(0x00, 0x9E, 0x73), DOWN);
            case UNCHANGED -> new Look(new Color(0x45, 0x45, 0x45), CIRCLE);
            case UNDECIDED -> new Look(new Color(0xC0, 0x80, 0x00), DIAMOND);
            case FAILED -> new Look(new Color(0x9B, 0x1C, 0x1C), SALTIRE);
            case NOT_COMPARABLE, ONLY_IN_BASELINE, ONLY_IN_CANDIDATE -> new Look(FAINT_INK, BAR);
        };
    }

    /** The colour of the part with this number of a whole. */
    static Color ofPhase(int number) {
        return PHASES.get(number % PHASES.size());
    }

    /** One model's colour and its marker around the origin. */
    record Look(Color color, Shape marker) {

        /** Draws the marker at a point; hollow where there is no interval to back it. */
        void paint(Graphics2D graphics, double x, double y, boolean hollow) {
            Shape shape = AffineTransform.getTranslateInstance(x, y).createTransformedShape(marker);
            graphics.setStroke(new BasicStroke(hollow ? 2f : 1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.setPaint(hollow ? PAPER : color);
            graphics.fill(shape);
            graphics.setPaint(hollow ? color : PAPER);
            graphics.draw(shape);
        }

        /** The colour, let through by {@code share}. */
        Color faded(double share) {
            return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * share));
        }
    }

    private static Shape circle() {
        return new Ellipse2D.Double(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS);
    }

    private static Shape bar(double halfWidth, double halfHeight) {
        return new Rectangle2D.Double(
                -RADIUS * halfWidth, -RADIUS * halfHeight, RADIUS * 2 * halfWidth, RADIUS * 2 * halfHeight);
    }

    private static Shape hourglass() {
        Path2D path = new Path2D.Double();
        path.moveTo(-RADIUS, -RADIUS);
        path.lineTo(RADIUS, -RADIUS);
        path.lineTo(-RADIUS, RADIUS);
        path.lineTo(RADIUS, RADIUS);
        path.closePath();
        return path;
    }

    /** A regular polygon of about the circle's area, its first corner on top and then turned. */
    private static Shape polygon(int corners, double turnDegrees) {
        double area = corners / 2.0 * Math.sin(2 * Math.PI / corners);
        double radius = RADIUS * Math.sqrt(Math.PI / area);
        return corners(corners, turnDegrees, radius, radius);
    }

    private static Shape star(int points) {
        return corners(2 * points, 0, RADIUS * 1.5, RADIUS * 0.65);
    }

    private static Shape corners(int corners, double turnDegrees, double even, double odd) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners - Math.PI / 2 + Math.toRadians(turnDegrees);
            double radius = i % 2 == 0 ? even : odd;
            if (i == 0) {
                path.moveTo(radius * Math.cos(angle), radius * Math.sin(angle));
            } else {
                path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
            }
        }
        path.closePath();
        return path;
    }

    private static Shape cross(double turnDegrees) {
        double reach = RADIUS * 1.25;
        double half = RADIUS * 0.45;
        double[][] corners = {
            {-half, -reach}, {half, -reach}, {half, -half}, {reach, -half}, {reach, half}, {half, half},
            {half, reach}, {-half, reach}, {-half, half}, {-reach, half}, {-reach, -half}, {-half, -half}
        };
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0][0], corners[0][1]);
        for (int i = 1; i < corners.length; i++) {
            path.lineTo(corners[i][0], corners[i][1]);
        }
        path.closePath();
        return path.createTransformedShape(AffineTransform.getRotateInstance(Math.toRadians(turnDegrees)));
    }
}
