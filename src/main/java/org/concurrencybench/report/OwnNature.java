package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.sample.WorkNature;

/** What kind of work a user's code was seen to be, in sentences. */
public final class OwnNature {

    /** Less than this share is not worth a word. */
    private static final double LITTLE = 0.005;

    /** The share of its time before locks from which on work counts as contended. */
    static final double CONTENDED = 0.1;

    private OwnNature() {}

    /** A sentence for each thing seen; none where nobody looked. */
    public static List<String> of(WorkNature nature) {
        List<String> sentences = new ArrayList<>();
        OptionalDouble waiting = nature.number(WorkNature.WAITING);
        if (waiting.isEmpty()) {
            return sentences;
        }
        sentences.add("Your tasks wait %s of the time%s: a batch of %s takes %s in one thread, a task %s."
                .formatted(
                        Numbers.percent(waiting.getAsDouble()),
                        waits(nature, waiting.getAsDouble()),
                        nature.word(WorkNature.TASKS).map(Text::clean).orElse("?"),
                        time(nature.number(WorkNature.BATCH_MILLIS)),
                        time(nature.number(WorkNature.TASK_MILLIS))));
        nature.number(WorkNature.BYTES)
                .ifPresent(bytes -> sentences.add("A task allocates %s; collections stop it for %s of the time%s."
                        .formatted(
                                memory(bytes),
                                share(nature.number(WorkNature.GC)),
                                nature.number(WorkNature.GC_IN_THREADS).isPresent()
                                        ? ", with threads for " + share(nature.number(WorkNature.GC_IN_THREADS))
                                        : "")));
        nature.number(WorkNature.LOCKS).ifPresent(locks -> sentences.add(locks(locks, nature.word(WorkNature.LOCK))));
        nature.number(WorkNature.PINS).ifPresent(pins -> sentences.add(pins(pins, nature)));
        nature.nearest().ifPresent(like -> sentences.add(like(like, nature)));
        sentences.add("All this was seen in forks of their own, whose times are no samples%s."
                .formatted(nature.word(WorkNature.SETTING)
                        .map(setting -> ", with " + Text.clean(setting))
                        .orElse("")));
        return sentences;
    }

    private static String waits(WorkNature nature, double waiting) {
        double parked = nature.number(WorkNature.PARKED).orElse(0);
        double blocked = nature.number(WorkNature.BLOCKED).orElse(0);
        double system = waiting - parked - blocked;
        List<String> parts = new ArrayList<>();
        part(parts, parked, "asleep or parked");
        part(parts, blocked, "before synchronized");
        part(parts, system, "in the operating system, as for input and output");
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private static void part(List<String> parts, double share, String what) {
        // Clocks of one millisecond: less is not told from nothing.
        if (share > 2 * LITTLE) {
            parts.add(Numbers.percent(share) + " " + what);
        }
    }

    private static String locks(double locks, Optional<String> lock) {
        return locks < LITTLE
                ? "With threads, no lock of theirs is waited for."
                : "With threads, they stand before locks for %s of their time, most of it before %s."
                        .formatted(Numbers.percent(locks), lock.map(Text::clean).orElse("one that was not told"));
    }

    private static String pins(double pins, WorkNature nature) {
        return pins == 0
                ? "No virtual thread held on to its carrier."
                : "Virtual threads held on to their carriers %s times a batch, for %s in all, mostly in %s (native frames and class initialization do that; synchronized no longer does, JEP 491)."
                        .formatted(
                                Numbers.plain(pins),
                                time(nature.number(WorkNature.PINNED_MILLIS)),
                                nature.word(WorkNature.PINNED_BY)
                                        .map(Text::clean)
                                        .orElse("code that was not told"));
    }

    private static String like(WorkNature.Likeness like, WorkNature nature) {
        String contended = nature.number(WorkNature.LOCKS).orElse(0) >= CONTENDED
                ? "; and like bank-balance they meet at a lock"
                : "";
        return "Of our workloads, seen by the same clock, %s is the nearest in waiting share and length of a task (it waits %s, %s a task)%s."
                .formatted(
                        Text.clean(like.workload()),
                        Numbers.percent(like.waitingShare()),
                        time(OptionalDouble.of(like.taskMillis())),
                        contended);
    }

    private static String share(OptionalDouble share) {
        return share.isEmpty()
                ? "an unknown share"
                : share.getAsDouble() < LITTLE ? "less than 0.5%" : Numbers.percent(share.getAsDouble());
    }

    static String time(OptionalDouble millis) {
        if (millis.isEmpty()) {
            return "an unknown time";
        }
        double value = millis.getAsDouble();
        if (value >= 1000) {
            return Numbers.plain(value / 1000) + " s";
        }
        return value >= 1
                ? Numbers.plain(value) + " ms"
                : value >= 1e-3 ? Numbers.plain(value * 1e3) + " µs" : Numbers.plain(value * 1e6) + " ns";
    }

    private static String memory(double bytes) {
        if (bytes >= 1 << 20) {
            return Numbers.plain(bytes / (1 << 20)) + " MiB";
        }
        return bytes >= 1 << 10 ? Numbers.plain(bytes / (1 << 10)) + " KiB" : Numbers.fixed(bytes, 0) + " bytes";
    }
}
