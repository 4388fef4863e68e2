package org.concurrencybench.execution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.execution.TraceSpan.State;
import org.concurrencybench.workload.Codec;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * A workload whose runs of tasks leave notes.
 *
 * @param workload that does the work, over state that writes into {@code notes}
 * @param <P> what its tasks yield
 */
record TracedWorkload<P>(Workload<P> workload, TraceNotes notes) implements Workload<Traced<P>> {

    /** A batch of more tasks shows them by chunks. */
    private static final int MOST_SHOWN = 64;

    @Override
    public int taskCount() {
        return workload.taskCount();
    }

    @Override
    public int tasksPerChunk() {
        return workload.tasksPerChunk();
    }

    @Override
    public void reset() {
        workload.reset();
    }

    /** Task by task where there are few, so that each can be seen; as one piece where a picture could not show each. */
    @Override
    public Traced<P> run(int firstTask, int endTask) throws InterruptedException {
        int step = workload.taskCount() <= MOST_SHOWN ? 1 : endTask - firstTask;
        List<P> parts = new ArrayList<>();
        List<TraceSpan> spans = new ArrayList<>();
        for (int task = firstTask; task < endTask; task += step) {
            notes.begin(task, task + step);
            try {
                long start = System.nanoTime();
                parts.add(workload.run(task, task + step));
                notes.note(State.TASK, start, System.nanoTime());
            } finally {
                spans.addAll(notes.end());
            }
        }
        return new Traced<>(parts, spans);
    }

    @Override
    public Traced<P> merge(List<Traced<P>> partsInTaskOrder) {
        return new Traced<>(
                List.of(workload.merge(partsInTaskOrder.stream()
                        .flatMap(part -> part.parts().stream())
                        .toList())),
                partsInTaskOrder.stream().flatMap(part -> part.spans().stream()).toList());
    }

    @Override
    public void check(Traced<P> answer) throws WrongAnswerException {
        workload.check(answer.answer());
    }

    @Override
    public void expect(Traced<P> answerOfOneThread) {
        workload.expect(answerOfOneThread.answer());
    }

    @Override
    public void close() {
        workload.close();
    }

    @Override
    public Codec<Traced<P>> codec() {
        return new TracedCodec<>(workload.codec());
    }

    private record TracedCodec<P>(Codec<P> codec) implements Codec<Traced<P>> {

        private static final int MOST = TraceNotes.MOST_SPANS * MOST_SHOWN;

        @Override
        public void write(Traced<P> part, DataOutput out) throws IOException {
            out.writeInt(part.spans().size());
            for (TraceSpan span : part.spans()) {
                span.write(out);
            }
            out.writeInt(part.parts().size());
            for (P one : part.parts()) {
                codec.write(one, out);
            }
        }

        @Override
        public Traced<P> read(DataInput in) throws IOException {
            int count = in.readInt();
            if (count < 0 || count > MOST) {
                throw new IOException("a trace of %d spans".formatted(count));
            }
            List<TraceSpan> spans = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                spans.add(TraceSpan.read(in));
            }
            int parts = in.readInt();
            if (parts < 1 || parts > MOST_SHOWN) {
                throw new IOException("a trace of %d parts".formatted(parts));
            }
            List<P> own = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                own.add(codec.read(in));
            }
            return new Traced<>(own, spans);
        }
    }
}
