package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.concurrencybench.statistics.Estimate;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Draws a {@link Mark} into its row: the number above the line, the estimate on it, its forks below it, so that none of
 * them can cover another. The interval in figures stands below too, or where there are forks, beside the number.
 */
final class MarkAnnotation extends AbstractXYAnnotation {

    private static final long serialVersionUID = 1L;

    private static final double IDEAL_REACH = 12;
    private static final double CAP_REACH = 4.5;
    private static final double LABEL_RISE = 15;
    private static final double INTERVAL_DROP = 22;
    private static final double FORKS_DROP = 11;
    private static final double FORKS_SPREAD = 7;
    private static final double FORK_RADIUS = 2;
    private static final double INTERVAL_GAP = 6;
    private static final float SMALL = 10;
    private static final Stroke THIN = new BasicStroke(1.3f);
    private static final Stroke WHISKER = new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    private static final Stroke IDEAL = new BasicStroke(2.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

    private final transient Mark mark;
    private final Font font;

    MarkAnnotation(Mark mark, Font font) {
        this.mark = mark;
        this.font = font;
    }

    @Override
    public void draw(
            Graphics2D graphics,
            XYPlot plot,
            Rectangle2D dataArea,
            ValueAxis domainAxis,
            ValueAxis rangeAxis,
            int rendererIndex,
            PlotRenderingInfo info) {
        double y = rangeAxis.valueToJava2D(mark.row(), dataArea, RectangleEdge.LEFT);
        switch (mark) {
            case Mark.Words words -> drawWords(graphics, dataArea, y, words);
            case Mark.Measured measured -> new Row(graphics, dataArea, domainAxis, y).draw(measured);
        }
    }

    private void drawWords(Graphics2D graphics, Rectangle2D dataArea, double y, Mark.Words words) {
        graphics.setFont(font.deriveFont(Font.ITALIC));
        text(graphics, words.words(), dataArea.getCenterX(), y + font.getSize2D() * 0.35, dataArea, Palette.FAINT_INK);
    }

    /** Text around {@code centre}, moved sideways as far as it must be to stay inside; returns where it ends. */
    private double text(
            Graphics2D graphics, String text, double centre, double baseline, Rectangle2D inside, Color color) {
        double width = Typeface.width(text, graphics.getFont());
        double left = Math.max(inside.getMinX() + 2, Math.min(centre - width / 2, inside.getMaxX() - width - 2));
        double height = graphics.getFont().getSize2D();
        graphics.setPaint(Palette.PANEL);
        graphics.fill(new Rectangle2D.Double(left - 2, baseline - height * 0.82, width + 4, height));
        graphics.setPaint(color);
        graphics.drawString(text, (float) left, (float) baseline);
        return left + width;
    }

    /** One row of one panel while it is drawn. */
    private final class Row {

        private final Graphics2D graphics;
        private final Rectangle2D area;
        private final ValueAxis axis;
        private final double y;

        Row(Graphics2D graphics, Rectangle2D area, ValueAxis axis, double y) {
            this.graphics = graphics;
            this.area = area;
            this.axis = axis;
            this.y = y;
        }

        void draw(Mark.Measured measured) {
            double x = x(measured.estimate().value());
            Palette.Look look = measured.look();
            measured.stemFrom().ifPresent(from -> {
                graphics.setStroke(THIN);
                graphics.setPaint(look.faded(0.6));
                graphics.draw(new Line2D.Double(x(from), y, x, y));
            });
            drawFigures(measured, x);
            for (int fork = 0; fork < measured.forks().size(); fork++) {
                // The golden ratio scatters neighbours and gives the same picture every time.
                double spread = (fork * 0.618033988749895) % 1;
                double centre = y + FORKS_DROP + spread * FORKS_SPREAD;
                graphics.setPaint(look.faded(0.6));
                graphics.fill(new Ellipse2D.Double(
                        x(measured.forks().get(fork)) - FORK_RADIUS,
                        centre - FORK_RADIUS,
                        2 * FORK_RADIUS,
                        2 * FORK_RADIUS));
            }
            if (measured.estimate().isBounded()) {
                drawWhisker(measured.estimate(), look);
            }
            measured.ideal().ifPresent(ideal -> {
                graphics.setStroke(IDEAL);
                graphics.setPaint(Palette.INK);
                graphics.draw(new Line2D.Double(x(ideal), y - IDEAL_REACH, x(ideal), y + IDEAL_REACH));
            });
            look.paint(graphics, x, y, !measured.estimate().isBounded());
        }

        private void drawFigures(Mark.Measured measured, double x) {
            Font small = font.deriveFont(Font.PLAIN, SMALL);
            String interval = measured.interval();
            boolean beside = !measured.forks().isEmpty() && !interval.isEmpty();
            double tail = beside ? INTERVAL_GAP + Typeface.width(interval, small) : 0;
            Rectangle2D room =
                    new Rectangle2D.Double(area.getX(), area.getY(), area.getWidth() - tail, area.getHeight());
            graphics.setFont(font);
            double end = text(graphics, measured.label(), x, y - LABEL_RISE, room, Palette.INK);
            graphics.setFont(small);
            if (beside) {
                text(graphics, interval, end + (INTERVAL_GAP + tail) / 2, y - LABEL_RISE, area, Palette.FAINT_INK);
            } else if (!interval.isEmpty()) {
                text(graphics, interval, x, y + INTERVAL_DROP, area, Palette.FAINT_INK);
            }
        }

        private void drawWhisker(Estimate estimate, Palette.Look look) {
            graphics.setStroke(WHISKER);
            graphics.setPaint(look.color());
            graphics.draw(new Line2D.Double(x(estimate.low()), y, x(estimate.high()), y));
            double centre = x(estimate.value());
            drawEnd(x(estimate.low()), centre, estimate.low() < axis.getLowerBound(), -1);
            drawEnd(x(estimate.high()), centre, estimate.high() > axis.getUpperBound(), 1);
        }

        /** A cap where the interval ends, unless the marker covers it; an arrow head where it goes on outside of the panel. */
        private void drawEnd(double end, double centre, boolean goesOn, int direction) {
            if (!goesOn) {
                if (Whisker.isFree(end, centre)) {
                    graphics.draw(new Line2D.Double(end, y - CAP_REACH, end, y + CAP_REACH));
                }
                return;
            }
            Path2D head = new Path2D.Double();
            head.moveTo(end, y);
            head.lineTo(end - direction * 7, y - 4);
            head.lineTo(end - direction * 7, y + 4);
            head.closePath();
            graphics.fill(head);
        }

        private double x(double value) {
            double inRange = Math.max(axis.getLowerBound(), Math.min(value, axis.getUpperBound()));
            return axis.valueToJava2D(inRange, area, RectangleEdge.BOTTOM);
        }
    }
}
