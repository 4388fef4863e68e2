package org.concurrencybench.report;

import org.concurrencybench.statistics.Estimate;

/** A unit and the next larger one; what is measured in the smaller is told in the one that suits it. */
record Scale(Unit small, Unit large) {

    static final Scale MEMORY = new Scale(new Unit("KiB", 1), new Unit("MiB", 1.0 / 1024));
    static final Scale TIME = new Scale(new Unit("µs", 1), new Unit("ms", 1.0 / 1000));

    /**
     * What a value is told in.
     *
     * @param factor from the smaller unit of the scale to this one
     */
    record Unit(String name, double factor) {

        Estimate of(Estimate inSmall) {
            return Curve.times(inSmall, factor);
        }

        String value(Estimate inSmall) {
            return Numbers.value(of(inSmall)) + " " + name;
        }

        String withInterval(Estimate inSmall) {
            return Numbers.withInterval(of(inSmall), " " + name);
        }
    }

    /** The larger unit for what comes to one of it. */
    Unit suiting(double inSmall) {
        return inSmall * large.factor() >= 1 ? large : small;
    }

    /** Three digits or so, whatever its interval is. */
    String plain(double inSmall) {
        Unit unit = suiting(inSmall);
        return Numbers.plain(inSmall * unit.factor()) + " " + unit.name();
    }

    String value(Estimate inSmall) {
        return suiting(inSmall.value()).value(inSmall);
    }

    String withInterval(Estimate inSmall) {
        return suiting(inSmall.value()).withInterval(inSmall);
    }
}
