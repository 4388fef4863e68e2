package org.concurrencybench.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A fork that measures nothing but looks at a case that nobody knows yet, so that its measurement can be planned. */
public final class FirstLook {

    /** The benchmark's parameter that names the file for what it finds. */
    private static final String FINDINGS = "findings";

    private FirstLook() {}

    /** The case could not be run. */
    public static final class FailedException extends Exception {

        private static final long serialVersionUID = 1L;

        FailedException(String reason) {
            super(reason);
        }
    }

    /**
     * Runs the fork.
     *
     * @param planned of a benchmark that writes {@code name=value} lines into the file that its parameter {@code findings} names
     * @return the values by their names
     * @throws FailedException if the case fails; one line
     * @throws IOException if there is no room for the file
     */
    public static Map<String, String> at(PlannedCase planned) throws FailedException, IOException {
        Path file = Files.createTempFile("look", ".txt");
        try {
            Map<String, String> params = new TreeMap<>(planned.jmhParams());
            params.put(FINDINGS, file.toString());
            ForkOutcome outcome = new JmhForkRunner().measure(new PlannedFork(planned.with(params), 1));
            if (outcome instanceof ForkOutcome.Failed failed) {
                throw new FailedException(failed.reason());
            }
            Map<String, String> found = new TreeMap<>();
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    found.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return found;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
