package org.concurrencybench.workload;

import java.util.List;

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
}
