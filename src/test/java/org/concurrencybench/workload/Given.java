package org.concurrencybench.workload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Workloads for tests: settings from pairs, and shared state for one thread, under no lock and never waited for. */
final class Given {

    private Given() {}

    static Settings settings(WorkloadDefinition definition, Map<String, String> values) {
        return Settings.of(definition.parameters(), values);
    }

    /** The workload, its state reset, as a batch begins. */
    static <P> Workload<P> workload(WorkloadDefinition definition, Map<String, String> values) {
        return workload(definition, values, new OneThread());
    }

    /** The same over state of the test's own. */
    @SuppressWarnings("unchecked") // the caller knows the type of its own workload's parts
    static <P> Workload<P> workload(WorkloadDefinition definition, Map<String, String> values, SharedState shared) {
        Workload<P> workload = (Workload<P>) definition.create(settings(definition, values), shared);
        workload.reset();
        return workload;
    }

    /** State for one thread. */
    static class OneThread implements SharedState {

        @Override
        public Channel channel(ChannelKind kind, int capacity) {
            return new OneThreadChannel(capacity);
        }

        @Override
        public Guard guard(LockKind kind) {
            return Guard.Section::run;
        }

        @Override
        public SharedNumbers numbers(int length) {
            double[] numbers = new double[length];
            return new SharedNumbers() {

                @Override
                public int length() {
                    return length;
                }

                @Override
                public double get(int index) {
                    return numbers[index];
                }

                @Override
                public void set(int index, double value) {
                    numbers[index] = value;
                }
            };
        }

        @Override
        public LockedLong lockedLong(LockKind kind) {
            return new LockedLong() {

                private long value;

                @Override
                public void add(long delta) {
                    value += delta;
                }

                @Override
                public long get() {
                    return value;
                }

                @Override
                public void set(long newValue) {
                    value = newValue;
                }
            };
        }
    }

    /** A channel for one thread, for which there is nobody to wait. */
    static class OneThreadChannel implements Channel {

        private final Deque<Long> inside = new ArrayDeque<>();
        private final int capacity;

        OneThreadChannel(int capacity) {
            this.capacity = capacity;
        }

        @Override
        public boolean send(long[] items, int count) {
            for (int i = 0; i < count; i++) {
                if (inside.size() == capacity) {
                    throw new IllegalStateException("no room: a send that would wait");
                }
                inside.add(items[i]);
            }
            return false;
        }

        @Override
        public int receive(long[] into) {
            int count = Math.min(into.length, inside.size());
            if (count == 0) {
                throw new IllegalStateException("nothing there: a receive that would wait");
            }
            for (int i = 0; i < count; i++) {
                into[i] = inside.remove();
            }
            return count;
        }

        @Override
        public void reset() {
            inside.clear();
        }
    }
}
