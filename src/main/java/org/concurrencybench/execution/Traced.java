package org.concurrencybench.execution;

import java.util.List;

/**
 * An answer, or parts of one, and how it came about.
 *
 * @param parts of the answer in the order of their tasks; the answer alone once they have been merged
 * @param spans what the workers did meanwhile; those of one worker in the order of their ends
 * @param <P> what the workload's tasks yield
 */
public record Traced<P>(List<P> parts, List<TraceSpan> spans) {

    public Traced {
        parts = List.copyOf(parts);
        spans = List.copyOf(spans);
    }

    /** The workload's own answer, of a batch that has ended. */
    public P answer() {
        return parts.getFirst();
    }
}
