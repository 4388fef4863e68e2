package org.concurrencybench.sample;

import java.nio.file.Path;

/** A file is not what it should be; the message is one line that says which file, where in it, and what is wrong. */
public final class FormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_QUOTE = 60;

    public FormatException(String message) {
        super(message);
    }

    /**
     * {@code FILE:LINE:COLUMN: complaint}, on one line whatever the file is called.
     *
     * @param file as the user named it
     * @param line number of the line, from 1
     * @param column name of the column, or its number from 1 where it has none
     * @param complaint {@code what is wrong; what to do}
     */
    public static FormatException at(Path file, long line, String column, String complaint) {
        return new FormatException(
                "%s:%d:%s: %s".formatted(printable(file.toString()), line, shortened(column), complaint));
    }

    /** {@code text} in single quotes, cut to a length that a message can bear, and printable. */
    public static String quoted(String text) {
        return "'" + shortened(text) + "'";
    }

    /**
     * {@code text} with a {@code ?} in place of everything that could break a line, move a cursor, turn the direction of
     * writing or not be encoded at all.
     */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> '?';
                    default -> point;
                })
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static String shortened(String text) {
        return printable(text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…");
    }
}
