package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final String[] CASES = {"a", "b", "c", "d", "e", "f"};

    private static Schedule all(long seed, int forks) {
        return new Schedule(Plans.plan(seed, forks, CASES), _ -> true);
    }

    @Test
    void everyRoundHoldsEveryCaseOnceAndNumbersItsForks() {
        Schedule schedule = all(1, 4);

        for (int round = 1; round <= 4; round++) {
            List<String> letters = new ArrayList<>();
            for (int i = 0; i < CASES.length; i++) {
                PlannedFork fork = schedule.next();
                assertThat(fork.number()).isEqualTo(round);
                letters.add(Plans.letter(fork));
            }
            assertThat(letters).containsExactlyInAnyOrder(CASES);
        }
        assertThat(schedule.hasNext()).isFalse();
        assertThatThrownBy(schedule::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void theOrderDiffersFromRoundToRound() {
        List<String> letters = Plans.letters(all(1, 10));

        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < letters.size(); i += CASES.length) {
            orders.add(letters.subList(i, i + CASES.length));
        }
        assertThat(orders).hasSizeGreaterThan(5);
    }

    @Test
    void everyCaseComesFirstInSomeRound() {
        List<String> letters = Plans.letters(all(3, 100));

        assertThat(IntStream.range(0, 100)
                        .mapToObj(round -> letters.get(round * CASES.length))
                        .distinct())
                .containsExactlyInAnyOrder(CASES);
    }

    @Test
    void theSeedAloneGivesTheOrder() {
        assertThat(Plans.letters(all(42, 5))).isEqualTo(Plans.letters(all(42, 5)));
        assertThat(Plans.letters(all(42, 5))).isNotEqualTo(Plans.letters(all(43, 5)));
    }

    @Test
    void aCaseThatClosesIsGoneAtOnceAndTheOthersKeepTheirOrder() {
        Set<String> closed = new HashSet<>();
        Schedule schedule = new Schedule(
                Plans.plan(42, 5, CASES),
                planned -> !closed.contains(planned.key().model()));
        List<String> letters = new ArrayList<>();
        // In the middle of the second round.
        while (letters.size() < 8) {
            letters.add(Plans.letter(schedule.next()));
        }
        closed.add("c");
        letters.addAll(Plans.letters(schedule));

        List<String> expected = Plans.letters(all(42, 5));
        List<String> rest = expected.subList(8, expected.size());
        assertThat(rest).contains("c");
        assertThat(letters.subList(8, letters.size()))
                .isEqualTo(rest.stream().filter(letter -> !letter.equals("c")).toList());
    }

    @Test
    void aPlanOfWhichAllIsClosedHasNoFork() {
        assertThat(new Schedule(Plans.plan(1, 3, CASES), _ -> false).hasNext()).isFalse();
    }

    @Test
    void casesOnSeveralJvmsAreInterleavedWithinEachRound() {
        List<TargetJvm> targets = Stream.of("-XX:+UseSerialGC", "-XX:+UseParallelGC")
                .map(flag -> new TargetJvm(Optional.empty(), List.of(flag)))
                .toList();
        List<PlannedCase> cases = Stream.of(CASES)
                .flatMap(letter -> targets.stream().map(target -> {
                    CaseKey key = Plans.planned(letter + target.flags()).key();
                    return Plans.planned(letter).on(target, key);
                }))
                .toList();
        Schedule schedule = new Schedule(new Plan("test", "smoke", 5, 20, cases), _ -> true);

        int changes = 0;
        for (int round = 0; round < 20; round++) {
            List<TargetJvm> order = IntStream.range(0, cases.size())
                    .mapToObj(_ -> schedule.next().planned().jvm())
                    .toList();
            assertThat(order)
                    .containsExactlyInAnyOrderElementsOf(
                            cases.stream().map(PlannedCase::jvm).toList());
            changes += (int) IntStream.range(1, order.size())
                    .filter(i -> !order.get(i).equals(order.get(i - 1)))
                    .count();
        }
        // By chance every second fork or so follows one of the other JVM; one JVM after the other would be one in a
        // round.
        assertThat(changes / 20.0).isBetween(4.5, 7.5);
    }
}
