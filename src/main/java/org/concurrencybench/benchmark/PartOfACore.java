package org.concurrencybench.benchmark;

import java.util.function.IntToDoubleFunction;

/** Where a CPU quota grants no whole number of cores: what the hardware allows then lies between that of one core less and more. */
public final class PartOfACore {

    private PartOfACore() {}

    /**
     * The ideal speed-up on so many cores.
     *
     * @param cores 1 or more
     * @param onWholeCores the ideal on a whole number of them
     */
    public static double ideal(double cores, IntToDoubleFunction onWholeCores) {
        int whole = (int) cores;
        double ideal = onWholeCores.applyAsDouble(whole);
        return whole == cores ? ideal : ideal + (cores - whole) * (onWholeCores.applyAsDouble(whole + 1) - ideal);
    }
}
