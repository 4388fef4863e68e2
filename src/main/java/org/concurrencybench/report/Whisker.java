package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;

/**
 * The bar of an interval, with a cap at each end that the marker at its value does not cover: a cap right behind a marker
 * would peep out at both sides of it.
 *
 * @param low place of the lower end
 * @param value place of the marker
 * @param high place of the upper end
 */
record Whisker(double low, double value, double high) {

    private static final double CAP = 4.5;

    /** Whether the marker leaves the cap at this end free. */
    static boolean isFree(double end, double value) {
        return Math.abs(end - value) > Palette.REACH;
    }

    /** At this height, from left to right. */
    void drawLevel(Graphics2D graphics, Color color, float width, double y) {
        begin(graphics, color, width);
        graphics.draw(new Line2D.Double(low, y, high, y));
        for (double end : new double[] {low, high}) {
            if (isFree(end, value)) {
                graphics.draw(new Line2D.Double(end, y - CAP, end, y + CAP));
            }
        }
    }

    /** At this place, from below upwards. */
    void drawUpright(Graphics2D graphics, Color color, float width, double x) {
        begin(graphics, color, width);
        graphics.draw(new Line2D.Double(x, low, x, high));
        for (double end : new double[] {low, high}) {
            if (isFree(end, value)) {
                graphics.draw(new Line2D.Double(x - CAP, end, x + CAP, end));
            }
        }
    }

    private static void begin(Graphics2D graphics, Color color, float width) {
        graphics.setPaint(color);
        graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    }
}
