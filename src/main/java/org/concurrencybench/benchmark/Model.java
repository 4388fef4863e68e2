package org.concurrencybench.benchmark;

import java.util.Arrays;
import java.util.Optional;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.PlatformThreads;
import org.concurrencybench.execution.Serial;
import org.concurrencybench.execution.VirtualThreads;
import org.concurrencybench.execution.childjvm.ChildJvms;
import org.concurrencybench.execution.childjvm.ColdChildJvms;

/** The models, as JMH spells them in a parameter. */
public enum Model {
    SERIAL(new Serial()),
    PLATFORM_THREADS(new PlatformThreads()),
    VIRTUAL_THREADS(new VirtualThreads()),
    CHILD_JVMS(new ChildJvms()),
    CHILD_JVMS_COLD(new ColdChildJvms());

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

    /** The model with this name. */
    public static Optional<Model> find(String label) {
        return Arrays.stream(values())
                .filter(model -> model.label().equals(label))
                .findFirst();
    }
}
