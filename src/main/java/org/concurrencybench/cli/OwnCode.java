package org.concurrencybench.cli;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.concurrencybench.benchmark.OwnCodeBenchmark;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.workload.FunctionMap;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;

/**
 * A user's own code as a call names it, every word checked before anything of it runs.
 *
 * @param definition of the workload; a {@link FunctionMap} for a function
 * @param settings a value for each of its parameters
 * @param calls of a function, which cannot say by itself; 0 for a workload, which can
 * @param parallelisms asked for; none for those that may suit
 * @param digest of classes and inputs
 */
record OwnCode(WorkloadDefinition definition, Settings settings, int calls, List<Integer> parallelisms, String digest) {

    /** What the plan's profile is called in files. */
    static final String PROFILE = "own";

    /** Name of {@link #digest} in {@code environment.json}. */
    static final String DIGEST = "own code";

    OwnCode {
        parallelisms = List.copyOf(parallelisms);
    }

    /** Whether it is a function over inputs. */
    boolean isFunction() {
        return calls > 0;
    }

    /**
     * A function over inputs.
     *
     * @param classPath of the user's classes; they go onto the class path of this JVM's forks, too
     * @param inputs a range or a file, which forks and child JVMs find as this process does: they share its directory
     * @param timeout of one call
     * @param assignments of {@code parallelism} alone
     */
    static OwnCode function(
            String classPath, String function, String inputs, Duration timeout, List<String> assignments)
            throws UsageException, IOException {
        FunctionMap map = new FunctionMap();
        Map<String, String> given = new TreeMap<>(Map.of(
                FunctionMap.FUNCTION,
                function,
                FunctionMap.INPUTS,
                inputs,
                FunctionMap.TIMEOUT,
                Long.toString(timeout.toMillis())));
        Map<String, String> others = new LinkedHashMap<>();
        List<Integer> parallelisms = assigned(assignments, others);
        if (!others.isEmpty()) {
            throw new UsageException("-p %s: a function has no parameter but %s"
                    .formatted(others.keySet().iterator().next(), CaseKey.PARALLELISM));
        }
        try {
            int calls = FunctionMap.check(Settings.of(map.parameters(), given), loader(classPath));
            given.put(FunctionMap.CALLS, Integer.toString(calls));
            return new OwnCode(
                    map, Settings.of(map.parameters(), given), calls, parallelisms, digest(classPath, inputs));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A workload by its class, or by the name that it gives itself where a service file of the class path lists it.
     *
     * @param assignments {@code name=value}
     */
    static OwnCode workload(String classPath, String name, List<String> assignments)
            throws UsageException, IOException {
        try {
            ClassLoader loader = loader(classPath);
            WorkloadDefinition definition = ServiceLoader.load(WorkloadDefinition.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(listed -> listed.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> OwnCodeBenchmark.load(name, loader));
            Map<String, String> given = new LinkedHashMap<>();
            List<Integer> parallelisms = assigned(assignments, given);
            return new OwnCode(
                    definition, Settings.of(definition.parameters(), given), 0, parallelisms, digest(classPath, ""));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Parallelisms, of which there may be several; the other parameters go into {@code others}. */
    private static List<Integer> assigned(List<String> assignments, Map<String, String> others) throws UsageException {
        List<Integer> parallelisms = new ArrayList<>();
        String name = "";
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            String value = assignment.substring(equals + 1);
            name = equals < 1 ? name : assignment.substring(0, equals);
            if (name.isEmpty() || (equals < 1 && !name.equals(CaseKey.PARALLELISM))) {
                throw new UsageException("-p takes name=value, not '%s'; a workload of your own takes one value each"
                        .formatted(assignment));
            }
            if (!name.equals(CaseKey.PARALLELISM)) {
                others.put(name, value);
            } else if (value.matches("[1-9][0-9]{0,5}")) {
                parallelisms.add(Integer.valueOf(value));
            } else {
                throw new UsageException(
                        "-p parallelism: '%s' is no number of units from 1 to 999999".formatted(value));
            }
        }
        return parallelisms;
    }

    private static ClassLoader loader(String classPath) throws UsageException {
        List<URL> urls = new ArrayList<>();
        List<String> absolute = new ArrayList<>();
        for (Path path : entries(classPath)) {
            try {
                urls.add(path.toUri().toURL());
                absolute.add(path.toString());
            } catch (MalformedURLException e) {
                throw new UsageException("--classpath: '%s' is no path".formatted(path));
            }
        }
        // JMH starts its forks with this property's class path, and they start child JVMs with theirs.
        System.setProperty(
                "java.class.path",
                System.getProperty("java.class.path") + File.pathSeparator + String.join(File.pathSeparator, absolute));
        return new URLClassLoader(urls.toArray(new URL[0]), OwnCode.class.getClassLoader());
    }

    private static List<Path> entries(String classPath) throws UsageException {
        List<Path> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            try {
                Path path = Path.of(entry).toAbsolutePath();
                if (entry.isEmpty() || !Files.isReadable(path)) {
                    throw new UsageException("--classpath: '%s' is no jar and no directory".formatted(entry));
                }
                entries.add(path);
            } catch (InvalidPathException e) {
                throw new UsageException("--classpath: '%s' is no path".formatted(entry));
            }
        }
        return entries;
    }

    /** Of all files of the class path in their order, and of the inputs where they are a file. */
    private static String digest(String classPath, String inputs) throws UsageException, IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path entry : entries(classPath)) {
                try (Stream<Path> files = Files.walk(entry)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        digest.update(entry.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                        digest.update(Files.readAllBytes(file));
                    }
                }
            }
            if (!inputs.isEmpty() && Files.isRegularFile(Path.of(inputs))) {
                digest.update(Files.readAllBytes(Path.of(inputs)));
            }
            return "SHA-256 " + HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IOException("this JDK has no SHA-256", e);
        }
    }
}
