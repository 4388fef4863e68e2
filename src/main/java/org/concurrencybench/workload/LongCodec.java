package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A {@code long} as eight bytes, big-endian. */
final class LongCodec implements Codec<Long> {

    @Override
    public void write(Long part, DataOutput out) throws IOException {
        out.writeLong(part);
    }

    @Override
    public Long read(DataInput in) throws IOException {
        return in.readLong();
    }
}
