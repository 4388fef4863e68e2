package org.concurrencybench.workload;

import java.util.Map;

/** Workloads for tests: settings from pairs, and shared state that counts under no lock, for one thread. */
final class Given {

    private Given() {}

    static Settings settings(WorkloadDefinition definition, Map<String, String> values) {
        return Settings.of(definition.parameters(), values);
    }

    /** The workload, its state reset, as a batch begins. */
    @SuppressWarnings("unchecked") // the caller knows the type of its own workload's parts
    static <P> Workload<P> workload(WorkloadDefinition definition, Map<String, String> values) {
        Workload<P> workload = (Workload<P>) definition.create(settings(definition, values), new OneThread());
        workload.reset();
        return workload;
    }

    /** State for one thread. */
    static final class OneThread implements SharedState {

        @Override
        public LockedLong lockedLong() {
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
}
