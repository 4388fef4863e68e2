package org.concurrencybench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.concurrencybench.sample.RunEnvironment;

/**
 * The command that measures a run again: the same cases in the same order. Directories stand in it as words in capitals,
 * because results are published without those of the machine.
 */
final class RepeatCommand {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** An absolute path, at the start of a word or of a value in it. */
    private static final Pattern PATH = Pattern.compile("(^|[\\s=:,;\"'(@])/[^\\s:;,\"')]+");

    private RepeatCommand() {}

    /** The command for a POSIX shell; none for a run of one's own code, whose class path and inputs nobody noted. */
    static Optional<String> of(RunEnvironment run) {
        if (run.profile().equals(OwnCode.PROFILE)) {
            return Optional.empty();
        }
        CallWords call = CallWords.of(run);
        List<String> words = new ArrayList<>(List.of("./run-benchmarks.sh", "run"));
        option(words, "--profile", run.profile());
        option(words, "--workload", String.join(",", call.workloads()));
        option(words, "--model", String.join(",", call.models()));
        option(words, "-p", String.join(",", call.assignments()));
        option(words, "--precision", call.precision());
        option(words, "--budget", call.budget());
        option(
                words,
                "--jvm",
                IntStream.rangeClosed(1, call.jvms()).mapToObj(n -> "JDK" + n).collect(Collectors.joining(",")));
        call.flags().forEach(flags -> words.addAll(List.of("--jvm-args", withoutPaths(flags))));
        option(words, "--seed", Long.toString(run.seed()));
        return Optional.of(words.stream().map(RepeatCommand::quoted).collect(Collectors.joining(" ")));
    }

    /** {@code text} with {@code PATH} for each absolute path in it. */
    static String withoutPaths(String text) {
        return PATH.matcher(text).replaceAll("$1PATH");
    }

    /** One word for a POSIX shell. */
    static String quoted(String word) {
        return HARMLESS.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static void option(List<String> words, String name, String value) {
        if (!value.isEmpty()) {
            words.add(name);
            words.add(value);
        }
    }
}
