package org.concurrencybench.runner;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what Linux says of itself below {@code /proc} and {@code /sys}; a file that is missing or strange says nothing. */
final class SystemFiles {

    private final Path root;

    /** Files below {@code root}, which is {@code /} but in tests. */
    SystemFiles(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    /** The whole text, without space around it; empty if there is none. */
    Optional<String> text(String path) {
        try {
            return Optional.of(Files.readString(root.resolve(path)).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The first group of the first match of a pattern in a file. */
    Optional<String> match(String path, String pattern) {
        return text(path)
                .map(Pattern.compile(pattern, Pattern.MULTILINE)::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    /** The same as a number. */
    OptionalDouble number(String path, String pattern) {
        try {
            return match(path, pattern)
                    .map(text -> OptionalDouble.of(Double.parseDouble(text)))
                    .orElse(OptionalDouble.empty());
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Names within a directory, in order. */
    List<String> names(String path) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(path))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException e) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    /**
     * Cores that the control groups of this process grant, the least of the group and those above it; empty for no limit
     * (cgroup-v2.rst: {@code cpu.max}; sched-bwc.rst: {@code cpu.cfs_quota_us}).
     */
    OptionalDouble quotaCores() {
        String unified = match("proc/self/cgroup", "^0::(/.*)$").orElse("/");
        String first = match("proc/self/cgroup", "^\\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(/.*)$")
                .orElse("/");
        OptionalDouble least = OptionalDouble.empty();
        for (String group = unified; ; group = parent(group)) {
            least = least(least, ratio(text("sys/fs/cgroup" + group + "/cpu.max")));
            if (group.equals("/")) {
                break;
            }
        }
        for (String group = first; ; group = parent(group)) {
            String base = "sys/fs/cgroup/cpu" + group;
            least = least(
                    least,
                    ratio(text(base + "/cpu.cfs_quota_us")
                            .flatMap(quota -> text(base + "/cpu.cfs_period_us").map(period -> quota + " " + period))));
            if (group.equals("/")) {
                return least;
            }
        }
    }

    private static String parent(String group) {
        int slash = group.lastIndexOf('/');
        return slash <= 0 ? "/" : group.substring(0, slash);
    }

    private static OptionalDouble ratio(Optional<String> quotaAndPeriod) {
        Optional<Matcher> numbers = quotaAndPeriod
                .map(Pattern.compile("([1-9]\\d{0,17})\\s+([1-9]\\d{0,17})")::matcher)
                .filter(Matcher::matches);
        return numbers.isPresent()
                ? OptionalDouble.of(Double.parseDouble(numbers.get().group(1))
                        / Double.parseDouble(numbers.get().group(2)))
                : OptionalDouble.empty();
    }

    private static OptionalDouble least(OptionalDouble one, OptionalDouble other) {
        return one.isEmpty() || (other.isPresent() && other.getAsDouble() < one.getAsDouble()) ? other : one;
    }
}
