package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How a part of an answer crosses from one JVM to another.
 *
 * @param <P> the part
 */
public interface Codec<P> {

    /** Writes {@code part} so that {@link #read} gives it back. */
    void write(P part, DataOutput out) throws IOException;

    /** Reads what {@link #write} wrote. */
    P read(DataInput in) throws IOException;
}
