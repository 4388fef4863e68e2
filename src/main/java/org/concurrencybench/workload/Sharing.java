package org.concurrencybench.workload;

/** Where the state that tasks share can live. */
public enum Sharing {
    /** Wherever the model keeps it. */
    ANYWHERE,
    /** On the heap of one JVM only. */
    HEAP,
    /** In memory that several processes map. */
    MAPPED,
    /** Nowhere: every worker has a heap of its own, and what it leaves there nobody else sees. */
    SEPARATE
}
