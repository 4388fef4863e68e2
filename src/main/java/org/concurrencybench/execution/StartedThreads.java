package org.concurrencybench.execution;

import java.util.concurrent.ThreadFactory;

/** A thread of its own for each unit of each run, which ends with it. */
record StartedThreads(ThreadFactory factory) implements Crew {

    @Override
    public Unit unit(Runnable work) {
        return new ThreadUnit(factory.newThread(work));
    }

    @Override
    public void close() {}

    private record ThreadUnit(Thread thread) implements Unit {

        @Override
        public void start() {
            thread.start();
        }

        @Override
        public void interrupt() {
            thread.interrupt();
        }

        @Override
        public void join() throws InterruptedException {
            thread.join();
        }
    }
}
