package org.concurrencybench.runner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;

/** Plans and environments for tests; a case is known by one letter, which is its model. */
final class Plans {

    private Plans() {}

    static PlannedCase planned(String letter) {
        CaseKey key = new CaseKey("bench.run", "work", "cpu-bound", letter, Params.of(Map.of("parallelism", "1")));
        return new PlannedCase(key, Map.of(), OptionalDouble.empty(), 1, 1, 1, 1, List.of());
    }

    static Plan plan(long seed, int forks, String... letters) {
        return new Plan(
                "test",
                "smoke",
                seed,
                forks,
                Stream.of(letters).map(Plans::planned).toList());
    }

    static List<Sample> samples(PlannedFork fork) {
        return Arrays.stream(Phase.values())
                .map(phase -> sample(fork, phase, fork.number()))
                .toList();
    }

    /** The one iteration of a fork. */
    static Sample measured(PlannedFork fork, double score) {
        return sample(fork, Phase.MEASUREMENT, score);
    }

    private static Sample sample(PlannedFork fork, Phase phase, double score) {
        return new Sample(
                fork.planned().key(),
                fork.number(),
                1,
                phase,
                score,
                "ms/op",
                Direction.LOWER,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    static String letter(PlannedFork fork) {
        return fork.planned().key().model();
    }

    /** The letters of all forks that are left, in their order. */
    static List<String> letters(Schedule schedule) {
        List<String> letters = new ArrayList<>();
        schedule.forEachRemaining(fork -> letters.add(letter(fork)));
        return letters;
    }

    static RunEnvironment environment(String run) {
        return new RunEnvironment(
                run,
                "smoke",
                7,
                3,
                "2026-01-02T03:04:05Z",
                "",
                2,
                Map.of("processor", "Größe ✓ \"quoted\" \\ 3 GHz"),
                Map.of("steal", "unknown"),
                Map.of(),
                List.of());
    }
}
