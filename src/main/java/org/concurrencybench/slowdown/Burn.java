package org.concurrencybench.slowdown;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps a core busy for a share of the time that the calls of a benchmark take, in one thread and one iteration.
 *
 * <p>JMH's loop calls {@link #before} and {@link #after} around each call. A call that JMH times by itself is followed by
 * its own burn. Others are taken together until they make some {@value #BLOCK_NANOS} ns, because a look at the clock takes as
 * long as many benchmarks do. The clock says when a burn ends, and what one lasted too long (because the core was taken
 * away meanwhile) is taken off the next, so that their sum is known whatever else the machine does.
 *
 * <p>A share of 0 does all of that but burn, so that a baseline has the same cost of looking.
 */
public final class Burn {

    private static final long BLOCK_NANOS = 20_000;
    private static final int MOST_CALLS = 1_000_000;

    /** One for each iteration and thread of this JVM. Appended by measuring threads, read when the JVM ends. */
    private static final Queue<Burn> ALL = new ConcurrentLinkedQueue<>();

    private final String id;
    private final double share;
    private final boolean eachCall;
    // All of these belong to the measuring thread; whoever adds them up does so after JMH has joined its threads.
    private int left = 1;
    private int block = 1;
    private long sinceNanos;
    private double debtNanos;
    private long ownNanos;
    private long burntNanos;

    private Burn(String id, double share, boolean eachCall) {
        this.id = id;
        this.share = share;
        this.eachCall = eachCall;
        this.sinceNanos = System.nanoTime();
    }

    /**
     * Before an iteration's loop; JMH's generated code calls it.
     *
     * @param id of the case, as JMH spells it
     * @param eachCall whether JMH times each call by itself
     */
    public static Burn begin(String id, boolean eachCall) {
        Burn burn = new Burn(id, SlowdownAgent.share(id), eachCall);
        ALL.add(burn);
        return burn;
    }

    /** Before a call. */
    public void before() {
        if (eachCall) {
            sinceNanos = System.nanoTime();
        }
    }

    /** After a call. */
    public void after() {
        left--;
        if (left <= 0) {
            settle();
        }
    }

    private void settle() {
        long now = System.nanoTime();
        long elapsed = now - sinceNanos;
        ownNanos += elapsed;
        debtNanos += share * elapsed;
        long end = now;
        while (end - now < debtNanos) {
            Thread.onSpinWait();
            end = System.nanoTime();
        }
        burntNanos += end - now;
        debtNanos -= end - now;
        sinceNanos = end;
        if (!eachCall) {
            long fitting = BLOCK_NANOS * block / Math.max(1, elapsed);
            block = (int) Math.clamp(fitting, 1, Math.min(MOST_CALLS, 2L * block + 1));
        }
        left = block;
    }

    /** What all iterations of a case came to, in nanoseconds. */
    record Total(String id, long ownNanos, long burntNanos) {}

    /** The totals of this JVM. */
    static Collection<Total> totals() {
        Map<String, Total> totals = new TreeMap<>();
        for (Burn burn : ALL) {
            totals.merge(
                    burn.id,
                    new Total(burn.id, burn.ownNanos, burn.burntNanos),
                    (one, other) ->
                            new Total(one.id, one.ownNanos + other.ownNanos, one.burntNanos + other.burntNanos));
        }
        return List.copyOf(totals.values());
    }
}
