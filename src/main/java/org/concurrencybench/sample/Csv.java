package org.concurrencybench.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What our CSV files have in common: RFC 4180 with its CRLF, UTF-8, numbers as Java spells them in any locale.
 *
 * <p>Text that a spreadsheet would run as a formula ({@code =}, {@code +}, {@code -} or {@code @} first, or one of these in
 * its full width) is written with an apostrophe before it, and reading takes that apostrophe off. Text that begins with
 * apostrophes and one of these characters gets one more, so that every text comes back exactly; all other text stands as it
 * is.
 *
 * <p>A control character or half a surrogate pair is refused: neither belongs in a name, and a line break inside a field
 * would make it impossible to tell a lost quote or a cut file from a long name.
 */
final class Csv {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180;

    /** Those that OWASP names under "CSV Injection", the full-width forms among them; tab and line ends are refused anyway. */
    private static final String FORMULA_STARTS = "=+\\-@\uFF1D\uFF0B\uFF0D\uFF20";

    private static final Pattern FORMULA = Pattern.compile("'*[" + FORMULA_STARTS + "]");
    private static final Pattern GUARDED_FORMULA = Pattern.compile("'+[" + FORMULA_STARTS + "]");

    private Csv() {}

    /** The rows as bytes, each with its line end. */
    static byte[] encode(List<? extends List<String>> rows) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            for (List<String> row : rows) {
                printer.printRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder does not fail", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Text as it stands in a file.
     *
     * @throws IllegalArgumentException for a control character or half a surrogate pair
     */
    static String text(String column, String text) {
        if (!isPlain(text)) {
            throw new IllegalArgumentException("%s %s has a control character or half a surrogate pair in it"
                    .formatted(column, FormatException.quoted(text)));
        }
        return FORMULA.matcher(text).lookingAt() ? "'" + text : text;
    }

    /** What {@link #text} was given. */
    static String unguarded(String field) {
        return !field.isEmpty()
                        && field.charAt(0) == '\''
                        && GUARDED_FORMULA.matcher(field).lookingAt()
                ? field.substring(1)
                : field;
    }

    /** Whether text has neither control characters nor half a surrogate pair. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isISOControl(character)) {
                return false;
            }
            if (Character.isSurrogate(character)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(character, text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** All digits that are needed to read the same number back; empty where there is none, or none that is finite. */
    static String number(OptionalDouble number) {
        return number.isPresent() && Double.isFinite(number.getAsDouble()) ? Double.toString(number.getAsDouble()) : "";
    }
}
