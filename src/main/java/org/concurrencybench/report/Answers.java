package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.sample.CaseSummary;

/**
 * The question that a run was made for, answered from its numbers: which way of running work of this kind is fastest?
 *
 * <p>A kind with several groups is judged by the geometric mean of their speed-ups ({@link Contest}), and only models that
 * were measured in all groups are compared. A model wins only if its interval has no point in common with that of any other;
 * {@code serial} takes part, at exactly 1. That is a cautious rule: intervals may overlap a little although the difference is
 * real. Where the model that is best on the average is clearly beaten in one of the settings by another that takes part, no
 * mean is an answer: then each setting has one of its own.
 */
public final class Answers {

    private static final List<String> KINDS = List.of("sleep-bound", "cpu-bound", "lock-contended");

    private Answers() {}

    /** One answer for each of sleep-bound, cpu-bound and lock-contended work that has a case, in this order. */
    public static List<Answer> of(List<CaseSummary> summaries) {
        List<Answer> answers = new ArrayList<>();
        List<CaseSummary> rest = Curve.rest(summaries);
        for (String kind : KINDS) {
            List<CaseSummary> ofKind = rest.stream()
                    .filter(summary -> summary.key().kind().equals(kind))
                    .toList();
            if (!ofKind.isEmpty()) {
                answers.add(answer(kind, Cases.of(ofKind, List.of()), summaries));
            }
        }
        return List.copyOf(answers);
    }

    private static Answer answer(String kind, Cases cases, List<CaseSummary> summaries) {
        String work = AnswerText.work(kind);
        List<Cases.Group> groups = cases.groups().stream()
                .filter(group -> group.reference().isPresent())
                .toList();
        if (groups.isEmpty()) {
            return none(
                    kind, work + "no answer, because serial was not measured and there is nothing to compare with.");
        }
        Contest contest = Contest.over(groups, cases);
        if (isSplit(contest, groups, cases)) {
            return bySetting(kind, groups, cases, contest, summaries);
        }
        if (!contest.isHeld()) {
            return none(kind, work + "no answer, because nothing but serial was measured throughout.");
        }
        String why = Reason.of(kind, contest) + Reason.fromCurves(kind, contest.best(), summaries) + ".";
        String remark = AnswerText.spread(groups, cases, contest) + AnswerText.leftOut(contest, cases, groups);
        return new Answer(
                kind,
                winner(contest),
                work + AnswerText.standing(contest) + " " + why + remark,
                contest.ranking().stream().map(Contest.Entry::candidate).toList(),
                why,
                remark.strip(),
                List.of());
    }

    private static Answer none(String kind, String sentence) {
        return new Answer(kind, Optional.empty(), sentence, List.of(), "", "", List.of());
    }

    private static Optional<String> winner(Contest contest) {
        return contest.isDecided() ? Optional.of(contest.best().candidate().model()) : Optional.empty();
    }

    /** Whether the best on the average is clearly beaten somewhere, so that the average is no answer. */
    private static boolean isSplit(Contest contest, List<Cases.Group> groups, Cases cases) {
        if (groups.size() < 2) {
            return false;
        }
        if (!contest.isHeld()) {
            return groups.stream()
                    .anyMatch(group -> Contest.over(List.of(group), cases).isHeld());
        }
        String best = contest.best().candidate().model();
        return groups.stream()
                .map(group -> Contest.over(List.of(group), cases))
                .anyMatch(one -> one.named(best)
                        .filter(there -> contest.ranking().stream()
                                .flatMap(entry -> one.named(entry.candidate().model()).stream())
                                .anyMatch(other -> other.beats(there)))
                        .isPresent());
    }

    /** One standing for each setting, or where they are many, for the most typical ones and a count of all. */
    private static Answer bySetting(
            String kind, List<Cases.Group> groups, Cases cases, Contest overall, List<CaseSummary> summaries) {
        List<Contest> all = groups.stream()
                .map(group -> Contest.over(List.of(group), cases))
                .filter(Contest::isHeld)
                .toList();
        Cases main = MainSettings.of(MainSettings.named(groups));
        List<Answer.Setting> settings = new ArrayList<>();
        StringBuilder sentence =
                new StringBuilder(AnswerText.work(kind)).append("no single winner: it depends on the setting.");
        for (Cases.Group group : main.groups()) {
            Contest contest = Contest.over(List.of(group), main);
            if (contest.isHeld()) {
                String curves = settings.isEmpty() ? Reason.fromCurves(kind, contest.best(), summaries) : "";
                Answer.Setting setting = new Answer.Setting(
                        group.key(),
                        Text.clean(group.title()),
                        winner(contest),
                        contest.ranking().stream().map(Contest.Entry::candidate).toList(),
                        Reason.of(kind, contest) + curves + ".");
                settings.add(setting);
                sentence.append(" %s: %s %s".formatted(setting.title(), AnswerText.standing(contest), setting.why()));
            }
        }
        String remark = all.size() > settings.size() ? AnswerText.tally(all) : "";
        return new Answer(
                kind,
                Optional.empty(),
                (sentence + " " + remark).strip(),
                overall.ranking().stream().map(Contest.Entry::candidate).toList(),
                "",
                remark,
                settings);
    }
}
