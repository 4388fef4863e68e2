package org.concurrencybench.report;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answers as cards: what to use, by how much, how sure, what comes next and why. */
final class AnswerCards {

    /** Models that are named where several cannot be told apart. */
    private static final int MOST_TIED = 5;

    private final Markup html;

    private AnswerCards(Markup html) {
        this.html = html;
    }

    /** A list of cards, one for each answer. */
    static void write(Markup html, List<Answer> answers) {
        AnswerCards cards = new AnswerCards(html);
        html.line("<ul class=\"answers\">");
        answers.forEach(cards::card);
        html.line("</ul>");
    }

    private void card(Answer answer) {
        html.line("<li>");
        html.line("<h2>%s</h2>", answer.kind());
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
            html.line("<p class=\"why\">%s</p>", answer.why());
            remark(answer);
        }
        html.line("</li>");
    }

    private void setting(Answer.Setting setting) {
        html.line("<h3>%s</h3>", setting.title());
        standing(setting.winner(), setting.ranking(), "winner part");
        html.line("<p class=\"why\">%s</p>", setting.why());
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
                "<p class=\"figure\"><strong>%s×</strong> as fast as one thread <span class=\"whole\">%s</span>%s</p>",
                Numbers.value(first.speedup()), interval(first), ideal(first));
        boolean serial = Contest.isSerial(next);
        html.append("<p class=\"next\">then ").raw(marker(next.model()));
        html.line(
                "%s <span class=\"whole\">%s</span>%s</p>",
                next.model(), serial ? "itself, 1×" : figure(next), serial ? "" : behind(first, next));
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
                        "<p class=\"next\">ideal for %s: %s×</p>",
                        candidate.model(), Numbers.ideal(candidate.ideal().getAsDouble())));
    }

    private void remark(Answer answer) {
        if (!answer.remark().isEmpty()) {
            html.line("<p class=\"remark\">%s</p>", answer.remark());
        }
    }

    private static String figure(Answer.Candidate candidate) {
        return Contest.isSerial(candidate) ? "1×" : Numbers.value(candidate.speedup()) + "× " + interval(candidate);
    }

    private static String interval(Answer.Candidate candidate) {
        return candidate.speedup().isBounded() ? Numbers.interval(candidate.speedup()) : "(no interval)";
    }

    private static String ideal(Answer.Candidate candidate) {
        return candidate.ideal().isPresent()
                ? ", ideal " + Numbers.ideal(candidate.ideal().getAsDouble()) + "×"
                : "";
    }

    private static String behind(Answer.Candidate first, Answer.Candidate next) {
        double lead = first.speedup().value() / next.speedup().value();
        return lead < 2
                ? ", %s%% slower".formatted(Numbers.fixed(100 * (lead - 1), lead < 1.1 ? 1 : 0))
                : ", %s times slower".formatted(Numbers.plain(lead));
    }

    /** A model's marker as in the charts; its name stands beside it, so that nobody needs to see it. */
    static String marker(String candidate) {
        Palette.Look look = Palette.of(candidate.replaceFirst(" \\(parallelism [^)]*\\)$", ""));
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
