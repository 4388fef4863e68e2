package org.concurrencybench.execution.childjvm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Codec;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedState;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * A workload one of whose tasks does something that a good one would not. The answer is the sum of the tasks' numbers;
 * tasks count themselves in shared memory as they begin, so that a test can wait for that.
 */
public final class FaultyWorkload implements WorkloadDefinition {

    /** What goes wrong. */
    enum Fault {
        NONE,
        THROWS,
        THROWS_AN_ERROR_BESIDE_A_THREAD_THAT_STAYS,
        EXITS,
        HALTS,
        COMPUTES_FOR_EVER,
        COMPUTES_FOR_EVER_IN_EVERY_TASK,
        RUNS_OUT_OF_MEMORY,
        PRINTS_AND_READS,
        PRINTS_MEGABYTES,
        FAILS_SET_UP,
        SENDS_WHAT_CANNOT_BE_READ,
        SENDS_TOO_LITTLE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** An error of a sort that nobody can foresee. */
    static final class StrangeError extends Error {

        private static final long serialVersionUID = 1L;

        StrangeError() {
            super("strange");
        }
    }

    static WorkloadSpec spec(Fault fault, int tasks, int at) {
        FaultyWorkload definition = new FaultyWorkload();
        Map<String, String> values = Map.of(
                "fault", fault.word(),
                "tasks", Integer.toString(tasks),
                "at", Integer.toString(at));
        return new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "none";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.Choice(
                        "fault", Arrays.stream(Fault.values()).map(Fault::word).toList(), "what goes wrong"),
                new Parameter.WholeNumber("tasks", 1, 1, 100_000, "how many tasks"),
                new Parameter.WholeNumber("at", 0, 0, 100_000, "the task in which it goes wrong"));
    }

    @Override
    public Batch create(Settings settings, SharedState shared) {
        Fault fault = Arrays.stream(Fault.values())
                .filter(any -> any.word().equals(settings.word("fault")))
                .findFirst()
                .orElseThrow();
        // The owner's own instance is made with the same settings; only a child's set-up fails.
        if (fault == Fault.FAILS_SET_UP && System.getProperty("a.test.runs.here") == null) {
            throw new StrangeError();
        }
        return new Batch(fault, settings.number("tasks"), settings.number("at"), shared.lockedLong());
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return 1;
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return 1;
    }

    /** The tasks. */
    record Batch(Fault fault, int taskCount, int at, LockedLong begun) implements Workload<Long> {

        @Override
        public void reset() {
            begun.set(0);
        }

        @Override
        public Long run(int firstTask, int endTask) throws InterruptedException {
            long sum = 0;
            for (int task = firstTask; task < endTask; task++) {
                begun.add(1);
                if (task == at || fault == Fault.COMPUTES_FOR_EVER_IN_EVERY_TASK) {
                    goWrong();
                }
                sum += task;
            }
            return sum;
        }

        private void goWrong() throws InterruptedException {
            switch (fault) {
                case NONE, FAILS_SET_UP, SENDS_WHAT_CANNOT_BE_READ, SENDS_TOO_LITTLE -> {}
                case THROWS -> throw new IllegalStateException("task " + at + " is broken\nin two lines");
                case THROWS_AN_ERROR_BESIDE_A_THREAD_THAT_STAYS -> {
                    Thread.ofPlatform().start(Batch::computeForEver);
                    throw new StrangeError();
                }
                case EXITS -> System.exit(0);
                case HALTS -> Runtime.getRuntime().halt(3);
                case COMPUTES_FOR_EVER, COMPUTES_FOR_EVER_IN_EVERY_TASK -> computeForEver();
                case RUNS_OUT_OF_MEMORY -> fillTheHeap();
                case PRINTS_AND_READS -> printAndRead();
                case PRINTS_MEGABYTES -> printMegabytes();
            }
        }

        private static void computeForEver() {
            long x = System.nanoTime();
            while (x != 0) {
                x = x * 6364136223846793005L + 1442695040888963407L | 1;
            }
        }

        private static void fillTheHeap() {
            List<byte[]> kept = new ArrayList<>();
            while (kept.size() < Integer.MAX_VALUE) {
                kept.add(new byte[16 * 1024 * 1024]);
            }
        }

        private static void printAndRead() {
            System.out.println("a line that is no frame");
            System.out.write(0);
            System.out.flush();
            try {
                if (System.in.read() != -1) {
                    throw new IllegalStateException("read what was meant for the worker");
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void printMegabytes() {
            String line = "x".repeat(1023);
            for (int i = 0; i < 4096; i++) {
                System.out.println(line);
                System.err.println(line);
            }
        }

        @Override
        public Long merge(List<Long> partsInTaskOrder) {
            return partsInTaskOrder.stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public void check(Long answer) throws WrongAnswerException {
            long expected = (long) taskCount * (taskCount - 1) / 2;
            if (answer != expected) {
                throw new WrongAnswerException("sum of task numbers", expected, answer);
            }
        }

        @Override
        public Codec<Long> codec() {
            return new Codec<>() {
                @Override
                public void write(Long part, DataOutput out) throws IOException {
                    if (fault != Fault.SENDS_TOO_LITTLE) {
                        out.writeLong(part);
                    }
                }

                @Override
                public Long read(DataInput in) throws IOException {
                    if (fault == Fault.SENDS_WHAT_CANNOT_BE_READ) {
                        throw new StrangeError();
                    }
                    return in.readLong();
                }
            };
        }
    }
}
