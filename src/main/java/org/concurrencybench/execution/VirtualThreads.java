package org.concurrencybench.execution;

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
    public int parallelism(int wanted) {
        return wanted;
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) {
        return new ThreadBatch<>(
                spec.create(new HeapSharedState()),
                parallelism,
                Thread.ofVirtual().name("worker-", 1).factory());
    }
}
