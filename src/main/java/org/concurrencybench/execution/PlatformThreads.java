package org.concurrencybench.execution;

/** One operating-system thread for each unit, started for the batch. Timed: start, tasks, hand-over of chunks, join. */
public final class PlatformThreads implements ExecutionModel {

    @Override
    public String label() {
        return "platform-threads";
    }

    @Override
    public String timedRegion() {
        return "starting the threads, all tasks, joining the threads";
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
                Thread.ofPlatform().name("worker-", 1).factory());
    }
}
