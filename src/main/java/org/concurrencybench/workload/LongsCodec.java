package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A list of {@code long}: its length in four bytes, then eight bytes each. */
final class LongsCodec implements Codec<List<Long>> {

    @Override
    public void write(List<Long> part, DataOutput out) throws IOException {
        out.writeInt(part.size());
        for (long value : part) {
            out.writeLong(value);
        }
    }

    @Override
    public List<Long> read(DataInput in) throws IOException {
        int size = in.readInt();
        if (size < 0) {
            throw new IOException("a list of %d numbers".formatted(size));
        }
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(in.readLong());
        }
        return values;
    }
}
