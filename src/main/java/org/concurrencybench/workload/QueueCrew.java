package org.concurrencybench.workload;

import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.workload.QueueHandOff.HandedOver;

/**
 * One producer and ten workers that take from the same queue, until each item has been taken and reported: the textbook's
 * daemon workers, {@code task_done} and {@code join}.
 *
 * <p>Each worker reports an item on a second queue when it is done with it, and the producer's {@code join} is that as many
 * reports have come as there are items. Then it sends one last word for each worker, so that the workers end with the batch
 * and none waits for ever for an item that nobody sends. Queues that only one may receive from at a time have a lock around
 * the receiver, as {@code multiprocessing.Queue} has.
 *
 * <p>Where there are fewer units than workers, a unit that has heard its last word plays the next worker, which may find
 * nothing left but the last word of its own.
 */
final class QueueCrew implements Workload<HandedOver> {

    static final int WORKERS = 10;

    /** The word that ends a worker; items are positive. */
    private static final long LAST_WORD = 0;

    private final int items;
    private final int capacity;
    private final Channel work;
    private final Channel reports;
    private final Guard receiving;

    /**
     * @param items how many are handed out: 1, 4, 9, …
     * @param capacity of each channel
     * @param kind of both channels; many may send
     */
    QueueCrew(int items, int capacity, ChannelKind kind, SharedState shared) {
        this.items = items;
        this.capacity = capacity;
        this.work = shared.channel(kind, capacity);
        this.reports = shared.channel(kind, capacity);
        this.receiving = shared.guard(kind.manyReceivers() ? LockKind.NONE : LockKind.OWN);
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
    public HandedOver run(int firstTask, int endTask) throws InterruptedException {
        int given = endTask - firstTask;
        if (given == taskCount()) {
            return alone();
        }
        if (given != 1) {
            throw new IllegalArgumentException(
                    "a unit has %d of %d parties, which would wait for each other; it may have one, or all"
                            .formatted(given, taskCount()));
        }
        return firstTask == 0 ? produce() : takeUntilTheLastWord();
    }

    private HandedOver produce() throws InterruptedException {
        long failedOffers = 0;
        long[] one = new long[1];
        int reported = 0;
        for (int item = 1; item <= items; item++) {
            // Reports that nobody reads would fill their channel, and then the workers would not take items either.
            if (item - reported > capacity) {
                reported += reports.receive(one);
            }
            failedOffers += send(work, (long) item * item, one);
        }
        while (reported < items) {
            reported += reports.receive(one);
        }
        for (int worker = 0; worker < WORKERS; worker++) {
            failedOffers += send(work, LAST_WORD, one);
        }
        return new HandedOver(0, 0, 0, failedOffers);
    }

    private HandedOver takeUntilTheLastWord() throws InterruptedException {
        Taken taken = new Taken();
        long[] one = new long[1];
        receiveInto(one);
        while (one[0] != LAST_WORD) {
            taken.add(one[0]);
            taken.failedOffers += send(reports, one[0], one);
            receiveInto(one);
        }
        return taken.done();
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
    private HandedOver alone() throws InterruptedException {
        List<Taken> workers = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            workers.add(new Taken());
        }
        long[] one = new long[1];
        int sent = 0;
        int received = 0;
        while (received < items) {
            while (sent < items && sent - received < capacity) {
                sent++;
                send(work, (long) sent * sent, one);
            }
            receiveInto(one);
            workers.get(received % WORKERS).add(one[0]);
            received++;
            send(reports, one[0], one);
            reports.receive(one);
        }
        for (int worker = 0; worker < WORKERS; worker++) {
            send(work, LAST_WORD, one);
            receiveInto(one);
        }
        return merge(workers.stream().map(Taken::done).toList());
    }

    /** Whether it had to wait, as a number. */
    private static int send(Channel channel, long number, long[] one) throws InterruptedException {
        one[0] = number;
        return channel.send(one, 1) ? 1 : 0;
    }

    @Override
    public HandedOver merge(List<HandedOver> partsInTaskOrder) {
        return HandedOver.sum(partsInTaskOrder);
    }

    @Override
    public void check(HandedOver answer) throws WrongAnswerException {
        expect("count of items taken", items, answer.count());
        long sum = 0;
        for (int item = 1; item <= items; item++) {
            sum += scrambled((long) item * item);
        }
        expect("sum over scrambled items", sum, answer.sum());
        expect("count of items out of order", 0, answer.outOfOrder());
    }

    private static void expect(String what, long expected, long actual) throws WrongAnswerException {
        if (actual != expected) {
            throw new WrongAnswerException(what, expected, actual);
        }
    }

    /**
     * Something else for each number, so that an item taken twice is not made up for by another one that is missing: the
     * finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, doi:10.1145/2660193.2660195).
     */
    private static long scrambled(long number) {
        long mixed = number;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    @Override
    public Codec<HandedOver> codec() {
        return HandedOver.codec();
    }

    /** What one worker has taken; the queue's order shows in that each worker's items grow. */
    private static final class Taken {

        private long count;
        private long sum;
        private long outOfOrder;
        private long last;
        private long failedOffers;

        void add(long item) {
            count++;
            sum += scrambled(item);
            if (item <= last) {
                outOfOrder++;
            }
            last = item;
        }

        HandedOver done() {
            return new HandedOver(count, sum, outOfOrder, failedOffers);
        }
    }
}
