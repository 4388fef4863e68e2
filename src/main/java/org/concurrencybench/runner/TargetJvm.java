package org.concurrencybench.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The JVM that a case's forks run on.
 *
 * @param java its launcher; empty for the one that the runner runs on
 * @param flags added to those of the benchmark
 */
public record TargetJvm(Optional<Path> java, List<String> flags) {

    /** The runner's own, without further flags. */
    public static final TargetJvm OWN = new TargetJvm(Optional.empty(), List.of());

    public TargetJvm {
        flags = List.copyOf(flags);
    }
}
