package org.concurrencybench.execution;

import org.concurrencybench.workload.SharedState;

/** Shared state of one batch, with an end: what it holds beside the heap is given back on close. */
public interface BatchState extends SharedState, AutoCloseable {

    @Override
    void close();
}
