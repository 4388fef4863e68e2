package org.concurrencybench.report;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;

/** The answers as cards: what to use, by how much, how sure, what comes next and why. */
final class AnswerCards {

    /** Models that are named where several cannot be told apart. */
    private static final int MOST_TIED = 5;

    private final Markup html;
    private final Glossary glossary;

    private AnswerCards(Markup html, Glossary glossary) {
        this.html = html;
        this.glossary = glossary;
    }

    /** A list of cards, one for each answer, and what the models are that stand on them. */
    static void write(Markup html, List<Answer> answers, Glossary glossary) {
        AnswerCards cards = new AnswerCards(html, glossary);
        html.line("<ul class=\"answers\">");
        answers.forEach(cards::card);
        html.line("</ul>");
        cards.models(answers);
    }

    private void card(Answer answer) {
        html.line("<li>");
        html.line("<h2>%s</h2>", answer.kind());
        String meaning = AnswerText.meaning(answer.kind());
        if (!meaning.isEmpty()) {
            html.line("<p class=\"meaning\">%s</p>", meaning);
        }
        if (answer.ranking().isEmpty() && !answer.depends()) {
            // The sentence stands alone elsewhere; under its heading it need not name the kind again.
            html.line("<p class=\"winner\">No answer</p>");
            html.line(
                    "<p>%s</p>",
                    capital(answer.sentence().substring(answer.sentence().indexOf(": ") + 2)));
        } else if (answer.depends()) {
            html.line("<p class=\"winner\">It depends</p>");
            answer.settings().forEach(this::setting);
            remark(answer);
        } else {
            standing(answer.winner(), answer.ranking(), "winner");
            settings(answer.ranking());
            html.line("<p class=\"why\">%s</p>", answer.why());
            remark(answer);
        }
        html.line("</li>");
    }

    private void setting(Answer.Setting setting) {
        html.append("<h3>");
        title(setting.group(), setting.title());
        html.line("</h3>");
        standing(setting.winner(), setting.ranking(), "winner part");
        html.line("<p class=\"why\">%s</p>", setting.why());
    }

    /** In words where there are some, with the exact settings beneath. */
    private void title(CaseKey.Group group, String exact) {
        glossary.title(group)
                .ifPresentOrElse(
                        words -> html.append("%s <span class=\"exact\">%s</span>", words, exact),
                        () -> html.append("%s", exact));
    }

    private void standing(Optional<String> winner, List<Answer.Candidate> ranking, String style) {
        if (winner.isEmpty()) {
            html.line("<p class=\"" + style + "\">No clear winner</p>");
            tied(ranking);
            return;
        }
        Answer.Candidate first = ranking.getFirst();
        Answer.Candidate next = ranking.get(1);
        html.append("<p class=\"" + style + "\">").raw(marker(first.model())).line("%s</p>", first.model());
        if (Contest.isSerial(first)) {
            html.line("<p class=\"figure\">Nothing beats one thread</p>");
            html.append("<p class=\"next\">closest: ").raw(marker(next.model()));
            html.line("%s <span class=\"whole\">%s</span>%s</p>", next.model(), figure(next), ideal(next));
            return;
        }
        html.line(
                "<p class=\"figure\"><strong>%s</strong> as fast as one thread%s%s%s</p>",
                AnswerText.times(first), AnswerText.places(first), sure(first), ideal(first));
        List<Answer.Candidate> alike = AnswerText.alike(ranking);
        if (alike.isEmpty()) {
            boolean serial = Contest.isSerial(next);
            html.append("<p class=\"next\">then ").raw(marker(next.model()));
            html.line(
                    "%s <span class=\"whole\">%s</span>%s</p>",
                    next.model(),
                    serial ? "itself, 1×" : figure(next),
                    serial ? "" : ", " + AnswerText.behind(first, next));
            return;
        }
        html.append("<p class=\"next\">just as good: ");
        for (Answer.Candidate candidate : alike) {
            html.raw(candidate.equals(alike.getFirst()) ? "" : ", ").raw(marker(candidate.model()));
            html.append("%s <span class=\"whole\">(%s)</span>", candidate.model(), AnswerText.behind(first, candidate));
        }
        html.line("</p>");
    }

    /** Those that the intervals do not tell from the best. */
    private void tied(List<Answer.Candidate> ranking) {
        List<Answer.Candidate> alike = ranking.stream()
                .filter(other -> other.speedup().overlaps(ranking.getFirst().speedup()))
                .toList();
        html.line("<ul class=\"tied\">");
        for (Answer.Candidate candidate : alike.subList(0, Math.min(MOST_TIED, alike.size()))) {
            html.append("<li>").raw(marker(candidate.model()));
            html.line("%s <span class=\"whole\">%s</span></li>", candidate.model(), figure(candidate));
        }
        if (alike.size() > MOST_TIED) {
            html.line("<li>and %s more</li>", Integer.toString(alike.size() - MOST_TIED));
        }
        html.line("</ul>");
        ranking.stream()
                .filter(candidate -> !Contest.isSerial(candidate))
                .findFirst()
                .filter(candidate -> candidate.ideal().isPresent())
                .ifPresent(candidate -> html.line(
                        "<p class=\"next\">ideal for %s: %s</p>", candidate.model(), AnswerText.ideals(candidate)));
    }

    /** What was measured for the answer, in words; where there are several, with the best one's number in each. */
    private void settings(List<Answer.Candidate> ranking) {
        Answer.Candidate best = ranking.stream()
                .filter(candidate -> !Contest.isSerial(candidate))
                .findFirst()
                .orElse(ranking.getFirst());
        List<Answer.Measured> measured = best.measured();
        if (measured.size() > AnswerText.MOST_NAMED) {
            return;
        }
        html.line("<ul class=\"each\">");
        for (Answer.Measured one : measured) {
            html.append("<li>");
            if (measured.size() > 1) {
                html.append(
                        "<strong>%s×</strong> (%s)%s: ",
                        Numbers.value(one.speedup()), AnswerText.sure(one.speedup()), ideal(one.ideal()));
            }
            title(one.group(), one.title());
            html.line("</li>");
        }
        html.line("</ul>");
    }

    /** One line for each model that stands on a card. */
    private void models(List<Answer> answers) {
        List<Glossary.Term> named = glossary.models().stream()
                .filter(term -> answers.stream()
                        .flatMap(answer -> Stream.concat(
                                answer.ranking().stream(),
                                answer.settings().stream().flatMap(setting -> setting.ranking().stream())))
                        .anyMatch(candidate -> term.name().equals(withoutParallelism(candidate.model()))))
                .toList();
        if (named.isEmpty()) {
            return;
        }
        html.line("<dl class=\"models\">");
        for (Glossary.Term term : named) {
            html.append("<div><dt>")
                    .raw(marker(term.name()))
                    .line("%s</dt><dd>%s</dd></div>", term.name(), term.meaning());
        }
        html.line("</dl>");
    }

    private void remark(Answer answer) {
        if (!answer.remark().isEmpty()) {
            html.line("<p class=\"remark\">%s</p>", answer.remark());
        }
    }

    private static String figure(Answer.Candidate candidate) {
        if (Contest.isSerial(candidate)) {
            return "1×";
        }
        return candidate.measured().size() > 1
                ? AnswerText.times(candidate) + AnswerText.places(candidate)
                : AnswerText.times(candidate) + " (" + AnswerText.sure(candidate.speedup()) + ")";
    }

    /** Of one setting; those of several stand beside each of them. */
    private static String sure(Answer.Candidate candidate) {
        return candidate.measured().size() > 1 ? "" : " (" + AnswerText.sure(candidate.speedup()) + ")";
    }

    private static String ideal(Answer.Candidate candidate) {
        if (candidate.ideal().isEmpty()) {
            return "";
        }
        int settings = candidate.measured().size();
        boolean isReached = candidate.measured().stream()
                .allMatch(one -> one.speedup().value()
                        > (1 - AnswerText.NO_MATTER) * one.ideal().orElse(Double.POSITIVE_INFINITY));
        return settings > 1 && isReached
                ? ", within %s of the ideal in %s"
                        .formatted(Numbers.percent(AnswerText.NO_MATTER), settings == 2 ? "both" : "each")
                : ", ideal " + AnswerText.ideals(candidate);
    }

    private static String ideal(OptionalDouble ideal) {
        return ideal.isPresent() ? ", ideal " + Numbers.ideal(ideal.getAsDouble()) + "×" : "";
    }

    private static String withoutParallelism(String candidate) {
        return candidate.replaceFirst(" \\(parallelism [^)]*\\)$", "");
    }

    /** A model's marker as in the charts; its name stands beside it, so that nobody needs to see it. */
    static String marker(String candidate) {
        Palette.Look look = Palette.of(withoutParallelism(candidate));
        return "<svg class=\"marker\" viewBox=\"-10 -10 20 20\" aria-hidden=\"true\"><path fill=\"#%06x\" d=\"%s\"/></svg>"
                .formatted(look.color().getRGB() & 0xFFFFFF, path(look.marker()));
    }

    private static String path(Shape shape) {
        StringBuilder path = new StringBuilder();
        double[] at = new double[6];
        for (PathIterator outline = shape.getPathIterator(AffineTransform.getScaleInstance(1.1, 1.1));
                !outline.isDone();
                outline.next()) {
            switch (outline.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> append(path, "M", at, 1);
                case PathIterator.SEG_LINETO -> append(path, "L", at, 1);
                case PathIterator.SEG_QUADTO -> append(path, "Q", at, 2);
                case PathIterator.SEG_CUBICTO -> append(path, "C", at, 3);
                default -> append(path, "Z", at, 0);
            }
        }
        return path.toString();
    }

    private static void append(StringBuilder path, String command, double[] at, int points) {
        path.append(command);
        for (int i = 0; i < 2 * points; i++) {
            path.append(i == 0 ? "" : " ").append(Numbers.fixed(at[i], 2));
        }
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
