package org.concurrencybench.workload;

import org.concurrencybench.workload.QueueHandOff.HandedOver;

/** Who hands numbers over, receives them or sends them back, in the shapes of {@link QueueHandOff}; each for one thread. */
final class QueueParty {

    private QueueParty() {}

    /** What a producer sends. */
    enum Numbers {
        /** 1, 2, 3, … */
        PLAIN,
        /** 1, 4, 9, … */
        SQUARES,
        /** -1, -2, -3, … */
        NEGATIVES;

        long of(long n) {
            return switch (this) {
                case PLAIN -> n;
                case SQUARES -> n * n;
                case NEGATIVES -> -n;
            };
        }
    }

    /** Sends numbers in their order. */
    static final class Producer {

        private final Numbers numbers;
        private final int items;
        private final long[] batch;
        private int sent;
        private long failedOffers;

        /**
         * @param items how many numbers
         * @param batch how many at once
         */
        Producer(Numbers numbers, int items, int batch) {
            this.numbers = numbers;
            this.items = items;
            this.batch = new long[batch];
        }

        boolean isDone() {
            return sent == items;
        }

        int send(Channel channel) throws InterruptedException {
            int count = Math.min(batch.length, items - sent);
            for (int i = 0; i < count; i++) {
                batch[i] = numbers.of(++sent);
            }
            if (channel.send(batch, count)) {
                failedOffers++;
            }
            return count;
        }

        HandedOver done() {
            return new HandedOver(0, 0, 0, failedOffers);
        }
    }

    /** Receives, and looks whether each number is its sender's next; the sign says whose it is. */
    static final class Consumer {

        private final Numbers positive;
        private final long[] batch;
        private long count;
        private long sum;
        private long outOfOrder;
        private long positives;
        private long negatives;

        /**
         * @param positive what the first producer sends; a second one sends negatives
         */
        Consumer(Numbers positive, int batch) {
            this.positive = positive;
            this.batch = new long[batch];
        }

        /** How many numbers so far. */
        long count() {
            return count;
        }

        int receive(Channel channel) throws InterruptedException {
            int received = channel.receive(batch);
            for (int i = 0; i < received; i++) {
                long number = batch[i];
                long next = number > 0 ? positive.of(++positives) : Numbers.NEGATIVES.of(++negatives);
                if (number != next) {
                    outOfOrder++;
                }
                sum += number;
            }
            count += received;
            return received;
        }

        HandedOver done() {
            return new HandedOver(count, sum, outOfOrder, 0);
        }
    }

    /** Sends back what it receives, as many at once as came at once. */
    static final class Echo {

        private final long[] batch;
        private long count;
        private long failedOffers;

        Echo(int batch) {
            this.batch = new long[batch];
        }

        /** How many numbers so far. */
        long count() {
            return count;
        }

        void pass(Channel there, Channel back) throws InterruptedException {
            int received = there.receive(batch);
            if (back.send(batch, received)) {
                failedOffers++;
            }
            count += received;
        }

        HandedOver done() {
            return new HandedOver(0, 0, 0, failedOffers);
        }
    }
}
