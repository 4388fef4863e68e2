package org.concurrencybench.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.concurrencybench.sample.RunEnvironment;

/**
 * What a call asked for, in the words that {@code environment.json} keeps, so that a run can go on as it began. Directories
 * of JDKs are not among them: results get published.
 *
 * @param workloads none for all
 * @param models none for the profile's
 * @param assignments parameters
 * @param precision in per cent
 * @param budget a time; empty for the profile's
 * @param jvms how many JDKs were named
 * @param flags sets of JVM flags
 */
record CallWords(
        List<String> workloads,
        List<String> models,
        List<String> assignments,
        String precision,
        String budget,
        int jvms,
        List<String> flags) {

    static final String PREFIX = "call ";

    private static final String BETWEEN_FLAGS = " | ";

    Map<String, String> asWords() {
        Map<String, String> words = new TreeMap<>();
        put(words, "workload", String.join(",", workloads));
        put(words, "model", String.join(",", models));
        put(words, "p", String.join(",", assignments));
        put(words, "precision", precision);
        put(words, "budget", budget);
        put(words, "jvm", jvms == 0 ? "" : Integer.toString(jvms));
        put(words, "jvm-args", flags.isEmpty() ? "" : String.join(BETWEEN_FLAGS, flags) + BETWEEN_FLAGS);
        return words;
    }

    /** What an earlier run was asked for. */
    static CallWords of(RunEnvironment run) {
        String flags = called(run, "jvm-args");
        String jvms = called(run, "jvm");
        return new CallWords(
                list(called(run, "workload")),
                list(called(run, "model")),
                list(called(run, "p")),
                called(run, "precision").isEmpty() ? "3%" : called(run, "precision"),
                called(run, "budget"),
                jvms.matches("\\d{1,3}") ? Integer.parseInt(jvms) : 0,
                flags(flags));
    }

    /** Each set of flags has its mark behind it, because an empty one is a set too. */
    private static List<String> flags(String joined) {
        if (joined.isEmpty()) {
            return List.of();
        }
        String without =
                joined.endsWith(BETWEEN_FLAGS) ? joined.substring(0, joined.length() - BETWEEN_FLAGS.length()) : joined;
        return List.of(without.split(Pattern.quote(BETWEEN_FLAGS), -1));
    }

    /** The value that a call's option had; empty if it was not given. */
    static String called(RunEnvironment run, String option) {
        return run.machine().getOrDefault(PREFIX + option, "");
    }

    private static List<String> list(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(",", -1));
    }

    private static void put(Map<String, String> words, String name, String value) {
        if (!value.isEmpty()) {
            words.put(PREFIX + name, value);
        }
    }
}
