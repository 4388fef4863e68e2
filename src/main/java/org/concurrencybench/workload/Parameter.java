package org.concurrencybench.workload;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A parameter of a workload: its name, its default and what it may be. */
public sealed interface Parameter {

    /** As in {@code -p name=value}; units stand in the name. */
    String name();

    /** Used where nothing else is said. */
    String defaultValue();

    /** One line for {@code list}. */
    String description();

    /** What it may be, in words, for messages. */
    String allowed();

    /** Whether {@code value} is one of those. */
    boolean accepts(String value);

    /** A whole number from {@code minimum} to {@code maximum}. */
    record WholeNumber(String name, int defaultNumber, int minimum, int maximum, String description)
            implements Parameter {

        @Override
        public String defaultValue() {
            return Integer.toString(defaultNumber);
        }

        @Override
        public String allowed() {
            return "a whole number from " + minimum + " to " + maximum;
        }

        @Override
        public boolean accepts(String value) {
            // Nine or ten digits at most, so that parsing as long cannot overflow; no sign, no leading zero: one
            // spelling
            // for each number, because the spelling is part of a case's identity.
            if (!value.matches("0|[1-9][0-9]{0,9}")) {
                return false;
            }
            long number = Long.parseLong(value);
            return minimum <= number && number <= maximum;
        }
    }

    /** One of a few words; the first is the default. */
    record Choice(String name, List<String> choices, String description) implements Parameter {

        public Choice {
            choices = List.copyOf(choices);
        }

        @Override
        public String defaultValue() {
            return choices.getFirst();
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", choices);
        }

        @Override
        public boolean accepts(String value) {
            return choices.contains(value);
        }
    }

    /** Any text of one line; the words of a user's own. */
    record Text(String name, String defaultValue, String description) implements Parameter {

        private static final int LONGEST = 4096;

        @Override
        public String allowed() {
            return "a line of 1 to " + LONGEST + " characters";
        }

        @Override
        public boolean accepts(String value) {
            return !value.isEmpty()
                    && value.length() <= LONGEST
                    && value.chars().noneMatch(Character::isISOControl);
        }
    }

    /**
     * Whole numbers in an order, {@code 3:6:9}.
     *
     * @param defaultNumbers from 1 to {@code most} of them
     * @param most how many there may be
     * @param maximum of each; the minimum is 1
     */
    record Numbers(String name, List<Integer> defaultNumbers, int most, int maximum, String description)
            implements Parameter {

        private static final String BETWEEN = ":";

        public Numbers {
            defaultNumbers = List.copyOf(defaultNumbers);
        }

        @Override
        public String defaultValue() {
            return spell(defaultNumbers);
        }

        @Override
        public String allowed() {
            return "1 to %d whole numbers from 1 to %d, e.g. 3%s6%s9".formatted(most, maximum, BETWEEN, BETWEEN);
        }

        @Override
        public boolean accepts(String value) {
            String[] numbers = value.split(BETWEEN, -1);
            WholeNumber one = new WholeNumber(name, 1, 1, maximum, description);
            return numbers.length <= most && Arrays.stream(numbers).allMatch(one::accepts);
        }

        /** The numbers of a value that is accepted. */
        static List<Integer> read(String value) {
            return Arrays.stream(value.split(BETWEEN, -1)).map(Integer::valueOf).toList();
        }

        /** The value that {@link #read} reads back. */
        static String spell(List<Integer> numbers) {
            return numbers.stream().map(Object::toString).collect(Collectors.joining(BETWEEN));
        }
    }
}
