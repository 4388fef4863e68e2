package org.concurrencybench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.concurrencybench.workload.QueueCrew.Shifts;

/**
 * One producer and ten named workers that take from the same queue, until each item has been taken and reported: the
 * textbook's daemon workers, {@code task_done} and {@code join}.
 *
 * <p>Each worker reports an item under its own name on a second queue when it is done with it, and the producer's {@code
 * join} is that as many reports have come as there are items. Then it sends one last word for each worker, so that the
 * workers end with the batch and none waits for ever for an item that nobody sends. Queues that only one may receive from at
 * a time have a lock around the receiver, as {@code multiprocessing.Queue} has.
 *
 * <p>Where there are fewer units than workers, a unit that has heard its last word plays the next worker, which may find
 * nothing left but the last word of its own.
 */
final class QueueCrew implements Workload<Shifts> {

    static final int WORKERS = 10;

    /** The word that ends a worker; items are not negative. */
    private static final long LAST_WORD = -1;

    /**
     * What a crew has done, or one of its parties.
     *
     * @param taken how many items each worker has taken, by its own count
     * @param reported how many were reported under each worker's name, by the producer's count
     * @param different how many different items were reported
     * @param outOfOrder how many a worker took after one that had been sent later
     * @param failedOffers sends that found a channel full at first
     */
    record Shifts(List<Long> taken, List<Long> reported, long different, long outOfOrder, long failedOffers)
            implements QueueHandOff.Outcome {

        private static Shifts of(long[] taken, long[] reported, long different, long outOfOrder, long failedOffers) {
            return new Shifts(
                    Arrays.stream(taken).boxed().toList(),
                    Arrays.stream(reported).boxed().toList(),
                    different,
                    outOfOrder,
                    failedOffers);
        }

        private List<Long> numbers() {
            List<Long> numbers = new ArrayList<>(taken);
            numbers.addAll(reported);
            numbers.addAll(List.of(different, outOfOrder, failedOffers));
            return numbers;
        }

        private static Shifts ofNumbers(List<Long> numbers) {
            return new Shifts(
                    List.copyOf(numbers.subList(0, WORKERS)),
                    List.copyOf(numbers.subList(WORKERS, 2 * WORKERS)),
                    numbers.get(2 * WORKERS),
                    numbers.get(2 * WORKERS + 1),
                    numbers.get(2 * WORKERS + 2));
        }
    }

    private final int items;
    private final int first;
    private final int capacity;
    private final Channel work;
    private final Channel reports;
    private final Guard receiving;

    /**
     * @param items how many are handed out
     * @param first the first of them; the others follow it
     * @param capacity of each channel
     * @param kind of both channels; many may send
     */
    QueueCrew(int items, int first, int capacity, ChannelKind kind, SharedState shared) {
        this.items = items;
        this.first = first;
        this.capacity = capacity;
        this.work = shared.channel(kind, capacity);
        this.reports = shared.channel(kind, capacity);
        this.receiving = shared.guard(kind.manyReceivers() ? LockKind.NONE : LockKind.OWN);
    }

    /** A worker's name, from 1 on. */
    static String name(int worker) {
        return "worker-" + (worker + 1);
    }

    /** The first task is the producer. */
    @Override
    public int taskCount() {
        return 1 + WORKERS;
    }

    @Override
    public void reset() {
        work.reset();
        reports.reset();
    }

    @Override
    public Shifts run(int firstTask, int endTask) throws InterruptedException {
        int given = endTask - firstTask;
        if (given == taskCount()) {
            return alone();
        }
        if (given != 1) {
            throw new IllegalArgumentException(
                    "a unit has %d of %d parties, which would wait for each other; it may have one, or all"
                            .formatted(given, taskCount()));
        }
        return firstTask == 0 ? produce() : takeUntilTheLastWord(firstTask - 1);
    }

    private Shifts produce() throws InterruptedException {
        Reports heard = new Reports();
        long failedOffers = 0;
        long[] one = new long[1];
        for (int sent = 0; sent < items; sent++) {
            // Reports that nobody reads would fill their channel, and then the workers would not take items either.
            if (sent - heard.count >= capacity) {
                heard.receive(one);
            }
            failedOffers += send(work, (long) first + sent, one);
        }
        while (heard.count < items) {
            heard.receive(one);
        }
        for (int worker = 0; worker < WORKERS; worker++) {
            failedOffers += send(work, LAST_WORD, one);
        }
        return heard.done(failedOffers);
    }

    private Shifts takeUntilTheLastWord(int worker) throws InterruptedException {
        Shift shift = new Shift(worker);
        long[] one = new long[1];
        receiveInto(one);
        while (one[0] != LAST_WORD) {
            shift.takeAndReport(one);
            receiveInto(one);
        }
        return shift.done();
    }

    private void receiveInto(long[] one) throws InterruptedException {
        receiving.hold(() -> {
            int count = work.receive(one);
            if (count != 1) {
                throw new IllegalStateException("%d items received where one was due".formatted(count));
            }
        });
    }

    /** All parties in one thread, which sends only what there is room for and never waits; workers take turns. */
    private Shifts alone() throws InterruptedException {
        Reports heard = new Reports();
        List<Shift> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            workers.add(new Shift(worker));
        }
        long[] one = new long[1];
        int sent = 0;
        while (heard.count < items) {
            while (sent < items && sent - heard.count < capacity) {
                send(work, (long) first + sent, one);
                sent++;
            }
            receiveInto(one);
            workers.get(heard.count % WORKERS).takeAndReport(one);
            heard.receive(one);
        }
        for (int worker = 0; worker < WORKERS; worker++) {
            send(work, LAST_WORD, one);
            receiveInto(one);
        }
        List<Shifts> parts = new ArrayList<>(List.of(heard.done(0)));
        workers.forEach(worker -> parts.add(worker.done()));
        return merge(parts);
    }

    /** Whether it had to wait, as a number. */
    private static int send(Channel channel, long number, long[] one) throws InterruptedException {
        one[0] = number;
        return channel.send(one, 1) ? 1 : 0;
    }

    @Override
    public Shifts merge(List<Shifts> partsInTaskOrder) {
        long[] sums = new long[2 * WORKERS + 3];
        for (Shifts part : partsInTaskOrder) {
            List<Long> numbers = part.numbers();
            Arrays.setAll(sums, i -> sums[i] + numbers.get(i));
        }
        return Shifts.ofNumbers(Arrays.stream(sums).boxed().toList());
    }

    @Override
    public void check(Shifts answer) throws WrongAnswerException {
        expect("count of different items reported", items, answer.different);
        expect("count of items reported", items, Longs.sum(answer.reported));
        for (int worker = 0; worker < WORKERS; worker++) {
            expect(
                    "count of items that %s took".formatted(name(worker)),
                    answer.reported.get(worker),
                    answer.taken.get(worker));
        }
        expect("count of items out of order", 0, answer.outOfOrder);
    }

    private static void expect(String what, long expected, long actual) throws WrongAnswerException {
        if (actual != expected) {
            throw new WrongAnswerException(what, expected, actual);
        }
    }

    @Override
    public Codec<Shifts> codec() {
        return new NumbersCodec<>(2 * WORKERS + 3, Shifts::numbers, Shifts::ofNumbers);
    }

    /** What the producer hears: items, each under the name of the worker that took it. */
    private final class Reports {

        private final long[] byWorker = new long[WORKERS];
        private final BitSet seen = new BitSet(items);
        private int count;

        void receive(long[] one) throws InterruptedException {
            count += reports.receive(one);
            long item = Math.floorDiv(one[0], (long) WORKERS) - first;
            if (item >= 0 && item < items) {
                seen.set((int) item);
            }
            byWorker[Math.floorMod(one[0], WORKERS)]++;
        }

        Shifts done(long failedOffers) {
            return Shifts.of(new long[WORKERS], byWorker, seen.cardinality(), 0, failedOffers);
        }
    }

    /** What one worker takes; the queue's order shows in that each worker's items grow. */
    private final class Shift {

        private final int worker;
        private long count;
        private long outOfOrder;
        private long last = LAST_WORD;
        private long failedOffers;

        Shift(int worker) {
            this.worker = worker;
        }

        /** A report is the item and the worker's number, which is its name's. */
        void takeAndReport(long[] one) throws InterruptedException {
            long item = one[0];
            count++;
            if (item <= last) {
                outOfOrder++;
            }
            last = item;
            failedOffers += send(reports, item * WORKERS + worker, one);
        }

        Shifts done() {
            long[] taken = new long[WORKERS];
            taken[worker] = count;
            return Shifts.of(taken, new long[WORKERS], 0, outOfOrder, failedOffers);
        }
    }
}
