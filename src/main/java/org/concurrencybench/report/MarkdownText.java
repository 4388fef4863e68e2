package org.concurrencybench.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Untrusted text on its way into GitHub's Markdown. It goes into code spans: nowhere else do mentions, bare addresses,
 * numbers of issues and HTML stay what they are, because some of these are looked for after backslashes were taken away
 * (GitHub Flavored Markdown, sections 6.1 and 6.9).
 */
final class MarkdownText {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z][A-Za-z0-9 .,;:?×µ≥%=()\\[\\]/'→-]*");
    private static final List<String> ACTIVE = List.of("](", "]:", "][", "://", "www.", "gh-", "mailto:", "xmpp:");

    private MarkdownText() {}

    /** {@code text} as a code span; nothing for nothing. */
    static String code(String text) {
        String clean = Text.clean(text).strip();
        if (clean.isEmpty()) {
            return "";
        }
        int longest = 0;
        int run = 0;
        for (int i = 0; i < clean.length(); i++) {
            run = clean.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        String pad = clean.startsWith("`") || clean.endsWith("`") ? " " : "";
        return fence + pad + clean + pad + fence;
    }

    /**
     * {@code text} as it stands where it is prose of letters, figures and harmless signs, in which Markdown and GitHub find
     * nothing to act on; otherwise as a code span.
     */
    static String prose(String text) {
        String clean = Text.clean(text).strip();
        return isHarmless(clean) ? clean : code(clean);
    }

    /** Whether Markdown and GitHub find nothing to act on in it. */
    static boolean isHarmless(String text) {
        return HARMLESS.matcher(text).matches() && ACTIVE.stream().noneMatch(text.toLowerCase(Locale.ROOT)::contains);
    }

    /** {@link #code} for a cell of a table, where a pipe needs its backslash even in a code span. */
    static String cell(String text) {
        return inTable(code(text));
    }

    /** {@link #prose} for a cell of a table. */
    static String proseCell(String text) {
        return inTable(prose(text));
    }

    private static String inTable(String markdown) {
        return markdown.replace("|", "\\|");
    }

    /** A row of a table; its cells are Markdown already. */
    static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
