package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user's function made of a run of inputs: for each a result, its bytes once it has crossed, or a failure. */
final class OwnOutcomes {

    /** A result that came from another process. */
    private static final class Crossed {

        private final byte[] bytes;

        Crossed(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** An input whose call threw. */
    private record Failed(String what) {}

    private final List<@Nullable Object> all;

    OwnOutcomes(int expected) {
        this.all = new ArrayList<>(expected);
    }

    void add(@Nullable Object result) {
        all.add(result);
    }

    void addFailure(Throwable thrown) {
        all.add(new Failed(OwnResult.shortened(thrown.toString())));
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
        return outcome instanceof Crossed crossed ? crossed.bytes : OwnResult.bytes(outcome);
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
                    part.all.add(new Crossed(bytes));
                }
            }
            return part;
        }
    }
}
