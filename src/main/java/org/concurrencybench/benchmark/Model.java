package org.concurrencybench.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.execution.ColdPlatformThreads;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.ForkJoin;
import org.concurrencybench.execution.GilThreads;
import org.concurrencybench.execution.PlatformThreads;
import org.concurrencybench.execution.Serial;
import org.concurrencybench.execution.TimerThread;
import org.concurrencybench.execution.VirtualThreads;
import org.concurrencybench.execution.childjvm.ChildJvms;
import org.concurrencybench.execution.childjvm.ColdChildJvms;
import org.concurrencybench.execution.childjvm.EitherState;
import org.concurrencybench.execution.childjvm.SpareChildJvms;

/** The models, as JMH spells them in a parameter. */
public enum Model {
    SERIAL(new Serial(EitherState::new), "one thread does one task after another: what all others are compared with"),
    PLATFORM_THREADS(
            new PlatformThreads(EitherState::new),
            "threads of the operating system in a pool that is kept, as an ExecutorService of Java has them"),
    PLATFORM_THREADS_COLD(
            new ColdPlatformThreads(EitherState::new), "threads of the operating system, started anew for each batch"),
    VIRTUAL_THREADS(
            new VirtualThreads(),
            "threads that the JVM itself runs on a few of the operating system's, one for each task"),
    CHILD_JVMS(
            new ChildJvms(), "several processes, each a Java of its own, that are up and warm and get work over pipes"),
    CHILD_JVMS_SHARED_MEMORY(
            ChildJvms.overSharedMemory(), "the same processes, which get their work through memory that they share"),
    CHILD_JVMS_SPARE(
            new SpareChildJvms(), "processes that were started ahead and do one batch each, with nothing warmed up"),
    CHILD_JVMS_COLD(
            new ColdChildJvms(),
            "processes that are started for the batch and end with it: all of that is in their time"),
    GIL_THREADS(
            new GilThreads(),
            "threads of which one computes at a time: a model of CPython's interpreter lock, there to explain it"),
    FORK_JOIN(new ForkJoin(), "small tasks of Java's fork-join pool, whose threads are kept"),
    TIMER_THREAD(new TimerThread(), "one thread that keeps the time of all who sleep: the least that waiting can take");

    @SuppressWarnings("ImmutableEnumChecker") // models are stateless, which an interface cannot promise to the checker
    private final ExecutionModel execution;

    private final String meaning;

    Model(ExecutionModel execution, String meaning) {
        this.execution = execution;
        this.meaning = meaning;
    }

    /** How it runs a batch. */
    public ExecutionModel execution() {
        return execution;
    }

    /** Its name in files and on the command line, e.g. {@code virtual-threads}. */
    public String label() {
        return execution.label();
    }

    /** What it is, in one line for somebody who has never heard of it. */
    public String meaning() {
        return meaning;
    }

    /** The five that answer which to use; the others explain. */
    static List<Model> main() {
        return List.of(SERIAL, PLATFORM_THREADS, VIRTUAL_THREADS, CHILD_JVMS, CHILD_JVMS_COLD);
    }

    /** Those that run whatever a workload asks of them; the others are there for single workloads, which name them. */
    static List<Model> general() {
        return Arrays.stream(values())
                .filter(model -> model != FORK_JOIN && model != TIMER_THREAD)
                .toList();
    }

    /** The model with this name. */
    public static Optional<Model> find(String label) {
        return Arrays.stream(values())
                .filter(model -> model.label().equals(label))
                .findFirst();
    }
}
