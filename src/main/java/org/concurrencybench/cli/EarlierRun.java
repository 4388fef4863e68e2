package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.ForkTable;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SampleCsv;

/**
 * A run that was stopped, and goes on.
 *
 * <p>The row of a fork in {@code forks.csv} is written after its samples and is the mark that it came to its end. A process
 * that is killed may leave samples without that row, or half a row in either file; none of that is a fork.
 *
 * @param path its directory
 * @param environment what it was taken on
 * @param samples all that are on disk; none where it was ended before its first fork was
 * @param ended the forks that have their row
 */
record EarlierRun(Path path, RunEnvironment environment, List<Sample> samples, List<ForkTable.Row> ended) {

    /** What must be the same, by its name in {@code environment.json}. */
    static final List<String> SAME = List.of(
            "jar",
            "jdk",
            "vm",
            "processor",
            "cores",
            "cgroup CPU quota",
            "memory",
            "architecture",
            "os",
            Machine.HOST_ID,
            OwnCode.DIGEST);

    EarlierRun {
        samples = List.copyOf(samples);
        ended = List.copyOf(ended);
    }

    /**
     * What of it a plan goes on from.
     *
     * @param rows of whole forks
     * @param samples of the same forks
     * @param others samples that no fork of the plan took, which stay where they are
     * @param cutShort forks of which only a part is on disk
     */
    record WholeForks(List<ForkTable.Row> rows, List<Sample> samples, List<Sample> others, int cutShort) {

        WholeForks {
            rows = List.copyOf(rows);
            samples = List.copyOf(samples);
            others = List.copyOf(others);
        }

        /** What they took of the budget. */
        Duration spent() {
            return Duration.ofMillis(Math.round(
                    rows.stream().mapToDouble(ForkTable.Row::wallMillis).sum()));
        }
    }

    /**
     * Reads it and changes nothing.
     *
     * @throws UsageException if there is no such run
     */
    static EarlierRun open(Path results, String run) throws UsageException, IOException, FormatException {
        Path path = results.resolve(run);
        List<String> needed = List.of(RunDirectory.ENVIRONMENT, RunDirectory.SAMPLES, RunDirectory.FORKS);
        if (!RunDirectory.isName(run) || !needed.stream().allMatch(file -> Files.isRegularFile(path.resolve(file)))) {
            throw new UsageException("there is no run '%s' in %s to go on with; it would have the files %s"
                    .formatted(run, results, String.join(", ", needed)));
        }
        return new EarlierRun(
                path,
                RunEnvironment.read(path.resolve(RunDirectory.ENVIRONMENT)),
                SampleCsv.readBegun(path.resolve(RunDirectory.SAMPLES)).samples(),
                ForkTable.read(path.resolve(RunDirectory.FORKS)));
    }

    /**
     * Compares with what is here now.
     *
     * @param machine of now, by name
     * @throws UsageException if something is not the same: what was measured before could not be compared with what comes
     */
    void refuseUnlessSame(Map<String, String> machine) throws UsageException {
        for (String name : SAME) {
            String then = noted(name);
            String now = machine.getOrDefault(name, "not noted");
            // Older runs do not know it.
            boolean isUnknown =
                    name.equals(Machine.HOST_ID) && !environment.machine().containsKey(name);
            if (!then.equals(now) && !isUnknown) {
                throw new UsageException(
                        "run '%s' was begun with another %s (%s then, %s now), so it cannot go on; start a new one"
                                .formatted(environment.run(), name, then, now));
            }
        }
    }

    /**
     * Compares the JDKs that cases are measured on, where a call names some.
     *
     * @param paths that were given now
     * @throws UsageException if it was begun with others
     */
    void refuseUnlessSameJdks(List<String> paths) throws UsageException {
        int before = CallWords.of(environment).jvms();
        if (before != paths.size()) {
            throw new UsageException("run '%s' was begun with %d paths after --jvm; give the same ones again"
                    .formatted(environment.run(), before));
        }
        String then = noted(Jvms.BUILDS);
        String now = Jvms.builds(paths);
        if (!paths.isEmpty() && !then.equals(now)) {
            throw new UsageException(
                    "run '%s' was begun with other JDKs after --jvm (%s then, %s now); give the same ones again"
                            .formatted(environment.run(), then, now));
        }
    }

    /**
     * Looks whether its plan has every case that it holds.
     *
     * @param planned keys of that plan, CPython's among them
     * @throws UsageException if not, with the first other case
     */
    void refuseUnlessPlanned(Set<CaseKey> planned) throws UsageException {
        for (Sample sample : samples) {
            if (!planned.contains(sample.key())) {
                throw new UsageException("run '%s' holds a case that its plan does not have: %s"
                        .formatted(environment.run(), sample.key().label()));
            }
        }
    }

    private String noted(String name) {
        return Optional.ofNullable(environment.machine().get(name)).orElse("not noted");
    }

    /**
     * The forks that have their row and all their iterations, of each case those from the first to before one that is not
     * whole: numbers go on from how many there are. A figure belongs to the fork that it was counted in.
     */
    WholeForks whole(Plan plan) {
        Map<CaseKey, PlannedCase> planned = new HashMap<>();
        plan.cases().forEach(one -> planned.put(one.key(), one));
        plan.cases().forEach(one -> one.keys().forEach(key -> planned.putIfAbsent(key, one)));
        record Fork(CaseKey key, int number) {}
        Map<Fork, List<Sample>> onDisk = new LinkedHashMap<>();
        List<Sample> others = new ArrayList<>();
        for (Sample sample : samples) {
            PlannedCase of = planned.get(sample.key());
            if (of == null) {
                others.add(sample);
            } else {
                onDisk.computeIfAbsent(new Fork(of.key(), sample.fork()), _ -> new ArrayList<>())
                        .add(sample);
            }
        }
        List<ForkTable.Row> rows = new ArrayList<>();
        List<Sample> kept = new ArrayList<>();
        Map<CaseKey, Integer> forks = new HashMap<>();
        int cutShort = 0;
        for (ForkTable.Row row : ended) {
            PlannedCase of = planned.get(row.key());
            List<Sample> found = onDisk.remove(new Fork(row.key(), row.fork()));
            int next = forks.getOrDefault(row.key(), 0) + 1;
            if (of != null && found != null && row.fork() == next && hasAllIterations(of, found)) {
                forks.put(row.key(), next);
                rows.add(row);
                kept.addAll(found);
            } else {
                cutShort++;
            }
        }
        return new WholeForks(rows, kept, others, cutShort + onDisk.size());
    }

    private static boolean hasAllIterations(PlannedCase planned, List<Sample> samples) {
        return !planned.hasScore()
                || samples.stream()
                                .filter(sample -> sample.phase() == Phase.MEASUREMENT
                                        && sample.key().equals(planned.key()))
                                .count()
                        >= planned.iterations();
    }

    /**
     * Makes both tables hold exactly the whole forks (and the samples that no fork took), and opens the directory.
     *
     * @param at when that is, in ISO 8601, UTC
     * @param found on the machine now, by name
     * @param load of the machine now, by name
     */
    RunDirectory reopen(WholeForks whole, String at, Map<String, String> found, Map<String, String> load)
            throws IOException {
        // Samples first: a row without samples is no fork, should this process be killed in between.
        List<Sample> kept = new ArrayList<>(whole.samples());
        kept.addAll(whole.others());
        SampleCsv.write(path.resolve(RunDirectory.SAMPLES), kept);
        ForkTable.write(path.resolve(RunDirectory.FORKS), whole.rows());
        return RunDirectory.reopen(path, environment.resumed(at, found, load));
    }
}
