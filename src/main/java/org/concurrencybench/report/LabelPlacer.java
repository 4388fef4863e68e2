package org.concurrencybench.report;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds a place for each text at a point of a picture, where it covers no marker and no other text: beside the point if it
 * can, otherwise farther away, with a line to it that crosses no text either.
 */
final class LabelPlacer {

    private static final double FARTHEST = 230;
    private static final double STEP = 7;
    private static final int DIRECTIONS = 48;

    /** A text that is no farther than this from its marker needs no line to it. */
    static final double FREE_STANDING = 12;

    /** Between any two texts. */
    private static final double AIR = 2;

    private final Rectangle2D room;
    private final List<Rectangle2D> taken = new ArrayList<>();
    private final List<Line2D> leaders = new ArrayList<>();

    /** Texts stay inside of {@code room}. */
    LabelPlacer(Rectangle2D room) {
        this.room = room;
    }

    /** No text will stand here. */
    void keepFree(Rectangle2D area) {
        taken.add(area);
    }

    /** The same for a marker at a point. */
    void keepFree(double x, double y, double radius) {
        keepFree(new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /**
     * The place of a text, which is taken from now on.
     *
     * @param x of the point that it belongs to
     * @param y of that point
     * @param radius of the point's marker
     * @return nothing where no place is free within reach
     */
    Optional<Rectangle2D> place(double x, double y, double radius, double width, double height) {
        // A line that crosses a text is bad, no text at all is worse.
        return place(x, y, radius, width, height, true).or(() -> place(x, y, radius, width, height, false));
    }

    private Optional<Rectangle2D> place(
            double x, double y, double radius, double width, double height, boolean linesKeepClear) {
        for (double distance = radius + 3; distance <= FARTHEST; distance += STEP) {
            List<Rectangle2D> free = new ArrayList<>();
            for (int i = 0; i < DIRECTIONS; i++) {
                double angle = 2 * Math.PI * i / DIRECTIONS;
                Rectangle2D place = beside(x, y, Math.cos(angle), Math.sin(angle), distance, width, height);
                if (isFree(place) && (!linesKeepClear || isClear(place, leader(place, x, y)))) {
                    free.add(place);
                }
            }
            Optional<Rectangle2D> best = free.stream().min(Comparator.comparingDouble(place -> unfitness(place, x, y)));
            if (best.isPresent()) {
                taken.add(best.get());
                if (distance > radius + FREE_STANDING) {
                    leaders.add(leader(best.get(), x, y));
                }
                return best;
            }
        }
        return Optional.empty();
    }

    /** The box whose nearest edge or corner lies in this direction. */
    private static Rectangle2D beside(
            double x, double y, double right, double down, double distance, double width, double height) {
        double centreX = x + right * distance + Math.clamp(right * 1.6, -1, 1) * width / 2;
        double centreY = y + down * distance + Math.clamp(down * 1.6, -1, 1) * height / 2;
        return new Rectangle2D.Double(centreX - width / 2, centreY - height / 2, width, height);
    }

    private boolean isFree(Rectangle2D place) {
        Rectangle2D airy = new Rectangle2D.Double(
                place.getX() - AIR, place.getY() - AIR, place.getWidth() + 2 * AIR, place.getHeight() + 2 * AIR);
        return room.contains(place) && taken.stream().noneMatch(airy::intersects);
    }

    /** Whether no line runs over a text, nor this one over a marker other than its own. */
    private boolean isClear(Rectangle2D place, Line2D line) {
        return taken.stream().noneMatch(area -> !area.contains(line.getP1()) && line.intersects(area))
                && leaders.stream().noneMatch(other -> other.intersects(place));
    }

    private static Line2D leader(Rectangle2D place, double x, double y) {
        double[] end = nearest(place, x, y);
        return new Line2D.Double(x, y, end[0], end[1]);
    }

    /** Near is better, and among places as near those at the right or the left. */
    private static double unfitness(Rectangle2D place, double x, double y) {
        double dx = Math.max(0, Math.max(place.getMinX() - x, x - place.getMaxX()));
        double dy = Math.max(0, Math.max(place.getMinY() - y, y - place.getMaxY()));
        double sideways = Math.abs(place.getCenterY() - y) * 0.5;
        return Math.hypot(dx, dy) + sideways + (place.getCenterX() < x ? 2 : 0);
    }

    /** Where a line from the point to its text ends: the nearest spot of the text's box. */
    static double[] nearest(Rectangle2D place, double x, double y) {
        return new double[] {
            Math.clamp(x, place.getMinX(), place.getMaxX()), Math.clamp(y, place.getMinY(), place.getMaxY())
        };
    }
}
