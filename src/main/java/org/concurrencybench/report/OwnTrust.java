package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;

/**
 * Which cases of a user's code can be believed. One that failed cannot, whatever its forks before that measured. Of a model that
 * once gave a wrong answer none can, at any parallelism, in any size and on any JVM: the others were right by luck. Where one
 * thread was wrong, nothing is left to compare with.
 *
 * @param kept cases that can be believed
 * @param failures those that failed, and those that are left out for what others did
 */
public record OwnTrust(List<CaseSummary> kept, List<FailedCase> failures) {

    /** Copies the lists. */
    public OwnTrust {
        kept = List.copyOf(kept);
        failures = List.copyOf(failures);
    }

    /** Parts a run's cases. */
    public static OwnTrust of(List<CaseSummary> summaries, List<FailedCase> failures) {
        List<CaseSummary> kept = new ArrayList<>();
        List<FailedCase> all = new ArrayList<>(failures);
        for (CaseSummary summary : summaries) {
            CaseKey key = summary.key();
            if (failures.stream().anyMatch(failed -> failed.key().equals(key))) {
                continue;
            }
            Optional<FailedCase> wrong = failures.stream()
                    .filter(failed -> failed.isWrongAnswer() && discredits(failed.key(), key))
                    .findFirst();
            wrong.ifPresentOrElse(
                    failed -> all.add(new FailedCase(
                            key,
                            failed.fork(),
                            "left out: no answer of this case was wrong, but one of %s with %d units was"
                                    .formatted(failed.key().model(), OwnCases.units(failed.key())))),
                    () -> kept.add(summary));
        }
        return new OwnTrust(kept, all);
    }

    /** All of the cases; those that cannot be believed without a speed-up, which their note explains. */
    public static List<CaseSummary> noted(List<CaseSummary> summaries, List<FailedCase> failures) {
        OwnTrust trust = of(summaries, failures);
        return summaries.stream()
                .map(summary -> trust.failures.stream()
                        .filter(failed -> failed.key().equals(summary.key()))
                        .findFirst()
                        .map(failed -> summary.withoutSpeedup(failed.reason()))
                        .orElse(summary))
                .toList();
    }

    private static boolean discredits(CaseKey wrong, CaseKey other) {
        boolean isModel = wrong.model().equals(other.model()) || wrong.isReference();
        return isModel
                && OwnSetting.of(wrong).onAnyJvm().equals(OwnSetting.of(other).onAnyJvm());
    }
}
