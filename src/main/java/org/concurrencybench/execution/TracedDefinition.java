package org.concurrencybench.execution;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedState;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WorkloadDefinition;

/**
 * Another workload, whose workers write down what they do when. For pictures, never for a measurement: each note is two looks
 * at the clock, and a lock is taken as a {@link org.concurrencybench.workload.Guard} around the addition, so that the time of
 * asking for it can be told from that of holding it. No workload that users see: it is in no list of services.
 */
public final class TracedDefinition implements WorkloadDefinition {

    private static final String WORKLOAD = "class";
    private static final String SETTINGS = "settings";
    private static final String BETWEEN = ";";

    /** For a child JVM, which makes it by its class. */
    public TracedDefinition() {}

    /** What to run so that it leaves a trace. */
    public static WorkloadSpec of(WorkloadSpec spec) {
        TracedDefinition traced = new TracedDefinition();
        String settings = spec.settings().asMap().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(BETWEEN));
        return new WorkloadSpec(
                traced,
                Settings.of(
                        traced.parameters(),
                        Map.of(WORKLOAD, spec.definition().getClass().getName(), SETTINGS, settings)));
    }

    @Override
    public String name() {
        return "traced";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "who did what when";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.Text(WORKLOAD, "none", "class of the workload's definition"),
                new Parameter.Text(SETTINGS, "none", "its settings, name=value;name=value"));
    }

    @Override
    public Sharing sharing(Settings settings) {
        WorkloadSpec inner = inner(settings);
        return inner.definition().sharing(inner.settings());
    }

    @Override
    public boolean tasksWaitForEachOther(Settings settings) {
        WorkloadSpec inner = inner(settings);
        return inner.definition().tasksWaitForEachOther(inner.settings());
    }

    @Override
    public boolean isComparedWithSerial(Settings settings) {
        WorkloadSpec inner = inner(settings);
        return inner.definition().isComparedWithSerial(inner.settings());
    }

    @Override
    public Duration batchLimit(Settings settings) {
        WorkloadSpec inner = inner(settings);
        return inner.definition().batchLimit(inner.settings());
    }

    @Override
    public Workload<?> create(Settings settings, SharedState shared) {
        TracedState state = new TracedState(shared);
        return new TracedWorkload<>(inner(settings).create(state), state.notes());
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        WorkloadSpec inner = inner(settings);
        return inner.definition().naturalParallelism(inner.settings(), cores);
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        WorkloadSpec inner = inner(settings);
        return inner.definition().idealSpeedup(inner.settings(), parallelism, cores);
    }

    private static WorkloadSpec inner(Settings settings) {
        WorkloadDefinition definition = definition(settings.word(WORKLOAD));
        Map<String, String> values = new HashMap<>();
        for (String setting : settings.word(SETTINGS).split(BETWEEN, -1)) {
            String[] parts = setting.split("=", 2);
            if (parts.length == 2) {
                values.put(parts[0], parts[1]);
            }
        }
        return new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
    }

    /** By its class, as a child JVM does it: a service loader would take a cold one 20 ms. */
    private static WorkloadDefinition definition(String className) {
        try {
            return Class.forName(className)
                    .asSubclass(WorkloadDefinition.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException("no workload is made by " + className + ": " + e, e);
        }
    }
}
