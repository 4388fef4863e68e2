package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user's function made of a run of inputs: for each a result or a failure. A result that somebody could still change
 * is kept as its bytes, taken as soon as its call has returned: a function that gives the same buffer to every caller would
 * otherwise always agree with itself.
 */
final class OwnOutcomes {

    /** A result as it was, here or in another process. */
    private static final class Written {

        private final byte[] bytes;

        Written(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** An input whose call threw. */
    private record Failed(String what) {}

    /** Exceptions may be each other's causes. */
    private static final int MOST_CAUSES = 20;

    private final List<@Nullable Object> all;

    OwnOutcomes(int expected) {
        this.all = new ArrayList<>(expected);
    }

    /**
     * A call has returned.
     *
     * @throws IllegalArgumentException if the result, or a part of it, is of no type that can cross
     */
    void add(@Nullable Object result) {
        all.add(OwnResult.canChange(result) ? new Written(OwnResult.bytes(result)) : result);
    }

    /** A call has thrown; the first cause is told where the message does not hold it. */
    void addFailure(Throwable thrown) {
        Throwable first = thrown;
        for (int depth = 0; depth < MOST_CAUSES && first.getCause() != null; depth++) {
            first = first.getCause();
        }
        String what = OwnResult.shortened(thrown.toString());
        String cause = OwnResult.shortened(first.toString());
        all.add(new Failed(what.contains(cause) ? what : "%s (cause: %s)".formatted(what, cause)));
    }

    void addAll(OwnOutcomes others) {
        all.addAll(others.all);
    }

    int size() {
        return all.size();
    }

    /** What a call threw; null if it returned. */
    @Nullable
    String failure(int index) {
        return all.get(index) instanceof Failed failed ? failed.what : null;
    }

    /** The bytes of a result. */
    byte[] bytes(int index) {
        Object outcome = all.get(index);
        return outcome instanceof Written written ? written.bytes : OwnResult.bytes(outcome);
    }

    /** Between processes: the number of outcomes; for each its length and bytes, or -1 and the failure. */
    static final class Crossing implements Codec<OwnOutcomes> {

        @Override
        public void write(OwnOutcomes part, DataOutput out) throws IOException {
            out.writeInt(part.size());
            for (int i = 0; i < part.size(); i++) {
                String failure = part.failure(i);
                if (failure == null) {
                    byte[] bytes = part.bytes(i);
                    out.writeInt(bytes.length);
                    out.write(bytes);
                } else {
                    out.writeInt(-1);
                    out.writeUTF(failure);
                }
            }
        }

        @Override
        public OwnOutcomes read(DataInput in) throws IOException {
            int size = in.readInt();
            OwnOutcomes part = new OwnOutcomes(Math.clamp(size, 0, 1 << 16));
            for (int i = 0; i < size; i++) {
                int length = in.readInt();
                if (length < 0) {
                    part.all.add(new Failed(in.readUTF()));
                } else {
                    byte[] bytes = new byte[length];
                    in.readFully(bytes);
                    part.all.add(new Written(bytes));
                }
            }
            return part;
        }
    }
}
