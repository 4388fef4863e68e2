package org.concurrencybench.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/**
 * Somebody's own workload, whose class is on this JVM's class path. Like every other benchmark of a batch; only that what it
 * runs is a parameter.
 */
public class OwnCodeBenchmark extends BatchBenchmark {

    /** Class of the {@link WorkloadDefinition}. */
    @Param("org.concurrencybench.workload.FunctionMap")
    public String definition = "org.concurrencybench.workload.FunctionMap";

    /** Its settings: {@code name=value}, one a line; no value has a line's end in it. */
    @Param("")
    public String settings = "";

    /** Settings as {@link #settings} has them. */
    public static String lines(Map<String, String> values) {
        StringBuilder lines = new StringBuilder();
        values.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    @Override
    WorkloadDefinition definition() {
        return load(definition, OwnCodeBenchmark.class.getClassLoader());
    }

    @Override
    Batch prepared(WorkloadSpec spec, int units) throws ExecutionException, InterruptedException {
        return GuardedBatch.of(() -> super.prepared(spec, units));
    }

    /**
     * A definition by its class.
     *
     * @throws IllegalArgumentException if that is none, or has no public constructor without arguments; one line
     */
    public static WorkloadDefinition load(String className, ClassLoader loader) {
        try {
            return Class.forName(className, true, loader)
                    .asSubclass(WorkloadDefinition.class)
                    .getConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("no class '%s' on the class path".formatted(className), e);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(
                    "class '%s' is no %s".formatted(className, WorkloadDefinition.class.getName()), e);
        } catch (UnsupportedClassVersionError e) {
            throw new IllegalArgumentException(
                    "class '%s' was compiled for a newer JDK than this one (%s)"
                            .formatted(className, Runtime.version().feature()),
                    e);
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "class '%s' cannot be made without arguments: %s".formatted(className, cause), e);
        }
    }

    @Override
    Map<String, Object> parameters() {
        Map<String, Object> values = new LinkedHashMap<>();
        settings.lines().forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return values;
    }
}
