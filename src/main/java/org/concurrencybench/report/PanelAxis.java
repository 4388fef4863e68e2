package org.concurrencybench.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * The horizontal axis of a panel: a range with round ticks that fit.
 *
 * @param low left end
 * @param high right end
 * @param logarithmic needs {@code low > 0}
 * @param suffix after each tick's number
 */
record PanelAxis(double low, double high, boolean logarithmic, String suffix) {

    private static final int TICK_FONT_SIZE = 11;

    /** More are a fence and not a scale. */
    private static final int MOST_TICKS = 11;

    /** How far a tick's text may stand out of its panel without touching that of the next panel. */
    private static final double OVERHANG = 6;

    /** From 0, or where there are negative values from less, to a little more than {@code high}. */
    static PanelAxis linear(double low, double high) {
        double from = Math.min(0, low);
        double to = Math.max(0, high);
        double margin = to > from ? (to - from) * 0.1 : 1;
        return new PanelAxis(from < 0 ? from - margin : 0, to + margin, false, "");
    }

    /** From a little less than {@code low} to a little more than {@code high}. */
    static PanelAxis logarithmic(double low, double high, String suffix) {
        double margin = Math.max(1.04, Math.pow(high / low, 0.09));
        return new PanelAxis(low / margin, high * margin, true, suffix);
    }

    /** JFreeChart's axis, for a panel that is drawn with {@code typeface}. */
    ValueAxis draw(Typeface typeface) {
        ValueAxis axis = logarithmic ? new Log(this) : new Linear(this);
        axis.setRange(low, high);
        axis.setTickLabelFont(typeface.plain(TICK_FONT_SIZE));
        axis.setTickLabelPaint(Palette.FAINT_INK);
        axis.setAxisLineVisible(false);
        axis.setTickMarkPaint(Palette.FAINT_INK);
        axis.setAutoTickUnitSelection(false);
        return axis;
    }

    private List<NumberTick> ticks(ValueAxis axis, Rectangle2D area) {
        double room = area.getWidth();
        List<Double> best = List.of();
        for (List<Double> candidate : candidates()) {
            List<Double> inside = candidate.stream()
                    .filter(value -> stands(axis, area, value, room))
                    .toList();
            if (inside.size() > best.size() && inside.size() <= MOST_TICKS && fit(axis, area, inside)) {
                best = inside;
            }
        }
        return best.stream()
                .map(value -> new NumberTick(value, label(value), TextAnchor.TOP_CENTER, TextAnchor.CENTER, 0))
                .toList();
    }

    private boolean stands(ValueAxis axis, Rectangle2D area, double value, double room) {
        if (value < low || value > high) {
            return false;
        }
        double x = axis.valueToJava2D(value, area, RectangleEdge.BOTTOM) - area.getX();
        double half = Typeface.width(label(value), axis.getTickLabelFont()) / 2;
        return x - half >= -OVERHANG && x + half <= room + OVERHANG;
    }

    private boolean fit(ValueAxis axis, Rectangle2D area, List<Double> values) {
        double lastEnd = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            double x = axis.valueToJava2D(value, area, RectangleEdge.BOTTOM);
            double half = Typeface.width(label(value), axis.getTickLabelFont()) / 2;
            if (x - half < lastEnd + 9) {
                return false;
            }
            lastEnd = x + half;
        }
        return true;
    }

    /** Sets of round numbers, coarse ones first. On a logarithmic axis all of them hold 1. */
    private List<List<Double>> candidates() {
        List<List<Double>> candidates = new ArrayList<>();
        if (logarithmic) {
            for (int decades = 4; decades >= 1; decades--) {
                candidates.add(powers(decades, List.of(1.0)));
            }
            candidates.add(powers(1, List.of(1.0, 3.0)));
            candidates.add(powers(1, List.of(1.0, 2.0, 5.0)));
            if (high / low > 3) {
                return candidates;
            }
        }
        double magnitude = Math.floor(Math.log10(high - low));
        for (double exponent = magnitude; exponent >= magnitude - 2; exponent--) {
            for (int digit : new int[] {5, 2, 1}) {
                candidates.add(multiples(digit * Math.pow(10, exponent)));
            }
        }
        return candidates;
    }

    private List<Double> powers(int every, List<Double> digits) {
        List<Double> values = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(low));
        int last = (int) Math.ceil(Math.log10(high));
        for (int exponent = first; exponent <= last; exponent++) {
            if (exponent % every == 0) {
                for (double digit : digits) {
                    values.add(exponent < 0 ? digit / Math.pow(10, -exponent) : digit * Math.pow(10, exponent));
                }
            }
        }
        return values;
    }

    private List<Double> multiples(double step) {
        List<Double> values = new ArrayList<>();
        double first = Math.ceil(low / step);
        for (double index = first; index * step <= high; index++) {
            values.add(index * step);
        }
        return values;
    }

    private String label(double value) {
        double size = Math.abs(value);
        if (value != 0 && (size < 1e-4 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.0e", value) + suffix;
        }
        // Six digits swallow what multiplying by a tenth leaves behind.
        return new BigDecimal(value)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString()
                + suffix;
    }

    /** {@link NumberAxis} with our ticks. */
    private static final class Linear extends NumberAxis {

        private static final long serialVersionUID = 1L;

        private final transient PanelAxis panel;

        Linear(PanelAxis panel) {
            this.panel = panel;
        }

        @Override
        public List<NumberTick> refreshTicks(
                Graphics2D graphics, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
            return panel.ticks(this, dataArea);
        }
    }

    /** {@link LogAxis} with our ticks. */
    private static final class Log extends LogAxis {

        private static final long serialVersionUID = 1L;

        private final transient PanelAxis panel;

        Log(PanelAxis panel) {
            this.panel = panel;
        }

        @Override
        public List<NumberTick> refreshTicks(
                Graphics2D graphics, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
            return panel.ticks(this, dataArea);
        }
    }
}
