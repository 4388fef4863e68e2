package org.concurrencybench.execution.childjvm;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Codec;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.LockKind;
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
public class FaultyWorkload implements WorkloadDefinition {

    /** What goes wrong. */
    enum Fault {
        NONE,
        THROWS,
        THROWS_AN_ERROR_BESIDE_A_THREAD_THAT_STAYS,
        EXITS,
        EXITS_WHEN_IDLE,
        HALTS,
        HALTS_BEHIND_OPEN_STREAMS_AND_OTHERS_FAIL,
        COMPUTES_FOR_EVER,
        COMPUTES_FOR_EVER_IN_EVERY_TASK,
        COUNTS_FOR_EVER,
        COUNTS_FOR_EVER_IN_EVERY_TASK,
        RUNS_OUT_OF_MEMORY,
        PRINTS_AND_READS,
        PRINTS_MEGABYTES,
        PRINTS_MEGABYTES_AND_HALTS,
        WRITES_MEGABYTES_AMONG_THE_FRAMES,
        SENDS_HALF_A_FRAME_AND_COMPUTES_FOR_EVER,
        WAITS_ONCE_TOLD,
        SENDS_HALF_A_FRAME_ONCE_TOLD,
        WRITES_AMONG_THE_FRAMES_ONCE_TOLD,
        FAILS_SET_UP,
        SENDS_WHAT_CANNOT_BE_READ,
        SENDS_TOO_LITTLE,
        ANSWERS_WRONGLY;

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

    /** What a test sets the count of begun tasks to, for tasks that wait for its word. */
    static final long NOW = -1;

    /** The same for tasks that behave until then; above any count. */
    static final long FROM_NOW_ON = 1_000_000_000;

    static WorkloadSpec spec(Fault fault, int tasks, int at) {
        return spec(fault, tasks, at, LockKind.OWN);
    }

    static WorkloadSpec spec(Fault fault, int tasks, int at, LockKind lock) {
        return spec(fault, tasks, at, lock, "none");
    }

    static WorkloadSpec spec(Fault fault, int tasks, int at, LockKind lock, String channel) {
        FaultyWorkload definition = new FaultyWorkload();
        Map<String, String> values = Map.of(
                "fault", fault.word(),
                "lock", lock.label(),
                "channel", channel,
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
                new Parameter.Choice(
                        "lock",
                        Arrays.stream(LockKind.values()).map(LockKind::label).toList(),
                        "what the count is under"),
                new Parameter.Choice(
                        "channel",
                        Stream.concat(
                                        Stream.of("none"),
                                        Arrays.stream(ChannelKind.values()).map(ChannelKind::label))
                                .toList(),
                        "what is there beside, and not used"),
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
        LockedLong begun = shared.lockedLong(LockKind.of(settings.word("lock")));
        String channel = settings.word("channel");
        if (!channel.equals("none")) {
            shared.channel(ChannelKind.of(channel), 64);
        }
        return new Batch(fault, settings.number("tasks"), settings.number("at"), begun);
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
                if (task == at && fault.word().endsWith("-once-told")) {
                    if (begun.get() > FROM_NOW_ON) {
                        goWrong();
                    }
                } else if (task == at || fault.word().endsWith("-in-every-task")) {
                    goWrong();
                } else if (fault == Fault.HALTS_BEHIND_OPEN_STREAMS_AND_OTHERS_FAIL) {
                    awaitTheWord();
                    throw new IllegalStateException("another one is gone");
                }
                sum += task;
            }
            return sum;
        }

        private void goWrong() throws InterruptedException {
            switch (fault) {
                case NONE, FAILS_SET_UP, SENDS_WHAT_CANNOT_BE_READ, SENDS_TOO_LITTLE, ANSWERS_WRONGLY -> {}
                case THROWS -> throw new IllegalStateException("task " + at + " is broken\nin two lines");
                case THROWS_AN_ERROR_BESIDE_A_THREAD_THAT_STAYS -> {
                    Thread.ofPlatform().start(Batch::computeForEver);
                    throw new StrangeError();
                }
                case EXITS -> System.exit(0);
                case EXITS_WHEN_IDLE ->
                    Thread.ofPlatform().start(() -> {
                        while (begun.get() != NOW) {
                            LockSupport.parkNanos(1_000_000);
                        }
                        System.exit(0);
                    });
                case HALTS -> Runtime.getRuntime().halt(3);
                case HALTS_BEHIND_OPEN_STREAMS_AND_OTHERS_FAIL -> leaveStreamsOpenAndHalt();
                case COMPUTES_FOR_EVER, COMPUTES_FOR_EVER_IN_EVERY_TASK -> computeForEver();
                case COUNTS_FOR_EVER, COUNTS_FOR_EVER_IN_EVERY_TASK -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        begun.add(1);
                    }
                }
                case RUNS_OUT_OF_MEMORY -> fillTheHeap();
                case PRINTS_AND_READS -> printAndRead();
                case PRINTS_MEGABYTES -> printMegabytes();
                case PRINTS_MEGABYTES_AND_HALTS -> {
                    printMegabytes();
                    // A colour, a byte that is no UTF-8, and no line's end.
                    System.err.write(0xFF);
                    System.err.print("\u001b[31mlast words");
                    Runtime.getRuntime().halt(4);
                }
                case WRITES_MEGABYTES_AMONG_THE_FRAMES -> writeAmongTheFrames(new byte[4 * 1024 * 1024]);
                case WAITS_ONCE_TOLD -> Thread.sleep(5);
                case WRITES_AMONG_THE_FRAMES_ONCE_TOLD -> writeAmongTheFrames(new byte[100]);
                case SENDS_HALF_A_FRAME_AND_COMPUTES_FOR_EVER, SENDS_HALF_A_FRAME_ONCE_TOLD -> {
                    writeAmongTheFrames(halfAFrame());
                    begun.add(taskCount);
                    computeForEver();
                }
            }
        }

        private void awaitTheWord() {
            while (begun.get() != NOW) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        private static void leaveStreamsOpenAndHalt() {
            try {
                new ProcessBuilder("sleep", "2").inheritIO().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().halt(5);
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

        /** As code that is not Java's would, which knows nothing of what became of {@code System.out}. */
        @SuppressWarnings("resource") // closing it would close the child's stream
        private static void writeAmongTheFrames(byte[] bytes) {
            try {
                new FileOutputStream(FileDescriptor.out).write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static byte[] halfAFrame() {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            try {
                Frame.of(Frame.Type.PART, body -> body.write(new byte[1000])).writeTo(frame);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Arrays.copyOf(frame.toByteArray(), 500);
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
            long counted = begun.get();
            if (counted != taskCount) {
                throw new WrongAnswerException("tasks that have begun", taskCount, counted);
            }
        }

        @Override
        public Codec<Long> codec() {
            return new Codec<>() {
                @Override
                public void write(Long part, DataOutput out) throws IOException {
                    if (fault != Fault.SENDS_TOO_LITTLE) {
                        out.writeLong(fault == Fault.ANSWERS_WRONGLY ? part + 1 : part);
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
