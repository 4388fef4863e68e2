package org.concurrencybench.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;
import org.concurrencybench.sample.FormatException;

/** Messages about words that are not among the allowed ones. */
final class Nearest {

    /** Of a beginning, before it means one name more than another. */
    private static final int FEWEST_LETTERS = 3;

    private Nearest() {}

    /** The message: what is unknown, the nearest allowed name if one is near, and all that are allowed. */
    static UsageException unknown(String what, String given, Collection<String> allowed) {
        return new UsageException(message(what, given, allowed));
    }

    /** The text of {@link #unknown}. */
    static String message(String what, String given, Collection<String> allowed) {
        String hint = nearest(given, allowed)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
        return "unknown %s %s%s (there are %s)"
                .formatted(what, FormatException.quoted(given), hint, String.join(", ", allowed));
    }

    /**
     * The allowed name that begins with {@code given}, or the one that the fewest edits make of it if fewer than half of
     * its letters change. Two letters that stand the wrong way round are one edit; capitals do not count.
     */
    static Optional<String> nearest(String given, Collection<String> allowed) {
        return allowed.stream()
                .filter(name -> given.length() >= FEWEST_LETTERS && name.startsWith(given))
                .findFirst()
                .or(() -> allowed.stream()
                        .min(Comparator.comparingInt(name -> edits(given, name)))
                        .filter(name -> 2 * edits(given, name) < Math.max(given.length(), name.length())));
    }

    private static int edits(String given, String name) {
        return new DamerauLevenshteinDistance().apply(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }
}
