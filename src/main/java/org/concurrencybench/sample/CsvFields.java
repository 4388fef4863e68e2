package org.concurrencybench.sample;

import java.util.ArrayList;
import java.util.List;

/** The fields of one line of a CSV file, after RFC 4180, strictly: what is no field is refused and not guessed at. */
final class CsvFields {

    /** Most characters that one field may have. */
    static final int LONGEST = 1 << 16;

    private CsvFields() {}

    /** A line that does not part into fields; the message is {@code what is wrong; what to do}. */
    static final class Fault extends Exception {

        private static final long serialVersionUID = 1L;

        private final int field;
        private final boolean quoteIsOpen;

        private Fault(int field, boolean quoteIsOpen, String message) {
            super(message);
            this.field = field;
            this.quoteIsOpen = quoteIsOpen;
        }

        /** The field that is wrong, from 0. */
        int field() {
            return field;
        }

        /** Whether the line might go on, because it ends within quotes. */
        boolean quoteIsOpen() {
            return quoteIsOpen;
        }

        String complaint() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Parts a line.
     *
     * @param most fields that it may have
     */
    static List<String> split(String text, char delimiter, int most) throws Fault {
        List<String> fields = new ArrayList<>(Math.min(most, 32));
        int start = 0;
        while (true) {
            int index = fields.size();
            if (index == most) {
                throw new Fault(
                        index,
                        false,
                        "the line has more fields than the %d of the header; quote a field that has a %s in it"
                                .formatted(most, delimiter == ',' ? "comma" : "'" + delimiter + "'"));
            }
            int end;
            String field;
            if (start < text.length() && text.charAt(start) == '"') {
                int close = closingQuote(text, start + 1);
                if (close < 0) {
                    throw new Fault(index, true, "a quote is opened and not closed in this line; close it");
                }
                field = text.substring(start + 1, close).replace("\"\"", "\"");
                end = close + 1;
                if (end < text.length() && text.charAt(end) != delimiter) {
                    throw new Fault(
                            index, false, "text follows a closing quote; double a quote that is part of a field");
                }
            } else {
                int next = text.indexOf(delimiter, start);
                end = next < 0 ? text.length() : next;
                field = text.substring(start, end);
                if (field.indexOf('"') >= 0) {
                    throw new Fault(
                            index, false, "a quote stands inside a field; quote the field and double that quote");
                }
            }
            if (field.length() > LONGEST) {
                throw new Fault(index, false, "the field has more than %d characters; shorten it".formatted(LONGEST));
            }
            fields.add(field);
            if (end == text.length()) {
                return fields;
            }
            start = end + 1;
        }
    }

    /** How many delimiters in {@code text} end a field: the field, from 0, in which the text breaks off. */
    static int separators(String text, char delimiter) {
        int separators = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            quoted ^= character == '"';
            if (character == delimiter && !quoted) {
                separators++;
            }
        }
        return separators;
    }

    private static int closingQuote(String text, int from) {
        int quote = text.indexOf('"', from);
        while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
            quote = text.indexOf('"', quote + 2);
        }
        return quote;
    }
}
