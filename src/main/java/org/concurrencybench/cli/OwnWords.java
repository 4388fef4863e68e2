package org.concurrencybench.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.sample.RunEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * What a call says of a user's own code. {@code environment.json} keeps all of it but the class path, whose directories are
 * nobody's business.
 *
 * @param function class and method; empty for a workload
 * @param inputs of a function
 * @param timeout of a call of a function
 * @param workload class or name; empty for a function
 * @param assignments parameters
 * @param profile only whether it is the one that looks whether everything works
 */
record OwnWords(
        String function, String inputs, String timeout, String workload, List<String> assignments, String profile) {

    /** Of one call, where nothing else is said. */
    private static final String DEFAULT_TIMEOUT = "60s";

    /** The profiles that there are for anybody's code: which cases, is not theirs to say. */
    private static final List<String> PROFILES = List.of(Profile.SMOKE.label(), Profile.STANDARD.label());

    private static final String FUNCTION = "function";
    private static final String INPUTS = "inputs";
    private static final String TIMEOUT = "timeout";
    private static final String PROFILE = "profile";

    OwnWords {
        assignments = List.copyOf(assignments);
    }

    /** What an earlier run was asked for. */
    static OwnWords of(RunEnvironment run, CallWords call) {
        return new OwnWords(
                CallWords.called(run, FUNCTION),
                CallWords.called(run, INPUTS),
                CallWords.called(run, TIMEOUT),
                call.workloads().isEmpty() ? "" : call.workloads().getFirst(),
                call.assignments(),
                CallWords.called(run, PROFILE));
    }

    Map<String, String> asWords() {
        Map<String, String> words = new TreeMap<>();
        words.put(CallWords.PREFIX + PROFILE, profile);
        if (!function.isEmpty()) {
            words.put(CallWords.PREFIX + FUNCTION, function);
            words.put(CallWords.PREFIX + INPUTS, inputs);
            words.put(CallWords.PREFIX + TIMEOUT, timeout);
        }
        return words;
    }

    /**
     * What a call says.
     *
     * @throws UsageException if one of the words has nothing to say here
     */
    static OwnWords of(
            @Nullable String function,
            @Nullable String inputs,
            @Nullable String timeout,
            List<String> workloads,
            List<String> assignments,
            String profile)
            throws UsageException {
        if (function != null && !workloads.isEmpty()) {
            throw new UsageException("--function and --workload are two things to measure; take one of them");
        }
        if (function == null && workloads.size() != 1) {
            throw new UsageException("--classpath needs --function, or the class of one workload as --workload");
        }
        if (!PROFILES.contains(profile)) {
            throw Nearest.unknown("profile for your own code", profile, PROFILES);
        }
        return new OwnWords(
                Objects.requireNonNullElse(function, ""),
                Objects.requireNonNullElse(inputs, ""),
                Objects.requireNonNullElse(timeout, DEFAULT_TIMEOUT),
                function == null ? workloads.getFirst() : "",
                assignments,
                profile);
    }

    boolean isSmoke() {
        return profile.equals(Profile.SMOKE.label());
    }

    /** The code that they name. */
    OwnCode code(@Nullable String classPath) throws UsageException, IOException {
        if (classPath == null || (!function.isEmpty() && inputs.isEmpty())) {
            throw new UsageException("--function needs --classpath (where it is) and --inputs (what to call it with)");
        }
        return function.isEmpty()
                ? OwnCode.workload(classPath, workload, assignments)
                : OwnCode.function(classPath, function, inputs, Durations.parse("--timeout", timeout), assignments);
    }
}
