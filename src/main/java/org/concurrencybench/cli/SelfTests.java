package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.concurrencybench.comparison.GateSettings;
import org.concurrencybench.comparison.LiveException;
import org.concurrencybench.comparison.LivePlan;
import org.concurrencybench.comparison.LiveSide;
import org.concurrencybench.comparison.SelfTest;
import org.concurrencybench.comparison.SelfTestRecord;
import org.concurrencybench.comparison.SelfTestTrial;
import org.concurrencybench.report.SelfTestText;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.runner.MachineLock;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.MeasuredFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The part of {@code compare} that puts the gate itself on trial, and what it leaves for later comparisons. */
final class SelfTests {

    private static final String NONE = "none";

    /** A slowdown of so many thresholds is one that a gate has to find. */
    private static final double CLEAR_THRESHOLDS = 2;

    /** What is compared where no jar is named: the main workloads, serial and in platform threads. */
    private static final List<String> OWN_CASES = List.of("\\.(SquareCube|SumOfSquares|BankBalance)Benchmark\\.run$");

    private static final List<String> OWN_PARAMS = List.of("model=SERIAL,PLATFORM_THREADS");

    @Option(
            names = "--same-code",
            paramLabel = "N",
            description = "self-test: comparisons of the same code (default: 3)")
    private int sameCode = 3;

    @Option(names = "--slowed", paramLabel = "N", description = "self-test: comparisons of each slowdown (default: 3)")
    private int slowed = 3;

    @Option(
            names = "--slowdown",
            paramLabel = "SHARE",
            split = ",",
            description = "self-test: sizes of slowdowns that are put in, or none (default: 10%%,20%%)")
    private List<String> slowdowns = List.of("10%", "20%");

    @Option(
            names = "--slow-only",
            paramLabel = "REGEX",
            description = "self-test: cases that are slowed, by JMH's id: name-Mode-parameter-value (default: all)")
    private String slowOnly = "";

    @Option(names = "--resume", description = "self-test: go on with the one that is kept, if it is of the same")
    private boolean resume;

    /** What is said of a comparison on this machine. */
    static String note(Path root) {
        Path file = file(root);
        if (!Files.isRegularFile(file)) {
            return "no self-test of this machine is kept here; compare --self-test takes one";
        }
        try {
            SelfTestRecord record = SelfTestRecord.read(file);
            return record.machine().equals(machine(new Machine().describe(root)))
                    ? SelfTestText.note(record)
                    : "the self-test kept here is of another machine; compare --self-test takes one of this";
        } catch (IOException | FormatException e) {
            return "the self-test kept here cannot be read: " + e.getMessage();
        }
    }

    private static Path file(Path root) {
        return root.resolve("results").resolve("self-test.json");
    }

    private static String machine(Map<String, String> described) {
        return MeasuredFiles.machine(described).orElse("unknown");
    }

    /**
     * Measures what is left of it, and says what came of it.
     *
     * @param jar to be compared with itself; null for this program
     */
    ExitCode run(@Nullable String jar, LiveCompare live, GateSettings settings, Console console, Path root)
            throws UsageException, IOException, FormatException {
        Map<Double, Integer> wanted = wanted();
        boolean own = jar == null;
        LivePlan plan = live.plan(own ? OWN_CASES : List.of(), own ? OWN_PARAMS : List.of());
        Path scratch = Files.createTempDirectory("self-test");
        try (Interruption interruption = new Interruption()) {
            LiveSide side = live.sideOf(jar);
            SelfTestRecord record = begin(jar, live, plan, settings, root);
            long left = left(record, wanted);
            console.err()
                    .printf(
                            "self-test: %d comparisons of at most %d s each%s%n",
                            left,
                            plan.budget().toSeconds(),
                            record.trials().isEmpty()
                                    ? ""
                                    : ", beside %d kept"
                                            .formatted(record.trials().size()));
            try (MachineLock _ = Exclusive.machine()) {
                SelfTest test =
                        new SelfTest(side, plan, settings, scratch, interruption::requested, console.err()::println);
                record = measure(test, record, wanted, interruption, console, file(root));
            }
            console.out().print(SelfTestText.table(record));
            return interruption.requested() ? ExitCode.INTERRUPTED : exitCode(record, console);
        } catch (LiveException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        } finally {
            LiveCompare.delete(scratch);
        }
    }

    private SelfTestRecord measure(
            SelfTest test,
            SelfTestRecord kept,
            Map<Double, Integer> wanted,
            Interruption interruption,
            Console console,
            Path file)
            throws LiveException, IOException, InterruptedException {
        SelfTestRecord record = kept;
        Optional<Double> next = next(record, wanted);
        while (next.isPresent() && !interruption.requested()) {
            SelfTestTrial trial =
                    test.compare(next.get(), slowOnly, record.trials().size());
            if (interruption.requested()) {
                // Stopped in the middle: what it lacks is no fault of the gate.
                return record;
            }
            if (record.trials().isEmpty()) {
                keep(file, console);
            }
            record = record.with(
                    trial, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            Files.createDirectories(file.toAbsolutePath().getParent());
            record.write(file);
            console.err().println(SelfTestText.progress(trial));
            next = next(record, wanted);
        }
        return record;
    }

    /** Puts the record of an earlier self-test, which may have taken hours, beside the one that is begun. */
    private static void keep(Path file, Console console) throws IOException {
        if (Files.isRegularFile(file)) {
            Instant written = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
            Path kept = file.resolveSibling(
                    "self-test-%s.json".formatted(written.toString().replace(":", "")));
            Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
            console.err().println("the self-test that was kept here stands in " + kept);
        }
    }

    private static long left(SelfTestRecord record, Map<Double, Integer> wanted) {
        return wanted.entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - record.count(entry.getKey())))
                .sum();
    }

    /** The kind of which the smallest part is done, so that whoever stops early has some of each. */
    private static Optional<Double> next(SelfTestRecord record, Map<Double, Integer> wanted) {
        return wanted.entrySet().stream()
                .filter(entry -> record.count(entry.getKey()) < entry.getValue())
                .min(Comparator.comparingDouble(entry -> (double) record.count(entry.getKey()) / entry.getValue()))
                .map(Map.Entry::getKey);
    }

    private SelfTestRecord begin(
            @Nullable String jar, LiveCompare live, LivePlan plan, GateSettings settings, Path root)
            throws IOException, FormatException, UsageException {
        Map<String, String> described = new Machine().describe(root);
        List<String> subject = new ArrayList<>();
        subject.add(jar == null ? "this program" : Path.of(jar).getFileName().toString());
        subject.add(
                jar == null
                        ? described.getOrDefault("jar", "from classes")
                        : "SHA-256 " + Machine.fingerprint(Path.of(jar)));
        plan.include().forEach(one -> subject.add("--include " + one));
        plan.params().forEach(one -> subject.add("-p " + one));
        subject.addAll(live.flagWords());
        if (!slowOnly.isEmpty()) {
            subject.add("--slow-only " + slowOnly);
        }
        SelfTestRecord fresh = new SelfTestRecord(
                SelfTestRecord.SCHEMA,
                machine(described),
                described.getOrDefault("vm", "unknown"),
                String.join(", ", subject),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                settings.threshold(),
                settings.confidence(),
                plan.budget().toSeconds(),
                List.of());
        Path file = file(root);
        if (!resume) {
            return fresh;
        }
        if (!Files.isRegularFile(file)) {
            throw new UsageException("--resume: there is no %s to go on with; leave it out".formatted(file));
        }
        SelfTestRecord kept = SelfTestRecord.read(file);
        if (!kept.isOfTheSame(fresh)) {
            throw new UsageException(
                    "--resume: %s is of another jar, machine, JDK, budget or choice of cases; leave --resume out to begin anew"
                            .formatted(file));
        }
        return kept;
    }

    /** How many comparisons of each size, in the order of size. */
    private Map<Double, Integer> wanted() throws UsageException {
        try {
            Pattern.compile(slowOnly);
        } catch (PatternSyntaxException e) {
            throw new UsageException(
                    "--slow-only '%s' is no regular expression: %s".formatted(slowOnly, e.getDescription()));
        }
        Map<Double, Integer> wanted = new TreeMap<>();
        wanted.put(0.0, sameCode);
        if (!slowdowns.equals(List.of(NONE))) {
            for (String size : slowdowns) {
                wanted.put(Shares.between("--slowdown", size, 0, "10%"), slowed);
            }
        }
        if (wanted.values().stream().anyMatch(number -> number < 0)
                || wanted.values().stream().allMatch(number -> number == 0)) {
            throw new UsageException("a self-test of no comparison: say how many with --same-code and --slowed");
        }
        return wanted;
    }

    private static ExitCode exitCode(SelfTestRecord record, Console console) {
        if (record.trials().stream().noneMatch(SelfTestTrial::judgedAnything)) {
            console.error(
                    "no case was measured on both sides before the budget ended, so nothing was put on trial; take a "
                            + "longer --budget, fewer cases (--include, -p) or shorter iterations (-wi, -w, -i, -r)");
            return ExitCode.NOTHING_MEASURED;
        }
        List<String> wrong = new ArrayList<>();
        if (record.falseAlarms() + record.falseAlarmsBeside() > 0) {
            wrong.add("it gave a false alarm");
        }
        for (SelfTestRecord.Detection size : record.detections()) {
            if (size.slowdown() > record.threshold() && size.saidUnchanged() > 0) {
                wrong.add("it called a slowdown of %.3g %% unchanged".formatted(100 * size.slowdown()));
            }
        }
        record.detections().stream()
                .filter(size -> size.slowdown() >= CLEAR_THRESHOLDS * record.threshold())
                .reduce((_, largest) -> largest)
                .filter(largest -> largest.found() < largest.of())
                .ifPresent(largest -> wrong.add("it did not find every slowdown of %.3g %% within its budget"
                        .formatted(100 * largest.slowdown())));
        if (!wrong.isEmpty()) {
            console.error("this gate is not to be trusted here as it is called: %s; a longer --budget or a larger "
                            .formatted(String.join(" and ", wrong))
                    + "--threshold may change that");
            return ExitCode.REGRESSED;
        }
        return record.failures() + record.notSlowed() > 0 ? ExitCode.SOME_FAILED : ExitCode.DONE;
    }
}
