package org.concurrencybench.runner;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * One fork by way of an unmodified JMH: its {@link Runner}, asked for one fork of one benchmark with one set of parameters.
 * Flags are those of the benchmark's own annotations and, after them, those that the case asks for.
 */
public final class JmhForkRunner implements ForkRunner {

    /** Property by which a fork hears which of its flags its child JVMs are to have, too. */
    static final String CHILD_FLAGS = "concurrencybench.childFlags";

    @Override
    public ForkOutcome measure(PlannedFork fork) {
        PlannedCase planned = fork.planned();
        IterationCollector collector = new IterationCollector(planned, fork.number());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(planned.key().benchmark()) + "$")
                .forks(1)
                .warmupIterations(planned.warmupIterations())
                .warmupTime(TimeValue.milliseconds(planned.warmupMillis()))
                .measurementIterations(planned.iterations())
                .measurementTime(TimeValue.milliseconds(planned.iterationMillis()))
                .timeout(TimeValue.milliseconds(iterationLimit(planned).toMillis()))
                .addProfiler(ProcessTreeProfiler.class)
                .shouldFailOnError(true);
        if (planned.isSingleShot()) {
            // An iteration of a millisecond would hold hundreds of the shortest batches, all but the first one warm.
            options.mode(Mode.SingleShotTime);
        }
        planned.jmhParams().forEach(options::param);
        planned.jvm().java().ifPresent(java -> options.jvm(java.toString()));
        if (!planned.jvm().flags().isEmpty()) {
            List<String> flags = new ArrayList<>(planned.jvm().flags());
            // A line's end stands in no flag.
            flags.add("-D%s=%s"
                    .formatted(CHILD_FLAGS, String.join("\n", planned.jvm().flags())));
            options.jvmArgsAppend(flags.toArray(new String[0]));
        }
        try {
            new Runner(options.build(), collector).run();
        } catch (NoBenchmarksException e) {
            return new ForkOutcome.Failed(
                    "there is no benchmark " + planned.key().benchmark());
        } catch (RunnerException e) {
            return new ForkOutcome.Failed(reason(e, collector));
        }
        int expected = planned.warmupIterations() + planned.iterations();
        if (collector.iterations() != expected) {
            return new ForkOutcome.Failed("%d of %d iterations arrived: %s"
                    .formatted(collector.iterations(), expected, collector.lastWords()));
        }
        return new ForkOutcome.Measured(collector.samples());
    }

    /** The first iteration may hold two batches: what is right may have to be asked of one thread before. */
    static Duration iterationLimit(PlannedCase planned) {
        return RunDefaults.ITERATION_LIMIT.plus(planned.batchLimit().multipliedBy(2));
    }

    /**
     * What went wrong, in one line: our own message alone where there is one, otherwise the exceptions that JMH wraps, or
     * where JMH has only its own to show (the fork died) what the fork said last.
     */
    private static String reason(Throwable thrown, IterationCollector collector) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(thrown));
        List<String> told = new ArrayList<>();
        while (!open.isEmpty()) {
            Throwable next = open.removeFirst();
            if (seen.add(next)) {
                String message = next.getMessage();
                if (isOurs(next)) {
                    return oneLine(message == null ? next.toString() : message);
                }
                List<Throwable> wrapped = new ArrayList<>(List.of(next.getSuppressed()));
                if (next.getCause() != null) {
                    wrapped.add(next.getCause());
                }
                open.addAll(wrapped);
                if (!isJmhs(next) || wrapped.isEmpty()) {
                    told.add(next.getClass().getSimpleName() + (message == null ? "" : ": " + message));
                }
            }
        }
        String words = collector.lastWords();
        return oneLine(String.join("; ", told) + (words.isEmpty() ? "" : "; the fork's last words: " + words));
    }

    private static boolean isJmhs(Throwable thrown) {
        return thrown.getClass().getName().startsWith("org.openjdk.jmh.");
    }

    private static boolean isOurs(Throwable thrown) {
        return thrown.getClass().getName().startsWith("org.concurrencybench.");
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " | ");
    }
}
