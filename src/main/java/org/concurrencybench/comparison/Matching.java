package org.concurrencybench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredCase.Identity;
import org.concurrencybench.sample.Params;

/**
 * Which cases of two sides are of the same thing, and what is to be said of the others.
 *
 * @param common the cases that both sides have
 * @param others a row for each of the rest
 */
record Matching(List<Both> common, List<CaseComparison> others) {

    /** A case as each side has it. */
    record Both(MeasuredCase baseline, MeasuredCase candidate) {}

    static Matching of(List<MeasuredCase> baseline, List<MeasuredCase> candidate) {
        Map<Identity, MeasuredCase> before = MeasuredCase.byIdentity(baseline);
        Map<Identity, MeasuredCase> after = MeasuredCase.byIdentity(candidate);
        List<Both> common = new ArrayList<>();
        List<CaseComparison> others = new ArrayList<>();
        before.forEach((identity, one) -> {
            MeasuredCase other = after.get(identity);
            if (other != null) {
                common.add(new Both(one, other));
                return;
            }
            List<Identity> instead = leftOver(after, before, identity.benchmark());
            others.add(
                    instead.isEmpty()
                            ? CaseComparison.unjudged(one, Verdict.ONLY_IN_BASELINE, "")
                            : CaseComparison.unjudged(one, Verdict.NOT_COMPARABLE, differs(identity, instead)));
        });
        after.forEach((identity, one) -> {
            // Where the baseline has others of this benchmark left over, their rows tell of this one.
            if (!before.containsKey(identity)
                    && leftOver(before, after, identity.benchmark()).isEmpty()) {
                others.add(CaseComparison.unjudged(one, Verdict.ONLY_IN_CANDIDATE, ""));
            }
        });
        return new Matching(common, others);
    }

    /** What is known of a case that was not measured. */
    static MeasuredCase unmeasured(String benchmark, Params params) {
        return new MeasuredCase(
                benchmark, params, "-", 1, "-", Direction.LOWER, new MeasuredCase.Scores.ByFork(List.of()));
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
                        others.stream().map(Matching::spelled).collect(Collectors.joining(" and ")));
    }

    private static String spelled(Identity identity) {
        String params = identity.params().asMap().isEmpty()
                ? "no parameters"
                : identity.params().toCell();
        return "%s in mode %s with %d thread%s"
                .formatted(params, identity.mode(), identity.threads(), identity.threads() == 1 ? "" : "s");
    }
}
