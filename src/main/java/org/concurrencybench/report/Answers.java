package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Summaries;
import org.concurrencybench.statistics.Estimate;

/**
 * The question that a run was made for, answered from its numbers: which way of running work of this kind is fastest?
 *
 * <p>A kind with several groups is judged by the geometric mean of their speed-ups, because speed-ups are ratios: twice
 * as fast here and half as fast there is no gain. The groups were measured apart, so the half-widths of their intervals
 * add up in quadrature on the log scale. Only models that were measured in all groups are compared. A model wins only if
 * its interval has no point in common with that of any other; {@code serial} takes part, at exactly 1. That is a cautious
 * rule: intervals may overlap a little although the difference is real.
 */
public final class Answers {

    private static final List<String> KINDS = List.of("sleep-bound", "cpu-bound", "lock-contended");

    private static final Comparator<Answer.Candidate> BEST_FIRST = Comparator.comparingDouble(
                    (Answer.Candidate candidate) -> candidate.speedup().value())
            .reversed();

    private Answers() {}

    /** One answer for each of sleep-bound, cpu-bound and lock-contended work that has a case, in this order. */
    public static List<Answer> of(List<CaseSummary> summaries) {
        List<Answer> answers = new ArrayList<>();
        for (String kind : KINDS) {
            List<CaseSummary> ofKind = Curve.rest(summaries).stream()
                    .filter(summary -> summary.key().kind().equals(kind))
                    .toList();
            if (!ofKind.isEmpty()) {
                answers.add(answer(kind, Cases.of(ofKind, List.of())));
            }
        }
        return List.copyOf(answers);
    }

    private static Answer answer(String kind, Cases cases) {
        String work = (kind.startsWith("cpu")
                        ? "CPU" + kind.substring(3)
                        : kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1))
                + " work: ";
        if (cases.groups().stream().anyMatch(group -> group.reference().isEmpty())) {
            return new Answer(
                    kind,
                    Optional.empty(),
                    work + "no answer, because serial was not measured "
                            + (cases.groups().size() > 1 ? "in every setting" : "")
                            + "and there is nothing to compare with.",
                    List.of());
        }
        List<Answer.Candidate> ranking = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Cases.Row row : cases.rows()) {
            candidate(cases, row).ifPresentOrElse(ranking::add, () -> leftOut.add(Text.clean(row.label())));
        }
        ranking.sort(BEST_FIRST);
        if (ranking.size() < 2) {
            return new Answer(
                    kind,
                    Optional.empty(),
                    work + "no answer, because nothing but serial was measured throughout.",
                    ranking);
        }
        Answer.Candidate best = ranking.getFirst();
        List<Answer.Candidate> rivals = ranking.stream()
                .skip(1)
                .filter(other -> other.speedup().overlaps(best.speedup()))
                .toList();
        StringBuilder sentence = new StringBuilder(work);
        if (!rivals.isEmpty()) {
            sentence.append(undecided(best, rivals));
        } else if (isSerial(best)) {
            sentence.append(serialWins(ranking.get(1)));
        } else {
            sentence.append(wins(best, ranking.get(1)));
        }
        if (cases.groups().size() > 1) {
            sentence.append(spread(cases, best, isSerial(best) ? ranking.get(1) : best));
        }
        if (!leftOut.isEmpty()) {
            sentence.append(" Left out, because not measured in every setting: ")
                    .append(Text.enumeration(leftOut))
                    .append('.');
        }
        return new Answer(
                kind, rivals.isEmpty() ? Optional.of(best.model()) : Optional.empty(), sentence.toString(), ranking);
    }

    private static String wins(Answer.Candidate best, Answer.Candidate next) {
        String ideal = ideal(best);
        String wide = isWide(best) ? " The interval is wide, so take the size of the lead with care." : "";
        if (isSerial(next)) {
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
        List<String> named = all.stream().map(Answers::standing).toList();
        String ideal = ideal(best).isEmpty()
                ? ""
                : " The ideal for %s is %s×."
                        .formatted(best.model(), Numbers.ideal(best.ideal().getAsDouble()));
        List<String> unbounded = all.stream()
                .filter(candidate -> !candidate.speedup().isBounded())
                .map(Answer.Candidate::model)
                .toList();
        if (all.stream().allMatch(candidate -> isSerial(candidate) || unbounded.contains(candidate.model()))) {
            return "no clear winner: %s; without intervals (one fork) this is a look, not a measurement.%s"
                    .formatted(Text.enumeration(named), ideal);
        }
        if (!unbounded.isEmpty()) {
            return "no clear winner: %s; without an interval (one fork) %s cannot be judged.%s"
                    .formatted(Text.enumeration(named), Text.enumeration(unbounded), ideal);
        }
        String wide = all.stream().anyMatch(Answers::isWide) ? ", and wide" : "";
        return "no clear winner: %s; the intervals overlap%s.%s".formatted(Text.enumeration(named), wide, ideal);
    }

    private static String standing(Answer.Candidate candidate) {
        return isSerial(candidate)
                ? "serial"
                : "%s at %s serial%s".formatted(candidate.model(), times(candidate), interval(candidate));
    }

    /** What a mean over several groups hides. */
    private static String spread(Cases cases, Answer.Candidate best, Answer.Candidate named) {
        StringBuilder text = new StringBuilder(" Geometric mean over %d settings; %s: %s× to %s×"
                .formatted(
                        cases.groups().size(),
                        named.model(),
                        Numbers.plain(named.lowest()),
                        Numbers.plain(named.highest())));
        List<String> others = new ArrayList<>();
        for (Cases.Group group : cases.groups()) {
            group.summaries().stream()
                    .filter(summary -> summary.speedup().isPresent())
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

    private static Optional<Answer.Candidate> candidate(Cases cases, Cases.Row row) {
        List<CaseSummary> ofRow = new ArrayList<>();
        for (Cases.Group group : cases.groups()) {
            Optional<CaseSummary> summary = group.summaries().stream()
                    .filter(candidate -> cases.rowOf(candidate.key()).equals(row))
                    .filter(candidate -> candidate.speedup().isPresent())
                    .findFirst();
            if (summary.isEmpty()) {
                return Optional.empty();
            }
            ofRow.add(summary.get());
        }
        List<Estimate> speedups =
                ofRow.stream().map(summary -> summary.speedup().orElseThrow()).toList();
        OptionalDouble ideal = ofRow.stream()
                        .allMatch(summary ->
                                summary.ideal().isPresent() && summary.ideal().getAsDouble() > 0)
                ? OptionalDouble.of(Math.exp(ofRow.stream()
                        .mapToDouble(summary -> Math.log(summary.ideal().getAsDouble()))
                        .average()
                        .orElseThrow()))
                : OptionalDouble.empty();
        return Optional.of(new Answer.Candidate(
                Text.clean(row.label()),
                geometricMean(speedups),
                ideal,
                speedups.stream().mapToDouble(Estimate::value).min().orElseThrow(),
                speedups.stream().mapToDouble(Estimate::value).max().orElseThrow()));
    }

    private static Estimate geometricMean(List<Estimate> estimates) {
        if (estimates.size() == 1) {
            return estimates.getFirst();
        }
        double mean = 0;
        double below = 0;
        double above = 0;
        for (Estimate estimate : estimates) {
            double log = Math.log(estimate.value());
            mean += log;
            below += square(log - Math.log(Math.max(0, estimate.low())));
            above += square(Math.log(estimate.high()) - log);
        }
        int count = estimates.size();
        double log = mean / count;
        return new Estimate(
                Math.exp(log),
                Math.exp(log - Math.sqrt(below) / count),
                Math.exp(log + Math.sqrt(above) / count),
                estimates.getFirst().confidence());
    }

    private static double square(double value) {
        return value * value;
    }

    private static boolean isSerial(Answer.Candidate candidate) {
        return candidate.model().equals(CaseKey.REFERENCE_MODEL);
    }

    private static boolean isWide(Answer.Candidate candidate) {
        return candidate.speedup().relativeHalfWidth() > Summaries.WIDE;
    }

    private static String ideal(Answer.Candidate candidate) {
        return candidate.ideal().isPresent() && !isSerial(candidate)
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
    private static String verb(String model, String verb) {
        return model + " " + verb + (model.endsWith("s") ? "" : "s");
    }
}
