package org.concurrencybench.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}. */
final class Durations {

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m|h)");

    private Durations() {}

    /**
     * The time that a word says.
     *
     * @param option whose value it is, for the message
     */
    static Duration parse(String option, String word) throws UsageException {
        Matcher time = TIME.matcher(word);
        if (!time.matches()) {
            throw new UsageException("%s takes a time such as 500ms, 10s or 5m, not '%s'".formatted(option, word));
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
