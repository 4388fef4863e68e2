package org.concurrencybench.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code environment.json}: what a run was taken on and what became of it, beside its samples.
 *
 * @param run name of the run
 * @param profile name of the profile
 * @param seed of the order of forks
 * @param forks planned for each case
 * @param startedAt ISO 8601, UTC
 * @param endedAt ISO 8601, UTC; empty while it runs, and after a run that was killed
 * @param cores cores that units could use
 * @param machine what was found, by name, in words
 * @param before load of the machine before the first fork, by name
 * @param after the same after the last
 * @param failures cases that could not be measured to their end
 * @param work fingerprint of what a case computes, by {@link MeasuredCase#label}; files of old have none
 * @param ideals speed-up that the hardware allows a case, by the same, where it is known; files of old have none
 */
public record RunEnvironment(
        String run,
        String profile,
        long seed,
        int forks,
        String startedAt,
        String endedAt,
        int cores,
        Map<String, String> machine,
        Map<String, String> before,
        Map<String, String> after,
        List<Failure> failures,
        Map<String, String> work,
        Map<String, Double> ideals) {

    private static final String RESUMED = ", resumed ";
    private static final String STOPPED = ", stopped ";

    /** A run whose work is only known by its parameters. */
    public RunEnvironment(
            String run,
            String profile,
            long seed,
            int forks,
            String startedAt,
            String endedAt,
            int cores,
            Map<String, String> machine,
            Map<String, String> before,
            Map<String, String> after,
            List<Failure> failures) {
        this(
                run, profile, seed, forks, startedAt, endedAt, cores, machine, before, after, failures, Map.of(),
                Map.of());
    }

    /**
     * A {@link FailedCase} as it stands in the file.
     *
     * @param params as in a CSV cell
     */
    public record Failure(
            String benchmark, String workload, String kind, String model, String params, int fork, String reason) {

        static Failure of(FailedCase failed) {
            CaseKey key = failed.key();
            return new Failure(
                    key.benchmark(),
                    key.workload(),
                    key.kind(),
                    key.model(),
                    key.params().toCell(),
                    failed.fork(),
                    failed.reason());
        }

        FailedCase toFailedCase() {
            return new FailedCase(new CaseKey(benchmark, workload, kind, model, Params.parse(params)), fork, reason);
        }
    }

    public RunEnvironment {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(endedAt, "endedAt");
        machine = new TreeMap<>(machine);
        before = new TreeMap<>(before);
        after = new TreeMap<>(after);
        failures = List.copyOf(failures);
        work = orNone(work);
        ideals = orNone(ideals);
    }

    /** Absent in files that were written before there were such things; Jackson then gives null. */
    @SuppressWarnings("ConstantValue")
    private static <V> Map<String, V> orNone(Map<String, V> read) {
        Map<String, V> known = Optional.ofNullable(read).orElse(Map.of());
        return new TreeMap<>(Map.copyOf(known));
    }

    /** This, with what is known of its cases before they are measured. */
    public RunEnvironment withCases(Map<String, String> fingerprints, Map<String, Double> idealSpeedups) {
        return new RunEnvironment(
                run,
                profile,
                seed,
                forks,
                startedAt,
                endedAt,
                cores,
                machine,
                before,
                after,
                failures,
                fingerprints,
                idealSpeedups);
    }

    /** This, with what is known once the run has ended, beside what earlier processes noted at their ends. */
    public RunEnvironment ended(String at, Map<String, String> load) {
        Map<String, String> all = new TreeMap<>(after);
        all.putAll(load);
        return new RunEnvironment(
                run, profile, seed, forks, startedAt, at, cores, machine, before, all, failures, work, ideals);
    }

    /**
     * This, as another process goes on with it. What earlier ones noted stays; what they noted at their ends, and what this
     * one finds, under names that say when that was.
     *
     * @param at ISO 8601, UTC
     * @param found on the machine now, by name; only what was other before is kept
     * @param load of the machine now, by name
     */
    public RunEnvironment resumed(String at, Map<String, String> found, Map<String, String> load) {
        Map<String, String> findings = new TreeMap<>(machine);
        found.forEach((name, words) -> {
            if (!words.equals(machine.get(name))) {
                findings.put(name + RESUMED + at, words);
            }
        });
        Map<String, String> loads = new TreeMap<>(before);
        load.forEach((name, words) -> loads.put(name + RESUMED + at, words));
        Map<String, String> ends = new TreeMap<>();
        after.forEach((name, words) -> ends.put(name.contains(STOPPED) ? name : name + STOPPED + endedAt, words));
        return new RunEnvironment(
                run, profile, seed, forks, startedAt, "", cores, findings, loads, ends, failures, work, ideals);
    }

    /** This, with these failures in place of its own. */
    public RunEnvironment withFailures(List<FailedCase> failed) {
        return new RunEnvironment(
                run,
                profile,
                seed,
                forks,
                startedAt,
                endedAt,
                cores,
                machine,
                before,
                after,
                failed.stream().map(Failure::of).toList(),
                work,
                ideals);
    }

    /** Its failures, as cases. */
    public List<FailedCase> failedCases() {
        return failures.stream().map(Failure::toFailedCase).toList();
    }

    /** Writes it whole or not at all. */
    public void write(Path file) throws IOException {
        byte[] json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsBytes(this);
        AtomicFile.write(file, out -> out.write(json));
    }

    /**
     * Reads it back.
     *
     * @throws FormatException if the file is not one of these; one line
     * @throws IOException if it cannot be read
     */
    public static RunEnvironment read(Path file) throws IOException, FormatException {
        byte[] json = Files.readAllBytes(file);
        try {
            RunEnvironment environment = JsonMapper.builder().build().readValue(json, RunEnvironment.class);
            // A broken parameter cell should be found here, with the file's name, not later.
            environment.failedCases();
            return environment;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw foreign(
                    file,
                    at == null ? 1 : Math.max(1, at.getLineNr()),
                    at == null ? 1 : Math.max(1, at.getColumnNr()),
                    e.getOriginalMessage());
        } catch (NullPointerException | IllegalArgumentException e) {
            throw foreign(file, 1, 1, e.getMessage());
        }
    }

    private static FormatException foreign(Path file, int line, int column, @Nullable String why) {
        return FormatException.at(
                file,
                line,
                Integer.toString(column),
                "this is no environment.json of ours (%s); remove it to go on without it"
                        .formatted(FormatException.printable(
                                String.valueOf(why).lines().findFirst().orElse(""))));
    }
}
