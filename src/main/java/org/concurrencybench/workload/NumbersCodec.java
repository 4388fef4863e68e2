package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * A part that is a few whole numbers, as the list of them.
 *
 * @param <P> the part
 * @param size how many numbers
 * @param numbers those of a part
 * @param part with those numbers
 */
record NumbersCodec<P>(int size, Function<P, List<Long>> numbers, Function<List<Long>, P> part) implements Codec<P> {

    @Override
    public void write(P value, DataOutput out) throws IOException {
        new LongsCodec().write(numbers.apply(value), out);
    }

    @Override
    public P read(DataInput in) throws IOException {
        List<Long> values = new LongsCodec().read(in);
        if (values.size() != size) {
            throw new IOException("%d numbers where %d belong".formatted(values.size(), size));
        }
        return part.apply(values);
    }
}
