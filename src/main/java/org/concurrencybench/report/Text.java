package org.concurrencybench.report;

import java.util.List;
import java.util.Locale;

/** Untrusted text on its way to a terminal, a picture or a page. */
final class Text {

    private static final int REPLACEMENT = 0xFFFD;

    private Text() {}

    /**
     * {@code text} on one line and with nothing in it that acts instead of being shown: no control character (a terminal
     * would obey it, XML forbids most), no half of a surrogate pair, no switch of the writing direction.
     */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == '\t' || point == '\n' || point == '\r' ? ' ' : point)
                .map(point -> isShown(point) ? point : REPLACEMENT)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** {@link #clean} text that stays text in HTML, XML and inside an attribute's quotes of either sort. */
    static String escape(String text) {
        return clean(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** {@code text} as part of a file name or an id: lower-case letters, digits and single hyphens, never empty. */
    static String slug(String text) {
        String slug =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.isEmpty() ? "unnamed" : slug.substring(0, Math.min(slug.length(), 80));
    }

    /** "a", "a and b", "a, b and c". */
    static String enumeration(List<String> words) {
        if (words.size() < 2) {
            return String.join("", words);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
