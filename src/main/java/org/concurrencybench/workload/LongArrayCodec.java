package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** An array of {@code long}: its length in four bytes, then eight bytes each, copied by the slice. */
final class LongArrayCodec implements Codec<long[]> {

    /** What a part may hold at most, so that its bytes still have a length. */
    private static final int LONGEST = Integer.MAX_VALUE / Long.BYTES;

    /** Numbers of a slice: so few that it stays in the nearest cache. */
    private static final int SLICE = 128;

    @Override
    public void write(long[] part, DataOutput out) throws IOException {
        byte[] slice = new byte[SLICE * Long.BYTES];
        LongBuffer numbers = ByteBuffer.wrap(slice).asLongBuffer();
        out.writeInt(part.length);
        for (int from = 0; from < part.length; from += SLICE) {
            int count = Math.min(SLICE, part.length - from);
            numbers.put(0, part, from, count);
            out.write(slice, 0, count * Long.BYTES);
        }
    }

    @Override
    public long[] read(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("an array of %d numbers".formatted(length));
        }
        byte[] slice = new byte[SLICE * Long.BYTES];
        LongBuffer numbers = ByteBuffer.wrap(slice).asLongBuffer();
        long[] values = new long[length];
        for (int from = 0; from < length; from += SLICE) {
            int count = Math.min(SLICE, length - from);
            in.readFully(slice, 0, count * Long.BYTES);
            numbers.get(0, values, from, count);
        }
        return values;
    }
}
