package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.concurrencybench.sample.Summaries;
import org.concurrencybench.statistics.Estimate;

/** The sentences of an {@link Answer}. */
final class AnswerText {

    /** A lead below this share is none that anybody should choose by. */
    static final double NO_MATTER = 0.02;

    /** Settings whose numbers stand side by side; more of them are a range. */
    static final int MOST_NAMED = 3;

    private AnswerText() {}

    /** {@code CPU-bound work: }. */
    static String work(String kind) {
        return (kind.startsWith("cpu")
                        ? "CPU" + kind.substring(3)
                        : kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1))
                + " work: ";
    }

    /** Who wins, by how much and before whom; or who cannot be told apart. */
    static String standing(Contest contest) {
        Answer.Candidate best = contest.best().candidate();
        List<Answer.Candidate> rivals =
                contest.rivals().stream().map(Contest.Entry::candidate).toList();
        if (!rivals.isEmpty()) {
            return undecided(best, rivals);
        }
        return contest.best().isSerial() ? serialWins(contest.ranking().get(1).candidate()) : wins(best, contest);
    }

    private static String wins(Answer.Candidate best, Contest contest) {
        String wide = isWide(best) ? " The interval is wide, so take the size of the lead with care." : "";
        List<Answer.Candidate> equals =
                alike(contest.ranking().stream().map(Contest.Entry::candidate).toList());
        Answer.Candidate next = contest.ranking().get(1).candidate();
        String then;
        if (!equals.isEmpty()) {
            then = "%s as well at %s, %s"
                    .formatted(
                            equals.size() > 1
                                    ? Text.enumeration(equals.stream()
                                                    .map(Answer.Candidate::model)
                                                    .toList()) + " do"
                                    : verb(equals.getFirst().model(), "do"),
                            overSerial(equals.getLast()),
                            behind(best, equals.getLast()));
        } else if (Contest.isSerial(next)) {
            then = "serial itself comes next";
        } else {
            then = "%s at %s".formatted(verb(next.model(), "follow"), overSerial(next));
        }
        return "%s at %s%s; %s.%s".formatted(verb(best.model(), "win"), overSerial(best), ideal(best), then, wide);
    }

    private static String serialWins(Answer.Candidate next) {
        return "nothing beats one thread; %s closest at %s.".formatted(verb(next.model(), "come"), overSerial(next));
    }

    /** Those after the first whose lag is too small to matter to anybody, whether it can be measured or not. */
    static List<Answer.Candidate> alike(List<Answer.Candidate> ranking) {
        Answer.Candidate first = ranking.getFirst();
        return ranking.stream()
                .skip(1)
                .filter(other -> !Contest.isSerial(other))
                .filter(other -> lead(first, other) < NO_MATTER)
                .toList();
    }

    private static double lead(Answer.Candidate first, Answer.Candidate other) {
        return first.speedup().value() / other.speedup().value() - 1;
    }

    /** {@code 0.6% slower}, {@code 2.10 times slower}. */
    static String behind(Answer.Candidate first, Answer.Candidate other) {
        double lead = lead(first, other);
        return lead < 1
                ? "%s%% slower".formatted(Numbers.fixed(100 * lead, lead < 0.1 ? 1 : 0))
                : "%s times slower".formatted(Numbers.plain(1 + lead));
    }

    private static String undecided(Answer.Candidate best, List<Answer.Candidate> rivals) {
        List<Answer.Candidate> all = new ArrayList<>();
        all.add(best);
        all.addAll(rivals);
        List<String> named = all.stream().map(AnswerText::measured).toList();
        String ideal = ideal(best).isEmpty() ? "" : " The ideal for %s is %s.".formatted(best.model(), ideals(best));
        List<String> unbounded = all.stream()
                .filter(candidate -> !candidate.speedup().isBounded())
                .map(Answer.Candidate::model)
                .toList();
        if (all.stream().allMatch(candidate -> Contest.isSerial(candidate) || unbounded.contains(candidate.model()))) {
            return "no clear winner: %s; without intervals (one fork) this is a look, not a measurement.%s"
                    .formatted(Text.enumeration(named), ideal);
        }
        if (!unbounded.isEmpty()) {
            return "no clear winner: %s; without an interval (one fork) %s cannot be judged.%s"
                    .formatted(Text.enumeration(named), Text.enumeration(unbounded), ideal);
        }
        String wide = all.stream().anyMatch(AnswerText::isWide) ? ", and wide" : "";
        String of = best.measured().size() > 1 ? " of their means" : "";
        return "no clear winner: %s; the intervals%s overlap%s.%s".formatted(Text.enumeration(named), of, wide, ideal);
    }

    private static String measured(Answer.Candidate candidate) {
        return Contest.isSerial(candidate) ? "serial" : "%s at %s".formatted(candidate.model(), overSerial(candidate));
    }

    /** What a mean over several groups hides; empty for one group. */
    static String spread(List<Cases.Group> groups, Cases cases, Contest contest) {
        if (groups.size() < 2) {
            return "";
        }
        Answer.Candidate best = contest.best().candidate();
        StringBuilder text =
                new StringBuilder(" Ranked by the geometric mean over %d settings".formatted(groups.size()));
        if (groups.size() > MOST_NAMED) {
            Answer.Candidate named =
                    contest.best().isSerial() ? contest.ranking().get(1).candidate() : best;
            text.append(", which for %s is %s× (%s)"
                    .formatted(named.model(), Numbers.value(named.speedup()), sure(named.speedup())));
        }
        List<String> others = new ArrayList<>();
        for (Cases.Group group : groups) {
            group.summaries().stream()
                    .filter(summary -> summary.speedup().isPresent()
                            && Contest.competes(summary.key().model()))
                    .max(Comparator.comparingDouble(
                            summary -> summary.speedup().orElseThrow().value()))
                    .map(summary -> Text.clean(cases.rowOf(summary.key()).label()))
                    .filter(leader -> !leader.equals(best.model()))
                    .ifPresent(leader -> others.add("%s in %s".formatted(leader, Text.clean(group.title()))));
        }
        if (!others.isEmpty()) {
            text.append("; highest elsewhere: ").append(Text.enumeration(others));
        }
        return text.append('.').toString();
    }

    /** Who and what takes no part in the answer; empty if all do. */
    static String leftOut(Contest contest, Cases cases, List<Cases.Group> groups) {
        StringBuilder text = new StringBuilder();
        if (!contest.leftOut().isEmpty()) {
            text.append(" Left out, because not measured in every setting: ")
                    .append(Text.enumeration(contest.leftOut()))
                    .append('.');
        }
        int without = cases.groups().size() - groups.size();
        if (without > 0) {
            text.append(" Left out, because serial was not measured there: %d of %d settings."
                    .formatted(without, cases.groups().size()));
        }
        return text.toString();
    }

    /** How many of many settings each model wins. */
    static String tally(List<Contest> contests) {
        Map<String, Integer> wins = new LinkedHashMap<>();
        contests.stream()
                .filter(Contest::isDecided)
                .forEach(contest -> wins.merge(contest.best().candidate().model(), 1, Integer::sum));
        List<String> words = wins.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " in " + entry.getValue())
                .toList();
        long open = contests.stream().filter(contest -> !contest.isDecided()).count();
        if (words.isEmpty()) {
            return "No model is clearly fastest in any of %d settings.".formatted(contests.size());
        }
        return "Clearly fastest of all %d settings: %s%s."
                .formatted(contests.size(), Text.enumeration(words), open > 0 ? "; no clear winner in " + open : "");
    }

    private static boolean isWide(Answer.Candidate candidate) {
        return candidate.speedup().relativeHalfWidth() > Summaries.WIDE;
    }

    private static String ideal(Answer.Candidate candidate) {
        return candidate.ideal().isPresent() && !Contest.isSerial(candidate)
                ? ", of an ideal " + ideals(candidate)
                : "";
    }

    private static String overSerial(Answer.Candidate candidate) {
        return times(candidate)
                + " serial"
                + (candidate.measured().size() > 1 ? places(candidate) : " (" + sure(candidate.speedup()) + ")");
    }

    /** Where a range was measured: {@code  in 7 settings}; empty where each number stands by itself. */
    static String places(Answer.Candidate candidate) {
        int settings = candidate.measured().size();
        return settings > MOST_NAMED ? " in " + settings + " settings" : "";
    }

    /** What was measured: {@code 1.89×}, {@code 2.00× and 9.91×}, {@code 2.00× to 9.91×}. */
    static String times(Answer.Candidate candidate) {
        List<Answer.Measured> measured = candidate.measured();
        if (measured.size() == 1) {
            return Numbers.value(candidate.speedup()) + "×";
        }
        return several(
                measured.stream().map(one -> one.speedup().value()).toList(), value -> Numbers.plain(value) + "×");
    }

    /** The ideals beside these, all of which are known. */
    static String ideals(Answer.Candidate candidate) {
        List<Double> ideals = candidate.measured().stream()
                .flatMap(one -> one.ideal().stream().boxed())
                .distinct()
                .toList();
        return several(ideals, ideal -> Numbers.ideal(ideal) + "×");
    }

    private static String several(List<Double> values, Function<Double, String> spell) {
        if (values.size() <= MOST_NAMED) {
            return Text.enumeration(values.stream().map(spell).toList());
        }
        return spell.apply(Collections.min(values)) + " to " + spell.apply(Collections.max(values));
    }

    /** How sure a number is, in words: {@code 95% sure: 1.82 to 1.96×}. */
    static String sure(Estimate estimate) {
        return estimate.isBounded()
                ? "%s sure: %s×".formatted(Numbers.percent(estimate.confidence()), Numbers.range(estimate))
                : "no interval";
    }

    /** What a kind of work is like outside of benchmarks; empty for one that is not ours. */
    static String meaning(String kind) {
        return switch (kind) {
            case "sleep-bound" -> "Work that mostly waits: for the network, a disk, a database, a timer.";
            case "cpu-bound" -> "Work that computes: each task needs a core until it is done.";
            case "lock-contended" ->
                "Work on something that one may change at a time: a balance, a counter, a shared file.";
            default -> "";
        };
    }

    /** "virtual-threads win", "child-jvms-cold wins". */
    static String verb(String model, String verb) {
        return model + " " + verb + (isPlural(model) ? "" : "s");
    }

    /** Whether a model's name, without the parallelism that may follow it, is a plural. */
    static boolean isPlural(String model) {
        int end = model.indexOf(' ');
        return (end < 0 ? model : model.substring(0, end)).endsWith("s");
    }
}
