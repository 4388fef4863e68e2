package org.concurrencybench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredCase.Identity;
import org.concurrencybench.sample.MeasuredFile;
import org.concurrencybench.statistics.ChangeRule;

/** Compares two files that were measured some time, somewhere: case by case, as they are. */
public final class FileComparison {

    private final GateSettings settings;
    private final Map<Identity, MeasuredCase> before;
    private final Map<Identity, MeasuredCase> after;

    private FileComparison(GateSettings settings, List<MeasuredCase> before, List<MeasuredCase> after) {
        this.settings = settings;
        this.before = MeasuredCase.byIdentity(before);
        this.after = MeasuredCase.byIdentity(after);
    }

    /**
     * Compares.
     *
     * @param baseline the one side
     * @param candidate the other
     */
    public static Comparison of(MeasuredFile baseline, MeasuredFile candidate, GateSettings settings) {
        List<CaseComparison> cases = new FileComparison(settings, baseline.cases(), candidate.cases()).compare();
        return new Comparison(
                baseline.file().toString(),
                candidate.file().toString(),
                settings,
                differences(baseline, candidate),
                notes(cases),
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

    private static List<String> notes(List<CaseComparison> cases) {
        return cases.stream().anyMatch(CaseComparison::pooled)
                ? List.of("pooled: judged by score and error, which count every iteration as if it were a fork; where "
                        + "forks differ that is too sure of itself, so keep JMH's JSON, which has the forks")
                : List.of();
    }

    private List<CaseComparison> compare() {
        List<Sides> common = new ArrayList<>();
        before.forEach((identity, one) -> {
            MeasuredCase other = after.get(identity);
            if (other != null) {
                common.add(Sides.of(one, other));
            }
        });
        ChangeRule rule = ChangeRule.once(settings.threshold(), settings.confidence(), Math.max(1, common.size()));
        List<CaseComparison> cases = new ArrayList<>();
        common.forEach(sides -> cases.add(sides.judge(rule)));
        before.forEach((identity, one) -> {
            List<Identity> others = leftOver(after, before, identity.benchmark());
            if (after.containsKey(identity)) {
                return;
            }
            cases.add(
                    others.isEmpty()
                            ? CaseComparison.unjudged(one, Verdict.ONLY_IN_BASELINE, "")
                            : CaseComparison.unjudged(one, Verdict.NOT_COMPARABLE, differs(identity, others)));
        });
        after.forEach((identity, one) -> {
            // Where the baseline has others of this benchmark left over, their rows tell of this one.
            if (!before.containsKey(identity)
                    && leftOver(before, after, identity.benchmark()).isEmpty()) {
                cases.add(CaseComparison.unjudged(one, Verdict.ONLY_IN_CANDIDATE, ""));
            }
        });
        return cases;
    }

    /** Cases of a benchmark that only {@code here} has: a benchmark that both sides have like that was changed. */
    private static List<Identity> leftOver(
            Map<Identity, MeasuredCase> here, Map<Identity, MeasuredCase> there, String benchmark) {
        return here.keySet().stream()
                .filter(identity -> identity.benchmark().equals(benchmark) && !there.containsKey(identity))
                .toList();
    }

    private static String differs(Identity identity, List<Identity> others) {
        return "the baseline has %s, the candidate has %s"
                .formatted(
                        spelled(identity),
                        others.stream().map(FileComparison::spelled).collect(Collectors.joining(" and ")));
    }

    private static String spelled(Identity identity) {
        String params = identity.params().asMap().isEmpty()
                ? "no parameters"
                : identity.params().toCell();
        return "%s in mode %s with %d thread%s"
                .formatted(params, identity.mode(), identity.threads(), identity.threads() == 1 ? "" : "s");
    }
}
