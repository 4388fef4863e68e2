package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
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

    private static final Map<String, Look> KNOWN = Map.of(
            "serial", new Look(new Color(0x45, 0x45, 0x45), polygon(4, 45)),
            "platform-threads", new Look(new Color(0x00, 0x72, 0xB2), circle()),
            "platform-threads-cold", new Look(new Color(0x3A, 0x97, 0xCC), polygon(5, 0)),
            "virtual-threads", new Look(new Color(0xD5, 0x5E, 0x00), polygon(3, 0)),
            "child-jvms", new Look(new Color(0x00, 0x9E, 0x73), polygon(4, 0)),
            "child-jvms-shared-memory", new Look(new Color(0x00, 0x6B, 0x4E), star(6)),
            "child-jvms-spare", new Look(new Color(0x7A, 0x52, 0x30), polygon(6, 0)),
            "child-jvms-cold", new Look(new Color(0xB8, 0x5C, 0x93), polygon(3, 180)),
            "gil-threads", new Look(new Color(0xC0, 0x80, 0x00), cross(45)));

    /** Models that belong to single workloads. */
    private static final Map<String, Look> OF_SINGLE_WORKLOADS = Map.of(
            "fork-join", new Look(new Color(0xC0, 0x80, 0x00), star(4)),
            "timer-thread", new Look(new Color(0x6A, 0x3D, 0x9A), cross(45)));

    private static final List<Color> OTHER_COLORS =
            List.of(new Color(0xC0, 0x80, 0x00), new Color(0x7A, 0x52, 0x30), new Color(0x6A, 0x3D, 0x9A));

    private static final List<Shape> OTHER_SHAPES = List.of(star(5), cross(0), cross(45), bar(), star(4));

    /** Colours and shapes for names that are not ours, in the order in which they are given out. */
    private static final List<Look> SERIES = List.of(
            new Look(new Color(0x00, 0x72, 0xB2), circle()),
            new Look(new Color(0xD5, 0x5E, 0x00), polygon(3, 0)),
            new Look(new Color(0x00, 0x9E, 0x73), polygon(4, 0)),
            new Look(new Color(0xB8, 0x5C, 0x93), polygon(3, 180)),
            new Look(new Color(0xC9, 0x86, 0x00), star(5)),
            new Look(new Color(0x45, 0x45, 0x45), polygon(4, 45)),
            new Look(new Color(0x3A, 0x97, 0xCC), polygon(5, 0)),
            new Look(new Color(0x7A, 0x52, 0x30), cross(45)),
            new Look(new Color(0x6A, 0x3D, 0x9A), cross(0)),
            new Look(new Color(0x00, 0x6B, 0x4E), star(4)));

    private Palette() {}

    /** What stands for the {@code index}th of some series that are not our models: no two alike in the first ninety. */
    static Look ofSeries(int index) {
        int color = index % SERIES.size();
        int shape = (color + index / SERIES.size()) % SERIES.size();
        return new Look(SERIES.get(color).color(), SERIES.get(shape).marker());
    }

    /** Whether a name is that of a model of ours. */
    static boolean isModel(String name) {
        return KNOWN.containsKey(name) || OF_SINGLE_WORKLOADS.containsKey(name);
    }

    /** What stands for {@code model}; for one that is not ours it follows from the name alone. */
    static Look of(String model) {
        Look known = KNOWN.get(model);
        if (known != null) {
            return known;
        }
        Look single = OF_SINGLE_WORKLOADS.get(model);
        if (single != null) {
            return single;
        }
        // Multiplied, because the hashes of short names differ in their low bits alone; then two draws from different
        // bits.
        int hash = model.hashCode() * 0x9E3779B9;
        return new Look(
                OTHER_COLORS.get(Math.floorMod(hash >>> 8, OTHER_COLORS.size())),
                OTHER_SHAPES.get(Math.floorMod(hash >>> 18, OTHER_SHAPES.size())));
    }

    /** What a colour of a chart becomes where the page is dark: the same hue, so that a model is known by it there too. */
    static Color dark(Color light) {
        Color known = DARK.get(light);
        return known == null ? DarkColor.of(light) : known;
    }

    /** What stands for a verdict: again a colour and a shape of its own. */
    static Look of(Verdict verdict) {
        return switch (verdict) {
            case REGRESSED -> new Look(new Color(0xD5, 0x5E, 0x00), polygon(3, 0));
            case IMPROVED -> new Look(new Color(0x00, 0x9E, 0x73), polygon(3, 180));
            case UNCHANGED -> new Look(new Color(0x45, 0x45, 0x45), circle());
            case UNDECIDED -> new Look(new Color(0xC0, 0x80, 0x00), polygon(4, 0));
            case FAILED -> new Look(new Color(0x9B, 0x1C, 0x1C), cross(45));
            case NOT_COMPARABLE, ONLY_IN_BASELINE, ONLY_IN_CANDIDATE -> new Look(FAINT_INK, bar());
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

    private static Shape bar() {
        return new Rectangle2D.Double(-RADIUS * 1.3, -RADIUS * 0.55, RADIUS * 2.6, RADIUS * 1.1);
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
