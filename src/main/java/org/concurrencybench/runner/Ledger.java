package org.concurrencybench.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;
import org.concurrencybench.statistics.StoppingRule;

/**
 * What has been measured of each case so far, and so which of them want more. A case is looked at after each of its forks
 * and closes by the {@link StoppingRule}: by the interval of its speed-up, or of its score where it is the reference or
 * has none. A reference that closed stays in use while it is what makes an open case's speed-up wide, and a case that is
 * wide again after the forks that its closing costs is open again.
 */
final class Ledger {

    private final StoppingRule rule;
    private final int rounds;
    private final Map<CaseKey, Account> accounts = new LinkedHashMap<>();

    Ledger(Plan plan) {
        rounds = plan.forks();
        // Only a budget buys forks beyond the rounds.
        int most = plan.budget().isPresent() ? rounds * RunDefaults.CAP_FACTOR : rounds;
        rule = new StoppingRule(plan.precision(), most);
        plan.cases().forEach(planned -> accounts.put(planned.key(), new Account(planned, rounds)));
    }

    /** One case's. */
    private static final class Account {

        private PlannedCase planned;
        private final List<List<Double>> forks = new ArrayList<>();
        /** Forks that it has in the end, but for one that is repeated. */
        private int last;

        private boolean decided;
        private boolean quiet;
        private boolean failed;
        private boolean repeated;

        Account(PlannedCase planned, int last) {
            this.planned = planned;
            this.last = last;
        }

        boolean isReference() {
            return planned.key().isReference();
        }

        /** Forks that it lacks. */
        int lacking() {
            return failed ? 0 : Math.max(0, last + (repeated ? 1 : 0) - forks.size());
        }
    }

    /** The case with the times that its pilot gave it. */
    PlannedCase current(CaseKey key) {
        return account(key).planned;
    }

    /** Whether it is a case of the plan, and no side figure. */
    boolean knows(CaseKey key) {
        return accounts.containsKey(key);
    }

    int forks(CaseKey key) {
        return account(key).forks.size();
    }

    int totalForks() {
        return accounts.values().stream().mapToInt(one -> one.forks.size()).sum();
    }

    /** Whether every case that can be measured has as many forks as any needs. */
    boolean allHaveFewest() {
        return accounts.values().stream().allMatch(one -> one.failed || one.forks.size() >= StoppingRule.FEWEST);
    }

    /** Forks that are still wanted at most, failed cases' left out. */
    int wanted() {
        return accounts.values().stream().mapToInt(Account::lacking).sum();
    }

    void failed(CaseKey key) {
        account(key).failed = true;
    }

    /** Takes a fork's samples; those of side figures do not count here. */
    void measured(CaseKey key, List<Sample> samples) {
        Account account = account(key);
        List<Double> iterations = samples.stream()
                .filter(sample ->
                        sample.phase() == Phase.MEASUREMENT && sample.key().equals(key))
                .map(Sample::score)
                .toList();
        if (iterations.isEmpty()) {
            // Asking again would bring the same.
            account.failed = true;
            return;
        }
        account.forks.add(iterations);
        if (account.forks.size() == 1) {
            account.planned = Pilot.timed(account.planned, samples);
        }
        look(account);
        if (account.isReference()) {
            of(key.group()).filter(other -> other != account).forEach(this::look);
        }
    }

    /** Not while it lacks forks that its closing costs: those are to owe nothing to what they show. */
    private void look(Account account) {
        int forks = account.forks.size();
        if (forks == 0 || (account.decided && account.lacking() > 0)) {
            return;
        }
        Estimate interval = interval(account);
        boolean precise = rule.isPrecise(interval, forks);
        if (precise && !account.decided) {
            account.quiet = rule.isQuiet(interval, forks);
            account.last = rule.last(interval, forks);
        } else if (!precise && account.decided) {
            account.quiet = false;
            account.last = Math.max(account.last, rounds);
        }
        account.decided = precise;
    }

    /** Grants one more fork to a case of which one was taken under other conditions; once. */
    void repeat(CaseKey key) {
        Account account = account(key);
        if (!account.repeated) {
            account.repeated = true;
            account.last = Math.max(account.last, account.forks.size());
        }
    }

    /** Whether a round should measure it. */
    boolean isOpen(CaseKey key) {
        Account account = account(key);
        return (account.lacking() > 0 && !account.quiet) || (account.isReference() && holdsOthersUp(account));
    }

    /**
     * The cases whose last fork is to be taken late: those that were quiet at the first look, which saw the run's first
     * minutes only.
     */
    List<CaseKey> late() {
        return accounts.values().stream()
                .filter(account -> account.quiet && account.lacking() > 0)
                .map(account -> account.planned.key())
                .toList();
    }

    private boolean holdsOthersUp(Account reference) {
        return !reference.failed
                && reference.forks.size() >= StoppingRule.FEWEST
                && reference.forks.size() < rounds
                && of(reference.planned.key().group())
                        .anyMatch(other -> other != reference
                                && !other.decided
                                && other.forks.size() >= StoppingRule.FEWEST
                                && other.lacking() > 0
                                && leansOn(other, reference));
    }

    /** Whether the reference's own spread is the larger part of the speed-up's. */
    private static boolean leansOn(Account account, Account reference) {
        ForkScores own = ForkScores.ofIterations(account.forks);
        ForkScores theirs = ForkScores.ofIterations(reference.forks);
        return own.allPositive() && theirs.allPositive() && theirs.variance() > own.variance();
    }

    /**
     * The case to spend what is left on: that with the widest interval that is not precise yet, or its reference where that
     * is what makes it wide. No case gets more than {@value RunDefaults#CAP_FACTOR} times the forks of the rounds.
     */
    Optional<PlannedCase> widest() {
        return accounts.values().stream()
                .filter(one -> !one.failed && !one.decided && one.forks.size() >= StoppingRule.FEWEST)
                .map(one -> Map.entry(one, interval(one).relativeHalfWidth()))
                .filter(entry -> entry.getValue() > rule.precision())
                .sorted(Map.Entry.<Account, Double>comparingByValue(Comparator.reverseOrder()))
                .map(entry -> reference(entry.getKey())
                        .filter(reference -> !reference.failed && leansOn(entry.getKey(), reference))
                        .orElse(entry.getKey()))
                .filter(one -> one.forks.size() < rule.most())
                .map(one -> one.planned)
                .findFirst();
    }

    /** Cases whose interval is wider than asked for. */
    long imprecise() {
        return accounts.values().stream()
                .filter(one -> !one.failed)
                .filter(one -> one.forks.isEmpty() || interval(one).relativeHalfWidth() > rule.precision())
                .count();
    }

    private Estimate interval(Account account) {
        ForkScores own = ForkScores.ofIterations(account.forks);
        return reference(account)
                .filter(reference -> !reference.forks.isEmpty())
                .map(reference -> ForkScores.ofIterations(reference.forks))
                .filter(reference -> own.allPositive() && reference.allPositive())
                .map(reference -> reference.ratioTo(own, Estimate.DEFAULT_CONFIDENCE))
                .orElseGet(() -> own.score(Estimate.DEFAULT_CONFIDENCE));
    }

    private Optional<Account> reference(Account account) {
        return account.isReference()
                ? Optional.empty()
                : of(account.planned.key().group()).filter(Account::isReference).findFirst();
    }

    private Stream<Account> of(CaseKey.Group group) {
        return accounts.values().stream()
                .filter(one -> one.planned.key().group().equals(group));
    }

    private Account account(CaseKey key) {
        return Objects.requireNonNull(accounts.get(key), "a case that nobody planned");
    }
}
