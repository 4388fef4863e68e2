package org.concurrencybench.workload;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Workers that add 1 to a shared number again and again, or to each number of a shared array, and lose nothing: the
 * textbook's {@code Value} and {@code Array} under a lock.
 */
public final class SharedCounter implements WorkloadDefinition {

    private static final String VALUE = "value";
    private static final String ARRAY = "array";

    /** What lies between the array's numbers at first: 0, 100, 200, … */
    private static final int STEP = 100;

    @Override
    public String name() {
        return "shared-counter";
    }

    @Override
    public Kind kind() {
        return Kind.LOCK_CONTENDED;
    }

    @Override
    public String lesson() {
        return "a lock around each change keeps a shared number right, between threads as between processes";
    }

    @Override
    public List<Parameter> parameters() {
        List<String> locks = Arrays.stream(LockKind.values())
                .filter(kind -> kind != LockKind.NONE)
                .map(LockKind::label)
                .toList();
        return List.of(
                new Parameter.Choice("shape", List.of(VALUE, ARRAY), "one number, or each of an array's"),
                new Parameter.WholeNumber("additions", 100, 1, 100_000_000, "of each worker"),
                new Parameter.WholeNumber("waitMillis", 10, 0, 60_000, "before each addition"),
                new Parameter.WholeNumber("workers", 2, 1, 10_000, "who add"),
                new Parameter.WholeNumber("elements", 3, 1, 10_000, "numbers of the array: 0, 100, 200, …"),
                new Parameter.Choice("lock", locks, "what guards an addition, or one to each element"));
    }

    @Override
    public Sharing sharing(Settings settings) {
        return lock(settings).sharing();
    }

    private static LockKind lock(Settings settings) {
        LockKind kind = LockKind.of(settings.word("lock"));
        if (settings.word("shape").equals(ARRAY) && !kind.isLock()) {
            throw new IllegalArgumentException(
                    "lock '%s' is one instruction, which cannot guard an array".formatted(kind.label()));
        }
        return kind;
    }

    @Override
    public Workload<Long> create(Settings settings, SharedState shared) {
        Work work = new Work(
                settings.number("workers"),
                settings.number("additions"),
                Duration.ofMillis(settings.number("waitMillis")),
                shared.pause());
        LockKind lock = lock(settings);
        return settings.word("shape").equals(VALUE)
                ? new OfValue(work, shared.lockedLong(lock))
                : new OfArray(work, shared.guard(lock), shared.numbers(settings.number("elements")));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return settings.number("workers");
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return settings.number("waitMillis") == 0
                ? 1
                : WorkloadDefinition.idealOfEqualTasks(settings.number("workers"), parallelism);
    }

    /** Who adds how often, waiting before each time. */
    private record Work(int workers, int additions, Duration between, Pause pause) {

        long all() {
            return (long) workers * additions;
        }
    }

    /** What both shapes have in common; the answer is the number of additions. */
    private abstract static class Batch implements Workload<Long> {

        final Work work;

        Batch(Work work) {
            this.work = work;
        }

        /** One addition, or one to each element. */
        abstract void add() throws InterruptedException;

        /** Compares what is shared with what is right after all additions. */
        abstract void checkShared() throws WrongAnswerException;

        @Override
        public final int taskCount() {
            return work.workers();
        }

        @Override
        public final Long run(int firstTask, int endTask) throws InterruptedException {
            long made = 0;
            boolean waits = !work.between().isZero();
            for (int worker = firstTask; worker < endTask; worker++) {
                for (int addition = 0; addition < work.additions(); addition++) {
                    if (waits) {
                        work.pause().sleep(work.between());
                    }
                    add();
                    made++;
                }
            }
            return made;
        }

        @Override
        public final Long merge(List<Long> partsInTaskOrder) {
            return Longs.sum(partsInTaskOrder);
        }

        @Override
        public final void check(Long answer) throws WrongAnswerException {
            if (answer != work.all()) {
                throw new WrongAnswerException("number of additions", work.all(), answer);
            }
            checkShared();
        }

        @Override
        public final Codec<Long> codec() {
            return new LongCodec();
        }
    }

    private static final class OfValue extends Batch {

        private final LockedLong value;

        OfValue(Work work, LockedLong value) {
            super(work);
            this.value = value;
        }

        @Override
        public void reset() {
            value.set(0);
        }

        @Override
        void add() {
            value.add(1);
        }

        @Override
        void checkShared() throws WrongAnswerException {
            if (value.get() != work.all()) {
                throw new WrongAnswerException("shared value after all additions", work.all(), value.get());
            }
        }
    }

    private static final class OfArray extends Batch {

        private final Guard guard;
        private final SharedNumbers numbers;

        OfArray(Work work, Guard guard, SharedNumbers numbers) {
            super(work);
            this.guard = guard;
            this.numbers = numbers;
        }

        @Override
        public void reset() {
            for (int i = 0; i < numbers.length(); i++) {
                numbers.set(i, (double) STEP * i);
            }
        }

        @Override
        void add() throws InterruptedException {
            guard.hold(() -> {
                for (int i = 0; i < numbers.length(); i++) {
                    numbers.set(i, numbers.get(i) + 1);
                }
            });
        }

        @Override
        void checkShared() throws WrongAnswerException {
            for (int i = 0; i < numbers.length(); i++) {
                double expected = (double) STEP * i + (double) work.all();
                if (numbers.get(i) != expected) {
                    throw new WrongAnswerException(
                            "element %d of the shared array".formatted(i), expected, numbers.get(i));
                }
            }
        }
    }
}
