package org.concurrencybench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;

/**
 * The cases of a user's code: the whole batch under every model, and smaller batches under those that hand it to processes.
 *
 * @param whole cases of the whole batch
 * @param all those of every size
 */
record OwnCases(List<CaseSummary> whole, List<CaseSummary> all) {

    /** What a function's workload is called in files. */
    static final String FUNCTION = "own-function";

    /** How many tasks a batch of a function has. */
    static final String CALLS = "calls";

    static OwnCases of(List<CaseSummary> cases) {
        int most = cases.stream().mapToInt(OwnCases::calls).max().orElse(0);
        return new OwnCases(cases.stream().filter(one -> calls(one) == most).toList(), List.copyOf(cases));
    }

    /** One thread, all of the batch. */
    Optional<CaseSummary> serial() {
        return whole.stream().filter(one -> one.key().isReference()).findFirst();
    }

    /** Everything that can be compared with it. */
    List<CaseSummary> rivals() {
        return whole.stream()
                .filter(one -> !one.key().isReference() && one.speedup().isPresent())
                .toList();
    }

    /** A model at its least parallelism, by growing size. */
    List<CaseSummary> bySize(String model) {
        List<CaseSummary> ofModel = all.stream()
                .filter(one -> one.key().model().equals(model) && one.speedup().isPresent())
                .toList();
        return ofModel.stream()
                .filter(one -> ofModel.stream()
                        .filter(other -> calls(other) == calls(one))
                        .allMatch(other -> units(other) >= units(one)))
                .sorted(Comparator.comparingInt(OwnCases::calls))
                .toList();
    }

    /** Tasks of a function's case; 0 for a workload, which does not say. */
    static int calls(CaseSummary one) {
        return one.key().workload().equals(FUNCTION) ? number(one.key(), CALLS) : 0;
    }

    static int units(CaseSummary one) {
        return units(one.key());
    }

    static int units(CaseKey key) {
        return number(key, CaseKey.PARALLELISM);
    }

    private static int number(CaseKey key, String name) {
        return key.params()
                .get(name)
                .filter(value -> value.matches("[0-9]{1,8}"))
                .map(Integer::valueOf)
                .orElse(0);
    }
}
