package org.concurrencybench.runner;

import java.util.Comparator;
import java.util.Optional;
import org.concurrencybench.sample.CaseKey;

/**
 * Which fork is next. First come the rounds; then forks that were granted beyond them, and those that cases were promised
 * for later; what is left of a budget goes, fork by fork, to the widest interval. Where the end of the budget is near, the
 * promised ones come before everything else, but for cases that have not yet the least number of forks.
 */
final class Agenda {

    private final Plan plan;
    private final Ledger ledger;
    private final Schedule schedule;

    Agenda(Plan plan, Ledger ledger) {
        this.plan = plan;
        this.ledger = ledger;
        this.schedule = new Schedule(plan, planned -> ledger.isOpen(planned.key()));
    }

    /** The next fork, its case with the times that its pilot gave it; empty when nothing is left to do. */
    Optional<PlannedFork> next(boolean endIsNear) {
        return (endIsNear && ledger.allHaveFewest() ? late() : Optional.<CaseKey>empty())
                .or(this::inRounds)
                .or(this::granted)
                .or(() -> plan.budget().flatMap(_ -> ledger.widest()).map(PlannedCase::key))
                .or(this::late)
                .map(key -> new PlannedFork(ledger.current(key), ledger.forks(key) + 1));
    }

    private Optional<CaseKey> inRounds() {
        while (schedule.hasNext()) {
            PlannedFork turn = schedule.next();
            CaseKey key = turn.planned().key();
            // An earlier process may have had this turn.
            if (turn.number() > ledger.forks(key)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** In turns, where several cases have some. */
    private Optional<CaseKey> granted() {
        return plan.cases().stream()
                .map(PlannedCase::key)
                .filter(ledger::isOpen)
                .min(Comparator.comparingInt(ledger::forks));
    }

    private Optional<CaseKey> late() {
        return ledger.late().stream().findFirst();
    }
}
