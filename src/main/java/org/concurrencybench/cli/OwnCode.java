package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Params;
import org.concurrencybench.workload.FunctionMap;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;

/**
 * A user's own code as a call names it, every word checked before anything of it is measured.
 *
 * @param definition of the workload; a {@link FunctionMap} for a function
 * @param variants settings to measure, of which the first is looked at; a function has one
 * @param calls of a function, which cannot say by itself; 0 for a workload, which can
 * @param parallelisms asked for; none for those that may suit
 * @param classes where it is
 * @param inputs digest of a file of inputs; empty where there is none
 */
record OwnCode(
        WorkloadDefinition definition,
        List<Settings> variants,
        int calls,
        List<Integer> parallelisms,
        OwnClasses classes,
        String inputs) {

    /** What the plan's profile is called in files. */
    static final String PROFILE = "own";

    /** Name of {@link #digest} in {@code environment.json}. */
    static final String DIGEST = "own code";

    /** Of files, and so not to be had for a parameter of a workload. */
    private static final Set<String> TAKEN = Set.of(CaseKey.PARALLELISM, CaseKey.FIGURE, "model", "jvm", "flags");

    OwnCode {
        variants = List.copyOf(variants);
        parallelisms = List.copyOf(parallelisms);
    }

    /** Whether it is a function over inputs. */
    boolean isFunction() {
        return calls > 0;
    }

    /** The settings that are looked at. */
    Settings first() {
        return variants.getFirst();
    }

    /** Of {@code settings} those that others of the variants have otherwise. */
    Params varying(Settings settings) {
        Map<String, String> values = new TreeMap<>(settings.asMap());
        values.entrySet()
                .removeIf(entry -> variants.stream()
                        .allMatch(other -> other.word(entry.getKey()).equals(entry.getValue())));
        return Params.of(values);
    }

    /**
     * A function over inputs.
     *
     * @param classPath of the user's classes
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
        Map<String, List<String>> assigned = OwnParameters.assigned(assignments);
        List<Integer> parallelisms = OwnParameters.takeParallelisms(assigned);
        if (!assigned.isEmpty()) {
            throw new UsageException("-p %s: a function has no parameter but %s"
                    .formatted(assigned.keySet().iterator().next(), CaseKey.PARALLELISM));
        }
        OwnClasses classes = OwnClasses.of(classPath);
        ClassLoader loader = classes.loader();
        try {
            Settings unsized = Settings.of(map.parameters(), given);
            int calls = Theirs.ask(() -> FunctionMap.check(unsized, loader));
            given.put(FunctionMap.CALLS, Integer.toString(calls));
            return new OwnCode(
                    map,
                    List.of(Settings.of(map.parameters(), given)),
                    calls,
                    parallelisms,
                    classes,
                    Files.isRegularFile(Path.of(inputs)) ? hash(Files.readAllBytes(Path.of(inputs))) : "");
        } catch (IllegalArgumentException e) {
            throw new UsageException(Theirs.oneLine(String.valueOf(e.getMessage())));
        }
    }

    /**
     * A workload by its class, or by the name that it gives itself where a service file of the class path lists it.
     *
     * @param assignments {@code name=value}; more values may follow as further elements, each a variant of its own
     */
    static OwnCode workload(String classPath, String named, List<String> assignments)
            throws UsageException, IOException {
        OwnClasses classes = OwnClasses.of(classPath);
        WorkloadDefinition definition = Theirs.definition(named, classes.loader());
        String name = Theirs.answer(definition, "name", definition::name);
        List<Parameter> parameters =
                Theirs.answer(definition, "parameters", () -> List.copyOf(definition.parameters()));
        Theirs.answer(definition, "kind", definition::kind);
        refuseUnlessFree(name, parameters);
        Map<String, List<String>> assigned = OwnParameters.assigned(assignments);
        List<Integer> parallelisms = OwnParameters.takeParallelisms(assigned);
        try {
            List<Settings> variants = new ArrayList<>();
            for (Map<String, String> given : PlanBuilder.combinations(assigned)) {
                variants.add(Settings.of(parameters, given));
            }
            return new OwnCode(definition, variants, 0, parallelisms, classes, "");
        } catch (IllegalArgumentException e) {
            throw new UsageException(Theirs.oneLine(String.valueOf(e.getMessage())));
        }
    }

    /** Names by which reports and comparisons know something else already. */
    private static void refuseUnlessFree(String name, List<Parameter> parameters) throws UsageException {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new UsageException("the workload's name is '%s'; take small letters, digits and hyphens"
                    .formatted(Theirs.oneLine(name)));
        }
        if (Suite.find(name).isPresent() || name.equals(FunctionMap.NAME)) {
            throw new UsageException(
                    "'%s' is a workload of ours; give yours another name, or leave out --classpath to measure ours"
                            .formatted(name));
        }
        for (Parameter parameter : parameters) {
            if (TAKEN.contains(parameter.name())) {
                throw new UsageException(
                        "workload '%s' has a parameter '%s', which means something else in our files; give it another name"
                                .formatted(name, parameter.name()));
            }
        }
    }

    /**
     * Tells the work of a case from other work under the same name: what the definition says of it and, for a function, what
     * stands in a file of inputs.
     *
     * @param params of the case, of which the definition's own count
     */
    String fingerprint(Params params) throws UsageException {
        String own = Theirs.answer(definition, "fingerprint", () -> Fingerprints.of(definition, params));
        return inputs.isEmpty()
                ? own
                : hash((own + inputs).getBytes(StandardCharsets.UTF_8)).substring(0, own.length());
    }

    /** Of all files of the class path in their order, and of the inputs where they are a file. */
    String digest() throws IOException {
        MessageDigest digest = OwnClasses.sha256();
        classes.addTo(digest);
        digest.update(inputs.getBytes(StandardCharsets.UTF_8));
        return "SHA-256 " + HexFormat.of().formatHex(digest.digest());
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(OwnClasses.sha256().digest(bytes));
    }
}
