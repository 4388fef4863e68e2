package org.concurrencybench.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * Where lines go: results to one stream, everything else to the other.
 *
 * @param out results
 * @param err progress, warnings, errors
 * @param terminal whether a person watches: progress may then rewrite its line
 * @param colour whether colours are welcome
 */
record Console(PrintStream out, PrintStream err, boolean terminal, boolean colour) {

    /** Name that messages begin with. */
    private static final String PROGRAM = "run-benchmarks: ";

    /** This process's own; {@code NO_COLOR} (no-color.org) and {@code TERM=dumb} are honoured. */
    static Console ofProcess(Map<String, String> environment) {
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean terminal = Optional.ofNullable(System.console())
                        .filter(java.io.Console::isTerminal)
                        .isPresent()
                && !dumb;
        boolean colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(System.out, System.err, terminal, colour);
    }

    void warn(String line) {
        err.println(PROGRAM + "warning: " + line);
    }

    void error(String line) {
        err.println(PROGRAM + line.strip().replaceAll("\\s*\\R\\s*", " | "));
    }
}
