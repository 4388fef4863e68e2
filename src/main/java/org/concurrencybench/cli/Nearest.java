package org.concurrencybench.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.concurrencybench.sample.FormatException;

/** Messages about words that are not among the allowed ones. */
final class Nearest {

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

    /** The allowed name that the fewest edits make of {@code given}, if fewer than half of its letters change. */
    static Optional<String> nearest(String given, Collection<String> allowed) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return allowed.stream()
                .min(Comparator.comparing(name -> distance.apply(given, name)))
                .filter(name -> 2 * distance.apply(given, name) <= Math.max(given.length(), name.length()));
    }
}
