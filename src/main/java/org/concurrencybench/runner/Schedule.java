package org.concurrencybench.runner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The order of forks: rounds, each of them every open case once, in a fresh random order. Whatever the machine does in
 * some minute then falls on cases by chance and not on one of them.
 */
final class Schedule implements Iterator<PlannedFork> {

    private final Plan plan;
    private final Predicate<PlannedCase> open;
    private final Random random;
    private final List<PlannedCase> round = new ArrayList<>();
    private int roundNumber;

    /**
     * Begins with the first round.
     *
     * @param plan its seed gives the order
     * @param open asked before each fork, so that a case can close in the middle of a round
     */
    Schedule(Plan plan, Predicate<PlannedCase> open) {
        this.plan = plan;
        this.open = open;
        this.random = new Random(plan.seed());
    }

    @Override
    public boolean hasNext() {
        round.removeIf(planned -> !open.test(planned));
        while (round.isEmpty() && roundNumber < plan.forks()) {
            roundNumber++;
            // All cases are shuffled, closed ones too: what closes then never changes the order of the others.
            round.addAll(plan.cases());
            Collections.shuffle(round, random);
            round.removeIf(planned -> !open.test(planned));
        }
        return !round.isEmpty();
    }

    @Override
    public PlannedFork next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return new PlannedFork(round.removeFirst(), roundNumber);
    }
}
