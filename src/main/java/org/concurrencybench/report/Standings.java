package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is ahead how often. */
final class Standings {

    /** A title of more names is no sentence. */
    private static final int MOST_NAMED = 3;

    private Standings() {}

    /**
     * {@code serial is fastest in 2 of 6, virtual-threads in 1; 3 are undecided}.
     *
     * @param winners of each setting the model that is clearly ahead, if there is one
     */
    static String inWords(List<Optional<String>> winners) {
        Map<String, Integer> wins = new LinkedHashMap<>();
        winners.forEach(winner -> winner.ifPresent(model -> wins.merge(model, 1, Integer::sum)));
        int undecided = (int) winners.stream().filter(Optional::isEmpty).count();
        if (wins.isEmpty()) {
            return "all %d are undecided".formatted(winners.size());
        }
        List<String> words = new ArrayList<>();
        wins.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_NAMED)
                .forEach(entry -> words.add(
                        words.isEmpty()
                                ? "%s %s fastest in %d of %d"
                                        .formatted(
                                                entry.getKey(),
                                                AnswerText.isPlural(entry.getKey()) ? "are" : "is",
                                                entry.getValue(),
                                                winners.size())
                                : "%s in %d".formatted(entry.getKey(), entry.getValue())));
        if (wins.size() > MOST_NAMED) {
            words.add("others in the rest");
        }
        return Text.enumeration(words)
                + (undecided == 0 ? "" : "; %d %s undecided".formatted(undecided, undecided == 1 ? "is" : "are"));
    }
}
