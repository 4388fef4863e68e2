package org.concurrencybench.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredFile;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.statistics.ChangeRule;

/** Compares two files that were measured some time, somewhere: case by case, as they are. */
public final class FileComparison {

    private FileComparison() {}

    /**
     * Compares.
     *
     * @param baseline the one side
     * @param candidate the other
     */
    public static Comparison of(MeasuredFile baseline, MeasuredFile candidate, GateSettings settings) {
        List<CaseComparison> cases = compare(baseline, candidate, settings);
        List<String> notes = new ArrayList<>(unknown(baseline, candidate));
        notes.addAll(notes(cases));
        return new Comparison(
                baseline.file().toString(),
                candidate.file().toString(),
                settings,
                differences(baseline, candidate),
                notes,
                cases);
    }

    /** Why the two sides may differ without any change of the code, one line each. */
    public static List<String> differences(MeasuredFile baseline, MeasuredFile candidate) {
        List<String> differences = new ArrayList<>();
        addDifference(differences, "machines", baseline.machine(), candidate.machine());
        addDifference(differences, "JDKs", baseline.jvm(), candidate.jvm());
        return differences;
    }

    private static void addDifference(
            List<String> differences, String what, Optional<String> before, Optional<String> after) {
        if (before.isPresent() && after.isPresent() && !before.equals(after)) {
            differences.add("the sides were taken on different %s: baseline on %s, candidate on %s"
                    .formatted(what, before.get(), after.get()));
        }
    }

    /** What nobody can say of the two sides, one line each: whether they differ without any change of the code. */
    public static List<String> unknown(MeasuredFile baseline, MeasuredFile candidate) {
        List<String> unknown = new ArrayList<>();
        addUnknown(unknown, "machine", baseline.machine(), candidate.machine());
        addUnknown(unknown, "JDK", baseline.jvm(), candidate.jvm());
        return unknown;
    }

    private static void addUnknown(List<String> unknown, String what, Optional<String> before, Optional<String> after) {
        if (before.isEmpty() || after.isEmpty()) {
            String side = before.isPresent() ? "the candidate" : after.isPresent() ? "the baseline" : "both sides";
            unknown.add("the %s of %s is not known".formatted(what, side));
        }
    }

    private static List<String> notes(List<CaseComparison> cases) {
        return cases.stream().anyMatch(CaseComparison::pooled)
                ? List.of("pooled: judged by score and error, which count every iteration as if it were a fork; where "
                        + "forks differ that is too sure of itself, so keep JMH's JSON, which has the forks")
                : List.of();
    }

    private static List<CaseComparison> compare(MeasuredFile baseline, MeasuredFile candidate, GateSettings settings) {
        Matching matching = Matching.of(baseline.cases(), candidate.cases());
        Map<String, CaseComparison> failed = failed(baseline, candidate);
        ChangeRule rule = ChangeRule.once(
                settings.threshold(),
                settings.confidence(),
                Math.max(1, matching.common().size()));
        List<CaseComparison> cases = new ArrayList<>();
        matching.common()
                .forEach(both ->
                        cases.add(Sides.of(both.baseline(), both.candidate()).judge(rule)));
        cases.addAll(matching.others());
        // Forks that were measured before one failed prove nothing of the case.
        cases.removeIf(one -> failed.containsKey(one.label()));
        cases.addAll(failed.values());
        return cases;
    }

    /** By benchmark and parameters, the cases that failed while one side was measured, or the other. */
    private static Map<String, CaseComparison> failed(MeasuredFile baseline, MeasuredFile candidate) {
        Map<String, CaseComparison> failed = new LinkedHashMap<>();
        addFailed(failed, "baseline", baseline);
        addFailed(failed, "candidate", candidate);
        return failed;
    }

    private static void addFailed(Map<String, CaseComparison> failed, String side, MeasuredFile file) {
        for (FailedCase one : file.failed()) {
            MeasuredCase named = Matching.unmeasured(one.key().benchmark(), MeasuredFiles.params(one.key()));
            String reason = "it failed in the %s: %s".formatted(side, one.reason());
            failed.merge(
                    named.label(),
                    CaseComparison.unjudged(named, Verdict.FAILED, reason),
                    (first, second) -> first.with(Verdict.FAILED, first.note() + "; " + second.note()));
        }
    }
}
