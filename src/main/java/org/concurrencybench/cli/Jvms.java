package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.runner.TargetJvm;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Params;

/** The JDKs and flags that a call asks for, and its cases on each of them: a parameter more, {@code jvm} or {@code flags}. */
final class Jvms {

    private static final String JVM = "jvm";

    private static final String FLAGS = "flags";

    /** The oldest JDK that our classes run on. */
    private static final int OLDEST = 25;

    /** Parameters that are none of a workload's. */
    static final List<String> PARAMETERS = List.of(JVM, FLAGS);

    /** What {@link #builds} stands under in {@code environment.json}. */
    static final String BUILDS = "JDKs of the forks";

    private static final String UNTOLD = "?";

    /** One way of running a fork, with the parameters that tell it from others. */
    private record Target(TargetJvm jvm, Map<String, String> params) {}

    private Jvms() {}

    /** Every case on every JDK with every set of flags; the cases themselves where neither is given. */
    static List<PlannedCase> on(List<PlannedCase> cases, List<String> paths, List<String> flagSets)
            throws UsageException {
        if (paths.isEmpty() && flagSets.isEmpty()) {
            return cases;
        }
        List<Target> targets = targets(paths, flagSets);
        List<PlannedCase> all = new ArrayList<>();
        for (PlannedCase planned : cases) {
            for (Target target : targets) {
                Map<String, String> params =
                        new TreeMap<>(planned.key().params().asMap());
                params.putAll(target.params);
                CaseKey key = planned.key();
                all.add(planned.on(
                        target.jvm,
                        new CaseKey(key.benchmark(), key.workload(), key.kind(), key.model(), Params.of(params))));
            }
        }
        return all;
    }

    private static List<Target> targets(List<String> paths, List<String> flagSets) throws UsageException {
        List<Target> targets = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String path : paths.isEmpty() ? List.of("") : paths) {
            Optional<Path> java = path.isEmpty() ? Optional.empty() : Optional.of(launcher(path));
            Map<String, String> params = new TreeMap<>();
            if (java.isPresent()) {
                String name = version(path, java.get());
                if (names.contains(name)) {
                    name += "-" + (names.size() + 1);
                }
                names.add(name);
                params.put(JVM, name);
            }
            for (String flags : flagSets.isEmpty() ? List.of("") : flagSets) {
                Map<String, String> both = new TreeMap<>(params);
                if (!flagSets.isEmpty()) {
                    both.put(FLAGS, flags.isBlank() ? "none" : flags.strip());
                }
                List<String> words = flags.isBlank()
                        ? List.of()
                        : Arrays.asList(flags.strip().split(" +", -1));
                targets.add(new Target(new TargetJvm(java, words), both));
            }
        }
        return targets;
    }

    /** The launcher of a JDK that is given by its directory or by its {@code java}. */
    private static Path launcher(String given) throws UsageException {
        Path path = Path.of(given).toAbsolutePath().normalize();
        Path java = Files.isDirectory(path) ? path.resolve("bin").resolve("java") : path;
        if (!Files.isExecutable(java)) {
            throw new UsageException("--jvm %s: there is no java to run at %s".formatted(given, java));
        }
        return java;
    }

    /** Version, vendor and the vendor's name of each of these JDKs; results name no directories. */
    static String builds(List<String> paths) throws UsageException {
        List<String> builds = new ArrayList<>();
        for (String path : paths) {
            Properties known = release(path, launcher(path));
            builds.add(Stream.of("JAVA_RUNTIME_VERSION", "IMPLEMENTOR", "IMPLEMENTOR_VERSION")
                    .map(name -> known.getProperty(name, UNTOLD).replace("\"", ""))
                    .collect(Collectors.joining(" ")));
        }
        return String.join(", ", builds);
    }

    private static String version(String given, Path java) throws UsageException {
        String version = release(given, java).getProperty("JAVA_VERSION", "").replace("\"", "");
        String first = version.split("[.+-]", 2)[0];
        if (!first.matches("[0-9]{1,4}") || Integer.parseInt(first) < OLDEST) {
            throw new UsageException(
                    "--jvm %s is a JDK '%s'; the benchmarks need %d or newer".formatted(given, version, OLDEST));
        }
        return version;
    }

    /** What a JDK says of itself. */
    private static Properties release(String given, Path java) throws UsageException {
        try {
            Properties known = new Properties();
            try (var reader = Files.newBufferedReader(
                    java.toRealPath().resolve("../../release").normalize())) {
                known.load(reader);
            }
            return known;
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "--jvm %s: its file 'release', which tells its version, cannot be read".formatted(given));
        }
    }
}
