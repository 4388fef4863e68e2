package org.concurrencybench.workload;

import java.util.List;

/** What several workloads do with parts that are numbers. */
final class Longs {

    private Longs() {}

    /** Their sum; its last 64 bits, where it is longer. */
    static Long sum(List<Long> parts) {
        long sum = 0;
        for (long part : parts) {
            sum += part;
        }
        return sum;
    }
}
