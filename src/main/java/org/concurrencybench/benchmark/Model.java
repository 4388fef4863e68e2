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
    SERIAL(new Serial(EitherState::new)),
    PLATFORM_THREADS(new PlatformThreads(EitherState::new)),
    PLATFORM_THREADS_COLD(new ColdPlatformThreads(EitherState::new)),
    VIRTUAL_THREADS(new VirtualThreads()),
    CHILD_JVMS(new ChildJvms()),
    CHILD_JVMS_SHARED_MEMORY(ChildJvms.overSharedMemory()),
    CHILD_JVMS_SPARE(new SpareChildJvms()),
    CHILD_JVMS_COLD(new ColdChildJvms()),
    GIL_THREADS(new GilThreads()),
    FORK_JOIN(new ForkJoin()),
    TIMER_THREAD(new TimerThread());

    @SuppressWarnings("ImmutableEnumChecker") // models are stateless, which an interface cannot promise to the checker
    private final ExecutionModel execution;

    Model(ExecutionModel execution) {
        this.execution = execution;
    }

    /** How it runs a batch. */
    public ExecutionModel execution() {
        return execution;
    }

    /** Its name in files and on the command line, e.g. {@code virtual-threads}. */
    public String label() {
        return execution.label();
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
