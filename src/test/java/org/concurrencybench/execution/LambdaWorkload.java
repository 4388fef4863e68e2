package org.concurrencybench.execution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.concurrencybench.workload.Codec;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedState;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;

/** A workload of tasks that a test writes down; its answer is the number of tasks. */
record LambdaWorkload(int taskCount, Task task) implements WorkloadDefinition, Workload<Integer> {

    /** What each task does. */
    @FunctionalInterface
    interface Task {
        void run(int number) throws InterruptedException;
    }

    static WorkloadSpec spec(int taskCount, Task task) {
        return new WorkloadSpec(new LambdaWorkload(taskCount, task), Settings.of(List.of(), Map.of()));
    }

    @Override
    public Integer run(int firstTask, int endTask) throws InterruptedException {
        for (int number = firstTask; number < endTask; number++) {
            task.run(number);
        }
        return endTask - firstTask;
    }

    @Override
    public Integer merge(List<Integer> partsInTaskOrder) {
        return partsInTaskOrder.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void check(Integer answer) throws WrongAnswerException {
        if (answer != taskCount) {
            throw new WrongAnswerException("number of tasks", taskCount, answer);
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

    @Override
    public String name() {
        return "lambda";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "none";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Workload<Integer> create(Settings settings, SharedState shared) {
        return this;
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return 1;
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return 1;
    }
}
