package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An array of {@code long}: its length in four bytes, then eight bytes each, copied in one go. */
final class LongArrayCodec implements Codec<long[]> {

    /** What a part may hold at most, so that its bytes still have a length. */
    private static final int LONGEST = Integer.MAX_VALUE / Long.BYTES;

    @Override
    public void write(long[] part, DataOutput out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(part.length * Long.BYTES);
        bytes.asLongBuffer().put(part);
        out.writeInt(part.length);
        out.write(bytes.array());
    }

    @Override
    public long[] read(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("an array of %d numbers".formatted(length));
        }
        byte[] bytes = new byte[length * Long.BYTES];
        in.readFully(bytes);
        long[] values = new long[length];
        ByteBuffer.wrap(bytes).asLongBuffer().get(values);
        return values;
    }
}
