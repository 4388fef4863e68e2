package org.concurrencybench.workload;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers handed over from task to task: the textbook's 1, 2, 3 on a queue, squares and negatives on one queue, items for ten
 * named workers, and numbers sent out and back.
 *
 * <p>Each party is a task, so a batch needs a unit for each. The first one receives; producers follow: one alone sends 1, 2,
 * 3, …; of two the first sends squares, the second negatives. A unit that is given all parties, as in serial, sends until a channel is full and then
 * receives until it is empty, and never waits: what the structure costs when nothing is handed over. A unit that is given
 * some but not all is refused, because one of them would wait for the other for ever.
 *
 * <p>Every number is checked on arrival for its place in its sender's order, one comparison each.
 */
public final class QueueHandOff implements WorkloadDefinition {

    private static final String ONE_TO_ONE = "one-to-one";
    private static final String TWO_TO_ONE = "two-to-one";
    private static final String ROUND_TRIP = "round-trip";
    private static final String TEN_WORKERS = "ten-workers";

    /** What comes of a batch of any shape. */
    public sealed interface Outcome permits HandedOver, QueueCrew.Shifts {

        /** Sends that found a channel full at first. */
        long failedOffers();
    }

    /**
     * What came of a batch, or of one party's share in it. Equal to another if the same arrived in the same way: whether
     * there was room at once is luck.
     *
     * @param count numbers that arrived; those of a round trip count when they are back
     * @param sum of those numbers, its last 64 bits
     * @param outOfOrder how many of them were not the next one of their sender
     * @param failedOffers sends that found a channel full at first
     */
    public record HandedOver(long count, long sum, long outOfOrder, long failedOffers) implements Outcome {

        private static final HandedOver NOTHING = new HandedOver(0, 0, 0, 0);

        static HandedOver sum(List<HandedOver> parts) {
            return parts.stream().reduce(NOTHING, HandedOver::and);
        }

        static Codec<HandedOver> codec() {
            return new NumbersCodec<>(
                    4,
                    part -> List.of(part.count, part.sum, part.outOfOrder, part.failedOffers),
                    numbers -> new HandedOver(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3)));
        }

        private HandedOver and(HandedOver other) {
            return new HandedOver(
                    count + other.count,
                    sum + other.sum,
                    outOfOrder + other.outOfOrder,
                    failedOffers + other.failedOffers);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof HandedOver handed
                    && count == handed.count
                    && sum == handed.sum
                    && outOfOrder == handed.outOfOrder;
        }

        @Override
        public int hashCode() {
            return Objects.hash(count, sum, outOfOrder);
        }
    }

    /** The settings, once it is certain that they go together. */
    private record Plan(ChannelKind kind, String shape, int items, int first, int batch, int capacity) {

        static Plan of(Settings settings) {
            ChannelKind kind = ChannelKind.of(settings.word("channel"));
            String shape = settings.word("shape");
            int batch = settings.number("batch");
            int capacity = settings.number("capacity");
            if (Integer.bitCount(capacity) != 1) {
                throw new IllegalArgumentException("capacity is %d, but must be a power of two, e.g. %d or %d"
                        .formatted(capacity, Integer.highestOneBit(capacity), 2 * Integer.highestOneBit(capacity)));
            }
            if (batch > capacity) {
                throw new IllegalArgumentException(
                        "batch is %d, but a channel of capacity %d takes no more than that at once"
                                .formatted(batch, capacity));
            }
            if (shape.equals(TWO_TO_ONE) && !kind.manySenders()) {
                throw new IllegalArgumentException(
                        "channel '%s' takes one sender, but shape '%s' has two".formatted(kind.label(), shape));
            }
            if (shape.equals(TEN_WORKERS) && !kind.crewReceives()) {
                throw new IllegalArgumentException(
                        "channel '%s' does not serve shape '%s': only one may send, or only one process receive"
                                .formatted(kind.label(), shape));
            }
            if (shape.equals(TEN_WORKERS) && batch > 1) {
                throw new IllegalArgumentException(
                        "batch is %d, but shape '%s' hands over items one by one".formatted(batch, shape));
            }
            int first = settings.number("first");
            if (first != 1 && !shape.equals(TEN_WORKERS)) {
                throw new IllegalArgumentException("first is %d, but shape '%s' begins with 1".formatted(first, shape));
            }
            return new Plan(kind, shape, settings.number("items"), first, batch, capacity);
        }

        /** What the first producer sends. */
        private QueueParty.Numbers positive() {
            return shape.equals(TWO_TO_ONE) ? QueueParty.Numbers.SQUARES : QueueParty.Numbers.PLAIN;
        }

        /** The first producer, or the second. */
        QueueParty.Producer producer(int party) {
            return new QueueParty.Producer(party == 1 ? positive() : QueueParty.Numbers.NEGATIVES, items, batch);
        }

        QueueParty.Consumer consumer() {
            return new QueueParty.Consumer(positive(), batch);
        }

        /** n (n+1) / 2, or n (n+1) (2n+1) / 6 less that; its last 64 bits, as the sum on arrival wraps around as well. */
        long sumOfAll() {
            BigInteger n = BigInteger.valueOf(items);
            BigInteger twice = n.multiply(n.add(BigInteger.ONE));
            BigInteger sum = twice.shiftRight(1);
            BigInteger squares = twice.multiply(n.add(n).add(BigInteger.ONE)).divide(BigInteger.valueOf(6));
            return (producers() == 1 ? sum : squares.subtract(sum)).longValue();
        }

        int producers() {
            return shape.equals(TWO_TO_ONE) ? 2 : 1;
        }

        /** The producers, and who receives from them. */
        int parties() {
            return shape.equals(TEN_WORKERS) ? 1 + QueueCrew.WORKERS : producers() + 1;
        }
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "handing over costs more than what many a task computes; batches pay for it once";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.Choice("channel", ChannelKind.labels(), "what hands over; own is the model's choice"),
                new Parameter.Choice(
                        "shape",
                        List.of(ONE_TO_ONE, TWO_TO_ONE, ROUND_TRIP, TEN_WORKERS),
                        "who sends to whom: one or two producers to one consumer, out and back over two channels, or one"
                                + " producer to ten workers who report each item"),
                new Parameter.WholeNumber("items", 100_000, 1, 100_000_000, "numbers of each producer"),
                new Parameter.WholeNumber("first", 1, 0, 1, "the first of them; 0 for ten workers alone"),
                new Parameter.WholeNumber("batch", 1, 1, 65_536, "numbers handed over at once"),
                new Parameter.WholeNumber("capacity", 1024, 1, 1 << 20, "numbers a channel holds, a power of two"));
    }

    @Override
    public Sharing sharing(Settings settings) {
        return Plan.of(settings).kind().sharing();
    }

    @Override
    public Workload<? extends Outcome> create(Settings settings, SharedState shared) {
        Plan plan = Plan.of(settings);
        if (plan.shape().equals(TEN_WORKERS)) {
            return new QueueCrew(plan.items(), plan.first(), plan.capacity(), plan.kind(), shared);
        }
        Channel there = shared.channel(plan.kind(), plan.capacity());
        return plan.shape().equals(ROUND_TRIP)
                ? new RoundTrips(plan, there, shared.channel(plan.kind(), plan.capacity()))
                : new OneWay(plan, there);
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return Plan.of(settings).parties();
    }

    /** One receives what another sends. */
    @Override
    public boolean tasksWaitForEachOther(Settings settings) {
        return true;
    }

    /** What a consumer adds up, or which items workers report. */
    @Override
    public String rightAnswer(Settings settings) {
        Plan plan = Plan.of(settings);
        return plan.shape().equals(TEN_WORKERS)
                ? "each of %d to %d".formatted(plan.first(), plan.first() + plan.items() - 1)
                : Long.toString(plan.sumOfAll());
    }

    /** One, by convention: nothing is computed that could be made parallel, and handing over only adds. */
    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return 1;
    }

    /** What batches of all shapes have in common. */
    private abstract static class Batch implements Workload<HandedOver> {

        final Plan plan;

        Batch(Plan plan) {
            this.plan = plan;
        }

        /** All parties in one thread, which never waits. */
        abstract HandedOver runAll() throws InterruptedException;

        /** One party, in a thread of its own. */
        abstract HandedOver runParty(int party) throws InterruptedException;

        @Override
        public final int taskCount() {
            return plan.parties();
        }

        @Override
        public final HandedOver run(int firstTask, int endTask) throws InterruptedException {
            int given = endTask - firstTask;
            if (given == taskCount()) {
                if (!plan.kind().servesOneThread()) {
                    throw new IllegalArgumentException(
                            "channel '%s' needs somebody who receives before anything is sent, and one thread cannot be both"
                                    .formatted(plan.kind().label()));
                }
                return runAll();
            }
            if (given != 1) {
                throw new IllegalArgumentException(
                        "a unit has %d of %d parties, which would wait for each other; it may have one, or all"
                                .formatted(given, taskCount()));
            }
            return runParty(firstTask);
        }

        @Override
        public final HandedOver merge(List<HandedOver> partsInTaskOrder) {
            return HandedOver.sum(partsInTaskOrder);
        }

        @Override
        public final void check(HandedOver answer) throws WrongAnswerException {
            expect("count of numbers handed over", (long) plan.items() * plan.producers(), answer.count);
            expect("sum of numbers handed over", plan.sumOfAll(), answer.sum);
            expect("count of numbers out of order", 0, answer.outOfOrder);
        }

        private static void expect(String what, long expected, long actual) throws WrongAnswerException {
            if (actual != expected) {
                throw new WrongAnswerException(what, expected, actual);
            }
        }

        @Override
        public final Codec<HandedOver> codec() {
            return HandedOver.codec();
        }
    }

    /** One or two producers and a consumer over one channel. */
    private static final class OneWay extends Batch {

        private final Channel channel;

        OneWay(Plan plan, Channel channel) {
            super(plan);
            this.channel = channel;
        }

        @Override
        public void reset() {
            channel.reset();
        }

        @Override
        HandedOver runParty(int party) throws InterruptedException {
            if (party > 0) {
                QueueParty.Producer producer = plan.producer(party);
                while (!producer.isDone()) {
                    producer.send(channel);
                }
                return producer.done();
            }
            QueueParty.Consumer consumer = plan.consumer();
            long due = (long) plan.items() * plan.producers();
            while (consumer.count() < due) {
                consumer.receive(channel);
            }
            return consumer.done();
        }

        @Override
        HandedOver runAll() throws InterruptedException {
            QueueParty.Producer[] producers = new QueueParty.Producer[plan.producers()];
            Arrays.setAll(producers, i -> plan.producer(i + 1));
            QueueParty.Consumer consumer = plan.consumer();
            for (int inside = fill(producers); inside > 0; inside = fill(producers)) {
                while (inside > 0) {
                    inside -= consumer.receive(channel);
                }
            }
            return Arrays.stream(producers).map(QueueParty.Producer::done).reduce(consumer.done(), HandedOver::and);
        }

        /** Sends, producers taking turns, for as long as there is room for certain; returns how many numbers. */
        private int fill(QueueParty.Producer[] producers) throws InterruptedException {
            int inside = 0;
            int before;
            do {
                before = inside;
                for (QueueParty.Producer producer : producers) {
                    if (!producer.isDone() && inside + plan.batch() <= plan.capacity()) {
                        inside += producer.send(channel);
                    }
                }
            } while (inside > before);
            return inside;
        }
    }

    /** A producer that waits until what it has sent is back, and an echo; one channel each way. */
    private static final class RoundTrips extends Batch {

        private final Channel there;
        private final Channel back;

        RoundTrips(Plan plan, Channel there, Channel back) {
            super(plan);
            this.there = there;
            this.back = back;
        }

        @Override
        public void reset() {
            there.reset();
            back.reset();
        }

        @Override
        HandedOver runParty(int party) throws InterruptedException {
            if (party == 0) {
                QueueParty.Echo echo = new QueueParty.Echo(plan.batch());
                while (echo.count() < plan.items()) {
                    echo.pass(there, back);
                }
                return echo.done();
            }
            QueueParty.Producer producer = plan.producer(party);
            QueueParty.Consumer consumer = plan.consumer();
            while (!producer.isDone()) {
                for (int away = producer.send(there); away > 0; ) {
                    away -= consumer.receive(back);
                }
            }
            return producer.done().and(consumer.done());
        }

        @Override
        HandedOver runAll() throws InterruptedException {
            QueueParty.Producer producer = plan.producer(1);
            QueueParty.Echo echo = new QueueParty.Echo(plan.batch());
            QueueParty.Consumer consumer = plan.consumer();
            while (!producer.isDone()) {
                for (int away = producer.send(there); away > 0; ) {
                    echo.pass(there, back);
                    away -= consumer.receive(back);
                }
            }
            return producer.done().and(echo.done()).and(consumer.done());
        }
    }
}
