package org.concurrencybench.execution.childjvm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Codec;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedState;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;

/** A workload each of whose instances writes down when it is ended, and by which process; its answer is the number of tasks. */
public final class EndingWorkload implements WorkloadDefinition {

    private static final int TASKS = 4;

    /**
     * A batch.
     *
     * @param file gets the process ids
     * @param failing which instances throw as they are ended: none, own (those of the process that made the settings) or
     *     others; with set-up, others cannot even be made
     */
    static WorkloadSpec spec(Path file, String failing) {
        EndingWorkload definition = new EndingWorkload();
        Map<String, String> values = Map.of(
                "file",
                file.toString(),
                "failing",
                failing,
                "owner",
                Long.toString(ProcessHandle.current().pid()));
        return new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
    }

    /** Process ids of the instances that have been ended, in that order. */
    static List<Long> ended(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                : List.of();
    }

    @Override
    public String name() {
        return "ending";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "what is begun is ended";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.Text("file", "none", "gets the process ids"),
                new Parameter.Text("failing", "none", "none, own, others or set-up"),
                new Parameter.Text("owner", "0", "process that made the settings"));
    }

    @Override
    public Workload<Integer> create(Settings settings, SharedState shared) {
        long pid = ProcessHandle.current().pid();
        boolean own = settings.word("owner").equals(Long.toString(pid));
        if (!own && settings.word("failing").equals("set-up")) {
            throw new IllegalStateException("no beginning");
        }
        return new Batch(
                Path.of(settings.word("file")), pid, settings.word("failing").equals(own ? "own" : "others"));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return 2;
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return 1;
    }

    private record Batch(Path file, long pid, boolean failing) implements Workload<Integer> {

        @Override
        public int taskCount() {
            return TASKS;
        }

        @Override
        public Integer run(int firstTask, int endTask) {
            return endTask - firstTask;
        }

        @Override
        public Integer merge(List<Integer> partsInTaskOrder) {
            return partsInTaskOrder.stream().mapToInt(Integer::intValue).sum();
        }

        @Override
        public void check(Integer answer) throws WrongAnswerException {
            if (answer != TASKS) {
                throw new WrongAnswerException("number of tasks", TASKS, answer);
            }
        }

        @Override
        public void close() {
            try {
                // In one call of the operating system, so that no two processes write into each other's line.
                Files.writeString(file, pid + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (failing) {
                throw new IllegalStateException("no end");
            }
        }

        @Override
        public Codec<Integer> codec() {
            return new Codec<>() {
                @Override
                public void write(Integer part, DataOutput out) throws IOException {
                    out.writeInt(part);
                }

                @Override
                public Integer read(DataInput in) throws IOException {
                    return in.readInt();
                }
            };
        }
    }
}
