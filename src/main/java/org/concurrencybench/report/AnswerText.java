package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.concurrencybench.sample.Summaries;

/** The sentences of an {@link Answer}. */
final class AnswerText {

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
        Answer.Candidate next = contest.ranking().get(1).candidate();
        return contest.best().isSerial() ? serialWins(next) : wins(best, next);
    }

    private static String wins(Answer.Candidate best, Answer.Candidate next) {
        String ideal = ideal(best);
        String wide = isWide(best) ? " The interval is wide, so take the size of the lead with care." : "";
        if (Contest.isSerial(next)) {
            return "%s at %s serial%s%s; serial itself comes next.%s"
                    .formatted(verb(best.model(), "win"), times(best), interval(best), ideal, wide);
        }
        return "%s at %s serial%s%s; %s at %s%s.%s"
                .formatted(
                        verb(best.model(), "win"),
                        times(best),
                        interval(best),
                        ideal,
                        verb(next.model(), "follow"),
                        times(next),
                        interval(next),
                        wide);
    }

    private static String serialWins(Answer.Candidate next) {
        return "nothing beats one thread; %s closest at %s serial%s."
                .formatted(verb(next.model(), "come"), times(next), interval(next));
    }

    private static String undecided(Answer.Candidate best, List<Answer.Candidate> rivals) {
        List<Answer.Candidate> all = new ArrayList<>();
        all.add(best);
        all.addAll(rivals);
        List<String> named = all.stream().map(AnswerText::measured).toList();
        String ideal = ideal(best).isEmpty()
                ? ""
                : " The ideal for %s is %s×."
                        .formatted(best.model(), Numbers.ideal(best.ideal().getAsDouble()));
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
        return "no clear winner: %s; the intervals overlap%s.%s".formatted(Text.enumeration(named), wide, ideal);
    }

    private static String measured(Answer.Candidate candidate) {
        return Contest.isSerial(candidate)
                ? "serial"
                : "%s at %s serial%s".formatted(candidate.model(), times(candidate), interval(candidate));
    }

    /** What a mean over several groups hides; empty for one group. */
    static String spread(List<Cases.Group> groups, Cases cases, Contest contest) {
        if (groups.size() < 2) {
            return "";
        }
        Answer.Candidate best = contest.best().candidate();
        Answer.Candidate named =
                contest.best().isSerial() ? contest.ranking().get(1).candidate() : best;
        StringBuilder text = new StringBuilder(" Geometric mean over %d settings; %s: %s× to %s×"
                .formatted(
                        groups.size(), named.model(), Numbers.plain(named.lowest()), Numbers.plain(named.highest())));
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
                ? ", of an ideal " + Numbers.ideal(candidate.ideal().getAsDouble()) + "×"
                : "";
    }

    private static String times(Answer.Candidate candidate) {
        return Numbers.value(candidate.speedup()) + "×";
    }

    private static String interval(Answer.Candidate candidate) {
        return candidate.speedup().isBounded() ? " " + Numbers.interval(candidate.speedup()) : " (no interval)";
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
