package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.concurrencybench.comparison.CaseComparison;
import org.concurrencybench.comparison.Comparison;
import org.concurrencybench.comparison.FileComparison;
import org.concurrencybench.comparison.GateSettings;
import org.concurrencybench.comparison.Verdict;
import org.concurrencybench.report.ComparisonJson;
import org.concurrencybench.report.ComparisonPage;
import org.concurrencybench.report.ComparisonText;
import org.concurrencybench.report.WrittenReport;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.AtomicFile;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.MeasuredFile;
import org.concurrencybench.sample.MeasuredFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code compare}: what got slower? */
@Command(
        name = "compare",
        description =
                "Says which cases of CANDIDATE are slower or faster than those of BASELINE, and how sure that is.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CompareCommand implements Words {

    private static final List<String> FORMATS = List.of("text", "markdown", "json", "junit");
    private static final List<String> FAILURES = List.of("regressed", "undecided", "any-change");
    private static final String CHARTS = "comparison";

    private static final List<String> OF_VERDICTS = List.of("--format", "--output", "--fail-on", "--strict", "--name");
    private static final List<String> OF_SELF_TESTS =
            List.of("--same-code", "--slowed", "--slowdown", "--slow-only", "--resume");
    private static final List<String> OF_BUILDS = List.of("--build", "--jar");
    private static final List<String> OF_MEASURING = List.of(
            "--budget",
            "--include",
            "-p",
            "-wi",
            "-w",
            "-i",
            "-r",
            "--jvm",
            "--baseline-jvm",
            "--jvm-args",
            "--baseline-jvm-args",
            "--no-turns",
            "--seed");

    @Parameters(
            arity = "0..2",
            paramLabel = "BASELINE CANDIDATE",
            hideParamSyntax = true,
            description = "two of: a run, a samples CSV, a JMH JSON or CSV, a JMH jar, or git:REF; one jar or nothing"
                    + " for a self-test")
    private List<String> sides = List.of();

    @Option(
            names = "--self-test",
            description = "compares a JMH jar (or this program) with itself, as it is and with slowdowns put in")
    private boolean selfTest;

    @Option(names = "--threshold", paramLabel = "SHARE", description = "change that matters (default: 5%%)")
    private String threshold = "5%";

    @Option(
            names = "--confidence",
            paramLabel = "SHARE",
            description = "how surely no case at all gets a false alarm (default: 99%%)")
    private String confidence = "99%";

    @Option(names = "--format", paramLabel = "NAME", description = "text, markdown, json or junit (default: text)")
    private String format = "text";

    @Option(names = "--output", paramLabel = "FILE", description = "write the format there, and the text to stdout")
    private @Nullable Path output;

    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            description = "regressed, undecided (too) or any-change (too) (default: regressed)")
    private String failOn = "regressed";

    @Option(names = "--strict", description = "refuse to compare what was taken on different machines or JDKs")
    private boolean strict;

    @Option(names = "--name", paramLabel = "NAME", description = "name under charts/ (default: comparison)")
    private String name = CHARTS;

    @Mixin
    private final LiveCompare liveCompare = new LiveCompare();

    @Mixin
    private final SelfTests selfTests = new SelfTests();

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;
    private final Path root;

    CompareCommand(Console console, Path root) {
        this.console = console;
        this.root = root;
    }

    @Override
    public ExitCode run() throws UsageException, IOException, FormatException {
        check("format", format, FORMATS);
        check("--fail-on", failOn, FAILURES);
        if (!RunDirectory.isName(name)) {
            throw new UsageException("'%s' cannot be a directory's name here; say another with --name".formatted(name));
        }
        checkOutput();
        GateSettings settings = new GateSettings(
                Shares.between("--threshold", threshold, 0, "5%"),
                Shares.between("--confidence", confidence, 0.5, "99%"));
        if (selfTest) {
            if (sides.size() > 1) {
                throw new UsageException("a self-test compares one jar with itself, not %s with %s"
                        .formatted(sides.getFirst(), sides.getLast()));
            }
            refuse("a self-test prints its own table and has its own exit code", OF_VERDICTS);
            return selfTests.run(sides.isEmpty() ? null : sides.getFirst(), liveCompare, settings, console, root);
        }
        refuse("it is an option of --self-test", OF_SELF_TESTS);
        if (sides.size() != 2) {
            throw new UsageException("compare takes a BASELINE and a CANDIDATE (see compare --help)");
        }
        String baseline = sides.getFirst();
        String candidate = sides.getLast();
        boolean live = LiveCompare.isLive(baseline);
        if (live != LiveCompare.isLive(candidate)) {
            throw new UsageException(
                    "a jar or commit is measured live and a file is not; give two of a kind, not %s and %s"
                            .formatted(baseline, candidate));
        }
        if (live) {
            if (!LiveCompare.isCommit(baseline) && !LiveCompare.isCommit(candidate)) {
                refuse("jars are built already; it is for git:REF", OF_BUILDS);
            }
            if (strict && liveCompare.hasTwoJdks()) {
                throw new UsageException(
                        "--strict refuses two JDKs, and --baseline-jvm asks for them; leave one of the two out");
            }
            return liveCompare.run(baseline, candidate, settings, console, comparison -> {
                publish(comparison.noting(List.of(SelfTests.note(root))));
                return exitCode(comparison);
            });
        }
        refuse(
                "two files are compared as they are, all cases of them",
                Stream.concat(OF_MEASURING.stream(), OF_BUILDS.stream()).toList());
        return compareFiles(baseline, candidate, settings);
    }

    /** What would have no effect is not taken, because whoever gave it counts on one. */
    private void refuse(String reason, List<String> options) throws UsageException {
        ParseResult given =
                Objects.requireNonNull(spec, "parsed by picocli").commandLine().getParseResult();
        for (String option : options) {
            if (given.hasMatchedOption(option)) {
                throw new UsageException("%s cannot be given here: %s".formatted(option, reason));
            }
        }
    }

    /** Before anything is measured, so that nothing is lost for a file that cannot be written. */
    private void checkOutput() throws UsageException {
        if (output == null) {
            return;
        }
        Path directory = output.toAbsolutePath().getParent();
        if (Files.isDirectory(output) || directory == null) {
            throw new UsageException("--output: %s is a directory; name a file".formatted(output));
        }
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new UsageException(
                    "--output: there is no directory %s that can be written to; make it, or name another"
                            .formatted(directory));
        }
    }

    private ExitCode compareFiles(String baseline, String candidate, GateSettings settings)
            throws UsageException, IOException, FormatException {
        MeasuredFile before = MeasuredFiles.read(Sources.measurements(root, baseline));
        MeasuredFile after = MeasuredFiles.read(Sources.measurements(root, candidate));
        before.warnings().forEach(console::warn);
        after.warnings().forEach(console::warn);
        if (strict) {
            List<String> reasons = new ArrayList<>(FileComparison.differences(before, after));
            reasons.addAll(FileComparison.unknown(before, after));
            if (!reasons.isEmpty()) {
                throw new UsageException(
                        String.join("; ", reasons) + "; measure both on one machine, or leave out --strict");
            }
        }
        Comparison comparison = FileComparison.of(before, after, settings);
        publish(comparison);
        return exitCode(comparison);
    }

    private void publish(Comparison comparison) throws IOException {
        String rendered = render(comparison);
        console.out().print(output == null ? rendered : ComparisonText.table(comparison));
        if (output != null) {
            AtomicFile.write(output.toAbsolutePath(), out -> out.write(rendered.getBytes(StandardCharsets.UTF_8)));
        }
        if (!comparison.comparedAnything()) {
            console.error(nothingCompared(comparison));
        }
        try {
            WrittenReport written = ComparisonPage.write(root.resolve("charts").resolve(name), comparison);
            written.warnings().forEach(console::warn);
            console.err().println("page and chart: " + written.page());
        } catch (IOException e) {
            console.warn("no page, because it cannot be written: " + e.getMessage());
        }
    }

    private static String nothingCompared(Comparison comparison) {
        if (comparison.count(Verdict.FAILED) > 0) {
            return "every case that could have been compared failed, each for the reason in its row; mend that first";
        }
        if (comparison.count(Verdict.UNDECIDED) > 0) {
            return "no case was measured on both sides before the budget ended; take a longer --budget, fewer cases"
                    + " (--include, -p) or shorter iterations (-wi, -w, -i, -r)";
        }
        return "no case of %s could be compared with one of %s; are they of the same benchmarks?"
                .formatted(comparison.baseline(), comparison.candidate());
    }

    private String render(Comparison comparison) {
        return switch (format) {
            case "markdown" -> ComparisonText.markdown(comparison);
            case "json" -> ComparisonJson.of(comparison);
            case "junit" -> ComparisonText.junit(comparison, this::fails);
            default -> ComparisonText.table(comparison);
        };
    }

    private boolean fails(CaseComparison one) {
        return switch (one.verdict()) {
            case REGRESSED -> true;
            case IMPROVED -> failOn.equals("any-change");
            case UNDECIDED -> !failOn.equals("regressed");
            case FAILED, UNCHANGED, NOT_COMPARABLE, ONLY_IN_BASELINE, ONLY_IN_CANDIDATE -> false;
        };
    }

    private ExitCode exitCode(Comparison comparison) {
        if (!comparison.comparedAnything()) {
            return comparison.count(Verdict.FAILED) > 0 ? ExitCode.SOME_FAILED : ExitCode.NOTHING_MEASURED;
        }
        List<Verdict> failing = comparison.cases().stream()
                .filter(this::fails)
                .map(CaseComparison::verdict)
                .toList();
        if (failing.contains(Verdict.REGRESSED) || failing.contains(Verdict.IMPROVED)) {
            return ExitCode.REGRESSED;
        }
        if (comparison.count(Verdict.FAILED) > 0) {
            return ExitCode.SOME_FAILED;
        }
        // Where nothing at all was decided, nobody may say that nothing got slower.
        return failing.isEmpty() && comparison.decidedAnything() ? ExitCode.DONE : ExitCode.UNDECIDED;
    }

    private static void check(String what, String given, List<String> allowed) throws UsageException {
        if (!allowed.contains(given)) {
            throw Nearest.unknown(what, given, allowed);
        }
    }
}
