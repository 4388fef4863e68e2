package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Two named units, one that ticks every {@code tickMillis} and one that ticks half as often, or less: the textbook's two
 * threads that print the time every second and every two or three. The answer is the timeline of their ticks, which lie
 * between each other where both run at once and one after another where they do not. Each tick knows its thread's name and
 * which units are at work in its process, as the textbook enumerates its threads.
 */
public final class Ticker implements WorkloadDefinition {

    /** Names of the units, in the order of their tasks. */
    public static final List<String> WORKERS = List.of("fast", "slow");

    /** Of the part of a worker, which crosses processes: more cannot have been written by one of ours. */
    private static final int MOST_TICKS = 100_000;

    /**
     * One tick.
     *
     * @param worker its name
     * @param number of the tick, from 1
     * @param sinceStartNanos from the worker's own start, by its own clock
     * @param atNanos {@code System.nanoTime()}, which the processes of a machine share on Linux
     * @param thread name of the thread that it ran on; a virtual one may have none
     * @param active names of the units that were at work in its process, in the order of their tasks
     */
    public record Tick(
            String worker, int number, long sinceStartNanos, long atNanos, String thread, List<String> active) {

        /** Copies the list. */
        public Tick {
            active = List.copyOf(active);
        }
    }

    @Override
    public String name() {
        return "ticker";
    }

    @Override
    public Kind kind() {
        return Kind.SLEEP_BOUND;
    }

    @Override
    public String lesson() {
        return "units that run at once interleave as their waits end; in what order nobody promises, but each keeps its own";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.WholeNumber("tickMillis", 20, 0, 60_000, "the fast unit's tick"),
                new Parameter.WholeNumber("slowTimes", 2, 1, 100, "how many of them a tick of the slow unit takes"),
                new Parameter.WholeNumber("ticks", 5, 1, MOST_TICKS / 2, "ticks of each unit"));
    }

    @Override
    public Workload<List<Tick>> create(Settings settings, SharedState shared) {
        return new Batch(
                settings.number("tickMillis"),
                settings.number("slowTimes"),
                settings.number("ticks"),
                shared.pause(),
                ConcurrentHashMap.newKeySet());
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return WORKERS.size();
    }

    /** One after another they take the time of both, at once the slow one's. */
    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return parallelism > 1 ? 1 + 1.0 / settings.number("slowTimes") : 1;
    }

    /**
     * Ticks of both units.
     *
     * @param active tasks that are at work in this process; whoever begins or ends one says so
     */
    private record Batch(int tickMillis, int slowTimes, int ticks, Pause pause, Set<Integer> active)
            implements Workload<List<Tick>> {

        @Override
        public int taskCount() {
            return WORKERS.size();
        }

        @Override
        public List<Tick> run(int firstTask, int endTask) throws InterruptedException {
            List<Tick> timeline = new ArrayList<>();
            for (int worker = firstTask; worker < endTask; worker++) {
                active.add(worker);
                try {
                    tick(worker, timeline);
                } finally {
                    active.remove(worker);
                }
            }
            return timeline;
        }

        private void tick(int worker, List<Tick> timeline) throws InterruptedException {
            long start = System.nanoTime();
            for (int number = 1; number <= ticks; number++) {
                pause.sleep(Duration.ofMillis(periodMillis(worker)));
                long now = System.nanoTime();
                timeline.add(new Tick(
                        WORKERS.get(worker),
                        number,
                        now - start,
                        now,
                        Thread.currentThread().getName(),
                        active.stream().sorted().map(WORKERS::get).toList()));
            }
        }

        private long periodMillis(int worker) {
            return worker == 0 ? tickMillis : (long) slowTimes * tickMillis;
        }

        /** In the order of time; ticks of the same moment in the order of the workers. */
        @Override
        public List<Tick> merge(List<List<Tick>> partsInTaskOrder) {
            return partsInTaskOrder.stream()
                    .flatMap(List::stream)
                    // A difference, because nanoTime may wrap around.
                    .sorted((one, two) -> Long.signum(one.atNanos() - two.atNanos()))
                    .toList();
        }

        /**
         * Each worker has all its ticks, in order, and none before its time: a sleep never ends early. Whoever ticks is at
         * work.
         */
        @Override
        public void check(List<Tick> answer) throws WrongAnswerException {
            if (answer.size() != WORKERS.size() * ticks) {
                throw new WrongAnswerException("number of ticks", WORKERS.size() * ticks, answer.size());
            }
            for (int worker = 0; worker < WORKERS.size(); worker++) {
                String name = WORKERS.get(worker);
                List<Tick> own = answer.stream()
                        .filter(tick -> tick.worker().equals(name))
                        .toList();
                List<Integer> numbers = own.stream().map(Tick::number).toList();
                List<Integer> expected = IntStream.rangeClosed(1, ticks).boxed().toList();
                if (!numbers.equals(expected)) {
                    throw new WrongAnswerException("ticks of " + name, expected, numbers);
                }
                for (Tick tick : own) {
                    if (!tick.active().contains(name)) {
                        throw new WrongAnswerException(
                                "units at work at tick %d of %s".formatted(tick.number(), name),
                                "among them " + name,
                                tick.active());
                    }
                    long earliest = tick.number() * periodMillis(worker) * 1_000_000;
                    if (tick.sinceStartNanos() < earliest) {
                        throw new WrongAnswerException(
                                "nanoseconds to tick %d of %s".formatted(tick.number(), name),
                                "at least " + earliest,
                                tick.sinceStartNanos());
                    }
                }
                if (!own.stream()
                        .sorted(Comparator.comparingLong(Tick::sinceStartNanos))
                        .toList()
                        .equals(own)) {
                    throw new WrongAnswerException("order of the ticks of " + name, "that of time", own);
                }
            }
        }

        @Override
        public Codec<List<Tick>> codec() {
            return new TimelineCodec();
        }
    }

    /** Workers by their numbers, those at work by a bit each. */
    private static final class TimelineCodec implements Codec<List<Tick>> {

        @Override
        public void write(List<Tick> part, DataOutput out) throws IOException {
            out.writeInt(part.size());
            for (Tick tick : part) {
                out.writeByte(WORKERS.indexOf(tick.worker()));
                out.writeInt(tick.number());
                out.writeLong(tick.sinceStartNanos());
                out.writeLong(tick.atNanos());
                out.writeUTF(tick.thread());
                out.writeByte(tick.active().stream()
                        .mapToInt(worker -> 1 << WORKERS.indexOf(worker))
                        .sum());
            }
        }

        @Override
        public List<Tick> read(DataInput in) throws IOException {
            int count = in.readInt();
            if (count < 0 || count > MOST_TICKS) {
                throw new IOException("a timeline of %d ticks".formatted(count));
            }
            List<Tick> part = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int worker = in.readByte();
                if (worker < 0 || worker >= WORKERS.size()) {
                    throw new IOException("a tick of worker %d".formatted(worker));
                }
                part.add(new Tick(
                        WORKERS.get(worker),
                        in.readInt(),
                        in.readLong(),
                        in.readLong(),
                        in.readUTF(),
                        named(in.readByte())));
            }
            return part;
        }

        private static List<String> named(int bits) {
            return WORKERS.stream()
                    .filter(worker -> (bits & 1 << WORKERS.indexOf(worker)) != 0)
                    .toList();
        }
    }
}
