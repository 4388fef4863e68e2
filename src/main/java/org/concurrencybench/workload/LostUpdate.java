package org.concurrencybench.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Workers that read a shared number, wait, and write back what they read and one more: the textbook's race.
 *
 * <p>Without a lock and with a wait, all of them read the same and write the same, so that the work of one is left; each wait
 * lasts until all have read, lest a late start decide. Without a wait how much is lost is luck, and what is measured: the
 * workers start together, and a batch's answer says how many updates are missing at its end.
 *
 * <p>The compiler must not make one addition of a worker's loop, as it does where a field is plain, because that would leave
 * next to nothing to lose. So unguarded reads and writes are opaque ({@link java.lang.invoke.VarHandle#getOpaque} and
 * {@code setOpaque}): each of them is made, once, in its place and to memory that others see, and there is no order beyond
 * that. HotSpot keeps to it, which tests watch, and makes three instructions of an update, so that updates are lost on one
 * core as well.
 */
public final class LostUpdate implements WorkloadDefinition {

    /** Far below the time after which a lock takes its holder for dead. */
    private static final long LONGEST_UNDER_A_LOCK_MILLIS = 5000;

    /**
     * What came of a batch, or of a unit's share in it. Equal to another if as many updates were made: what is lost is luck.
     *
     * @param made updates
     * @param left what the number was at the end, from 0; known to the caller alone, 0 until then
     * @param units that made them
     */
    public record Updates(long made, long left, int units) {

        /** Updates that left no trace. */
        public long lost() {
            return made - left;
        }

        /** Of all that were made, from 0 to 1. */
        public double lostShare() {
            return made == 0 ? 0 : (double) lost() / made;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Updates updates && made == updates.made;
        }

        @Override
        public int hashCode() {
            return Objects.hash(made);
        }
    }

    @Override
    public String name() {
        return "lost-update";
    }

    @Override
    public Kind kind() {
        return Kind.LOCK_CONTENDED;
    }

    @Override
    public String lesson() {
        return "read, change and write is three steps: without a lock, whatever others write in between is gone";
    }

    @Override
    public List<Parameter> parameters() {
        List<String> locks = new ArrayList<>(List.of(LockKind.NONE.label()));
        Stream.of(LockKind.values())
                .filter(LockKind::isLock)
                .map(LockKind::label)
                .forEach(locks::add);
        return List.of(
                new Parameter.Choice("lock", locks, "what is held from the read to the write"),
                new Parameter.WholeNumber("waitMillis", 100, 0, 1000, "between reading and writing back"),
                new Parameter.WholeNumber("updates", 1, 1, 100_000_000, "of each worker"),
                new Parameter.WholeNumber("workers", 2, 1, 8, "each needs a unit of its own"));
    }

    /** The settings, once it is certain that they go together. */
    private record Plan(LockKind lock, int waitMillis, int updates, int workers) {

        static Plan of(Settings settings) {
            Plan plan = new Plan(
                    LockKind.of(settings.word("lock")),
                    settings.number("waitMillis"),
                    settings.number("updates"),
                    settings.number("workers"));
            long held = (long) plan.workers * plan.updates * plan.waitMillis;
            if (plan.lock != LockKind.NONE && held > LONGEST_UNDER_A_LOCK_MILLIS) {
                throw new IllegalArgumentException(
                        "all waits under the lock together are %d ms, but must not be more than %d ms"
                                .formatted(held, LONGEST_UNDER_A_LOCK_MILLIS));
            }
            return plan;
        }

        boolean waits() {
            return waitMillis > 0;
        }
    }

    @Override
    public Sharing sharing(Settings settings) {
        return Plan.of(settings).lock().sharing();
    }

    /** Without a lock they wait until all have read, or have come. */
    @Override
    public boolean tasksWaitForEachOther(Settings settings) {
        return Plan.of(settings).lock() == LockKind.NONE;
    }

    @Override
    public Workload<Updates> create(Settings settings, SharedState shared) {
        return new Batch(Plan.of(settings), shared);
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return Plan.of(settings).workers();
    }

    /** Waits overlap unless a lock is held meanwhile; changes of one number never do. */
    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        Plan plan = Plan.of(settings);
        return plan.waits() && plan.lock() == LockKind.NONE
                ? WorkloadDefinition.idealOfEqualTasks(plan.workers(), parallelism)
                : 1;
    }

    private static final class Batch implements Workload<Updates> {

        private final Plan plan;
        private final Duration wait;
        private final LockedLong number;
        private final Guard guard;
        private final Meeting meeting;
        private final Pause pause;

        Batch(Plan plan, SharedState shared) {
            this.plan = plan;
            this.wait = Duration.ofMillis(plan.waitMillis());
            this.number = shared.lockedLong(LockKind.NONE);
            this.guard = shared.guard(plan.lock());
            this.meeting = new Meeting(shared);
            this.pause = shared.pause();
        }

        @Override
        public int taskCount() {
            return plan.workers();
        }

        @Override
        public void reset() {
            number.set(0);
            meeting.reset();
        }

        @Override
        public Updates run(int firstTask, int endTask) throws InterruptedException {
            int given = endTask - firstTask;
            boolean alone = given == taskCount();
            if (!alone && given != 1) {
                throw new IllegalArgumentException(
                        "a unit has %d of %d workers, which would wait for each other; it may have one, or all"
                                .formatted(given, taskCount()));
            }
            for (int worker = firstTask; worker < endTask; worker++) {
                if (plan.lock() != LockKind.NONE) {
                    updateUnderLock();
                } else if (plan.waits()) {
                    updateSlowly(alone);
                } else {
                    updateAtOnce(alone);
                }
            }
            return new Updates((long) given * plan.updates(), 0, 1);
        }

        private void updateUnderLock() throws InterruptedException {
            for (int update = 0; update < plan.updates(); update++) {
                guard.hold(() -> {
                    long read = number.get();
                    if (plan.waits()) {
                        pause.sleep(wait);
                    }
                    number.set(read + 1);
                });
            }
        }

        private void updateSlowly(boolean alone) throws InterruptedException {
            for (int update = 1; update <= plan.updates(); update++) {
                long read = number.get();
                meeting.arrive();
                pause.sleep(wait);
                if (!alone) {
                    // Over by now, unless somebody started later than the wait is long.
                    meeting.await((long) update * taskCount());
                }
                number.set(read + 1);
            }
        }

        private void updateAtOnce(boolean alone) throws InterruptedException {
            meeting.arrive();
            if (!alone) {
                meeting.await(taskCount());
            }
            LockedLong shared = number;
            int updates = plan.updates();
            for (int update = 0; update < updates; update++) {
                shared.add(1);
            }
        }

        @Override
        public Updates merge(List<Updates> partsInTaskOrder) {
            long made = partsInTaskOrder.stream().mapToLong(Updates::made).sum();
            return new Updates(made, number.get(), partsInTaskOrder.size());
        }

        @Override
        public void check(Updates answer) throws WrongAnswerException {
            long all = (long) plan.workers() * plan.updates();
            if (answer.made != all) {
                throw new WrongAnswerException("number of updates", all, answer.made);
            }
            if (plan.lock() != LockKind.NONE || answer.units == 1) {
                expect(all, answer.left);
            } else if (plan.waits()) {
                expect(plan.updates(), answer.left);
            } else if (answer.left < 1 || answer.left > all) {
                throw new WrongAnswerException("number after all updates", "from 1 to " + all, answer.left);
            }
        }

        private static void expect(long expected, long actual) throws WrongAnswerException {
            if (actual != expected) {
                throw new WrongAnswerException("number after all updates", expected, actual);
            }
        }

        @Override
        public Codec<Updates> codec() {
            return new NumbersCodec<>(
                    3,
                    part -> List.of(part.made, part.left, (long) part.units),
                    numbers -> new Updates(
                            numbers.get(0), numbers.get(1), numbers.get(2).intValue()));
        }
    }
}
