package org.concurrencybench.workload;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** What a user's function is mapped over: the lines of a file, or a range of whole numbers such as {@code 1..1000}. */
final class OwnInputs {

    private static final Pattern RANGE = Pattern.compile("(-?[0-9]{1,18})\\.\\.(-?[0-9]{1,18})");

    /** Every process that takes part holds all of them. */
    static final int MOST = 10_000_000;

    private OwnInputs() {}

    /**
     * The inputs, as text.
     *
     * @param given a range or the path of a file
     * @param first how many of them; 0 for all
     * @throws IllegalArgumentException if there are none; one line
     */
    static List<String> read(String given, int first) {
        Matcher range = RANGE.matcher(given);
        List<String> lines = range.matches() ? numbers(given, range) : lines(given);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("inputs '%s' are empty".formatted(given));
        }
        if (lines.size() > MOST) {
            throw new IllegalArgumentException("inputs '%s' are more than %d".formatted(given, MOST));
        }
        return first > 0 && first < lines.size() ? List.copyOf(lines.subList(0, first)) : lines;
    }

    /** Where one of them is, for messages. */
    static String where(String given, int index) {
        return RANGE.matcher(given).matches() ? "input " + given : "%s, line %d".formatted(given, index + 1);
    }

    private static List<String> numbers(String given, Matcher range) {
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        if (last < first || last - first >= MOST) {
            throw new IllegalArgumentException("inputs '%s' are no range of 1 to %d numbers".formatted(given, MOST));
        }
        return LongStream.rangeClosed(first, last).mapToObj(Long::toString).toList();
    }

    private static List<String> lines(String given) {
        try {
            return Files.readAllLines(Path.of(given));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("inputs '%s' are no UTF-8 text".formatted(given), e);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "inputs '%s' are neither a range like 1..1000 nor a file that can be read".formatted(given), e);
        }
    }
}
