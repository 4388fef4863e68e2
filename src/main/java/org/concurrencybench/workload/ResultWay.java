package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.concurrencybench.workload.ResultSharing.Results;

/** A way by which the workers of {@link ResultSharing} hand results to their caller; here, what all of them have in common. */
abstract sealed class ResultWay implements Workload<Results> {

    final ResultWork work;

    ResultWay(ResultWork work) {
        this.work = work;
    }

    /**
     * Shares one result; called by whoever has computed it.
     *
     * @param returned what the worker will return
     */
    abstract void share(int index, long result, List<Long> returned) throws InterruptedException;

    /** Compares what the caller has with what is right. */
    abstract void checkShared(Results answer) throws WrongAnswerException;

    @Override
    public final int taskCount() {
        return work.tasks();
    }

    @Override
    public Results run(int firstTask, int endTask) throws InterruptedException {
        List<Long> returned = new ArrayList<>();
        for (int index = firstTask * work.chain(); index < endTask * work.chain(); index++) {
            share(index, compute(index), returned);
        }
        return new Results(returned, 0, (long) (endTask - firstTask) * work.chain());
    }

    /** One result, and the sleep before it. */
    final long compute(int index) throws InterruptedException {
        if (!work.sleep().isZero()) {
            work.pause().sleep(work.sleep());
        }
        return work.result(index);
    }

    @Override
    public final void check(Results answer) throws WrongAnswerException {
        checkShared(answer);
        if (answer.computed() != due()) {
            throw new WrongAnswerException("number of results computed", due(), answer.computed());
        }
    }

    /** How many results workers get to share. */
    int due() {
        return work.results();
    }

    final void checkMixed(Results answer) throws WrongAnswerException {
        if (!work.mayBeMixedAs(answer.numbers())) {
            throw new WrongAnswerException("shared results", "a mixture of " + work.all(), answer.numbers());
        }
    }

    static long computed(List<Results> parts) {
        return parts.stream().mapToLong(Results::computed).sum();
    }

    @Override
    public final Codec<Results> codec() {
        return new Codec<>() {

            private final Codec<List<Long>> numbers = new LongsCodec();

            @Override
            public void write(Results part, DataOutput out) throws IOException {
                numbers.write(part.numbers(), out);
                out.writeDouble(part.value());
                out.writeLong(part.computed());
                out.writeInt(part.errors().size());
                for (String error : part.errors()) {
                    out.writeUTF(error);
                }
            }

            @Override
            public Results read(DataInput in) throws IOException {
                List<Long> shared = numbers.read(in);
                double value = in.readDouble();
                long computed = in.readLong();
                List<String> errors = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    errors.add(in.readUTF());
                }
                return new Results(shared, value, computed, errors);
            }
        };
    }

    /** A list of this process, which no other sees. */
    static final class InList extends ResultWay {

        private final boolean shared;
        private final List<Long> list = new ArrayList<>();
        private final ReentrantLock lock = new ReentrantLock();

        /**
         * @param shared whether the workers are threads of the caller's process
         */
        InList(ResultWork work, boolean shared) {
            super(work);
            this.shared = shared;
        }

        @Override
        public void reset() {
            clear();
        }

        @Override
        public Results run(int firstTask, int endTask) throws InterruptedException {
            if (shared) {
                return super.run(firstTask, endTask);
            }
            // Nobody resets a child that serves one batch after another, and its list would never stop growing.
            clear();
            Results part = super.run(firstTask, endTask);
            // What is in the child's list, and not what should be: else nobody would know whether it was ever filled.
            return new Results(part.numbers(), part.value(), size());
        }

        private int size() {
            lock.lock();
            try {
                return list.size();
            } finally {
                lock.unlock();
            }
        }

        private void clear() {
            lock.lock();
            try {
                list.clear();
            } finally {
                lock.unlock();
            }
        }

        @Override
        void share(int index, long result, List<Long> returned) {
            lock.lock();
            try {
                list.add(result);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Results merge(List<Results> partsInTaskOrder) {
            return new Results(List.copyOf(list), 0, computed(partsInTaskOrder));
        }

        @Override
        void checkShared(Results answer) throws WrongAnswerException {
            if (shared) {
                checkMixed(answer);
            } else if (!answer.numbers().isEmpty()) {
                throw new WrongAnswerException("list of the caller", List.of(), answer.numbers());
            }
        }
    }

    /** An array and a value that all processes see. */
    static final class InArray extends ResultWay {

        private final double right;
        private final SharedNumbers array;
        private final SharedNumbers value;

        /**
         * @param right what the value is to be in the end
         */
        InArray(ResultWork work, double right, SharedNumbers array, SharedNumbers value) {
            super(work);
            this.right = right;
            this.array = array;
            this.value = value;
        }

        @Override
        public void reset() {
            for (int i = 0; i < array.length(); i++) {
                array.set(i, 0);
            }
            value.set(0, 0);
        }

        @Override
        void share(int index, long result, List<Long> returned) {
            array.set(index, (double) result);
            if (index == 0) {
                value.set(0, right);
            }
        }

        /** A task that has no room for a result ends there with its error, as a process would that runs it alone. */
        @Override
        public Results run(int firstTask, int endTask) throws InterruptedException {
            List<Long> none = new ArrayList<>();
            List<String> errors = new ArrayList<>();
            long shared = 0;
            for (int task = firstTask; task < endTask; task++) {
                int end = (task + 1) * work.chain();
                try {
                    for (int index = task * work.chain(); index < end; index++) {
                        share(index, compute(index), none);
                        shared++;
                    }
                } catch (IndexOutOfBoundsException e) {
                    errors.add("task %d: %s".formatted(task, e.getMessage()));
                }
            }
            return new Results(none, 0, shared, errors);
        }

        @Override
        int due() {
            return Math.min(array.length(), work.results());
        }

        @Override
        public Results merge(List<Results> partsInTaskOrder) {
            List<Long> seen = new ArrayList<>(due());
            for (int i = 0; i < due(); i++) {
                seen.add((long) array.get(i));
            }
            List<String> errors = partsInTaskOrder.stream()
                    .flatMap(part -> part.errors().stream())
                    .toList();
            return new Results(seen, value.get(0), computed(partsInTaskOrder), errors);
        }

        @Override
        void checkShared(Results answer) throws WrongAnswerException {
            List<Long> expected = work.all().subList(0, due());
            if (!answer.numbers().equals(expected)) {
                throw new WrongAnswerException("shared array", expected, answer.numbers());
            }
            if (answer.value() != right) {
                throw new WrongAnswerException("shared value", right, answer.value());
            }
            // Whole tasks that had room.
            int broken = work.tasks() - due() / work.chain();
            if (answer.errors().size() != broken) {
                throw new WrongAnswerException("number of workers that had no room", broken, answer.errors());
            }
        }
    }

    /** A queue that has room for all, and is drained when all is sent. */
    static final class Queued extends ResultWay {

        private static final int DRAINED_AT_ONCE = 64;

        private final Channel channel;

        Queued(ResultWork work, Channel channel) {
            super(work);
            this.channel = channel;
        }

        @Override
        public void reset() {
            channel.reset();
        }

        @Override
        void share(int index, long result, List<Long> returned) throws InterruptedException {
            channel.send(new long[] {result}, 1);
        }

        @Override
        public Results merge(List<Results> partsInTaskOrder) {
            List<Long> drained = new ArrayList<>(work.results());
            long[] some = new long[DRAINED_AT_ONCE];
            try {
                while (drained.size() < work.results()) {
                    int count = channel.receive(some);
                    for (int i = 0; i < count; i++) {
                        drained.add(some[i]);
                    }
                }
            } catch (InterruptedException e) {
                // All was sent before, so nothing waits here for long; what is not drained is missed by the check.
                Thread.currentThread().interrupt();
            }
            return new Results(drained, 0, computed(partsInTaskOrder));
        }

        @Override
        void checkShared(Results answer) throws WrongAnswerException {
            checkMixed(answer);
        }
    }

    /** Returned by the workers, and put together in the order of their tasks. */
    static final class Returned extends ResultWay {

        Returned(ResultWork work) {
            super(work);
        }

        @Override
        void share(int index, long result, List<Long> returned) {
            returned.add(result);
        }

        @Override
        public Results merge(List<Results> partsInTaskOrder) {
            List<Long> all = new ArrayList<>(work.results());
            partsInTaskOrder.forEach(part -> all.addAll(part.numbers()));
            return new Results(all, 0, computed(partsInTaskOrder));
        }

        @Override
        void checkShared(Results answer) throws WrongAnswerException {
            if (!answer.numbers().equals(work.all())) {
                throw new WrongAnswerException("results of the pool", work.all(), answer.numbers());
            }
        }
    }
}
