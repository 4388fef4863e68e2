package org.concurrencybench.execution;

import org.concurrencybench.workload.Sharing;

/**
 * One virtual thread (JEP 444) for each unit, started for the batch. Timed: start, tasks, hand-over of chunks, join; the
 * JVM's carrier threads outlive the batch.
 */
public final class VirtualThreads implements ExecutionModel {

    @Override
    public String label() {
        return "virtual-threads";
    }

    @Override
    public String timedRegion() {
        return "starting the virtual threads, all tasks, joining them; their carrier threads are kept by the JVM";
    }

    @Override
    public boolean shares(Sharing sharing) {
        return sharing == Sharing.ANYWHERE || sharing == Sharing.HEAP;
    }

    @Override
    public int parallelism(int wanted) {
        return wanted;
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) {
        return ThreadBatch.of(
                spec,
                new HeapSharedState(),
                parallelism,
                () -> new StartedThreads(Thread.ofVirtual().name("worker-", 1).factory()));
    }
}
