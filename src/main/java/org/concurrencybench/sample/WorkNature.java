package org.concurrencybench.sample;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What kind of work a user's code is, as a look beside the measurement found: shares from 0 to 1 and sizes, by name. What
 * could not be seen is not there. It stands among the words of {@code environment.json}, so that a report can be made again.
 *
 * @param found values by the names of this class
 */
public record WorkNature(Map<String, String> found) {

    /** The setting that was looked at, as a cell of parameters, where several are measured. */
    public static final String SETTING = "setting";

    /** Tasks of a batch. */
    public static final String TASKS = "tasks";

    /** Time of a batch in one thread. */
    public static final String BATCH_MILLIS = "batch ms";

    /** Time of a task in one thread. */
    public static final String TASK_MILLIS = "task ms";

    /** Share of one thread's time in which it neither computed nor was ready to. */
    public static final String WAITING = "waiting share";

    /** Of that, asleep, parked or waiting to be notified. */
    public static final String PARKED = "parked share";

    /** Of that, before {@code synchronized}. */
    public static final String BLOCKED = "blocked share";

    /** Heap that a task allocates in one thread. */
    public static final String BYTES = "bytes a task";

    /** Share of the time in which collections stopped everything, in one thread. */
    public static final String GC = "gc share";

    /** The same with threads. */
    public static final String GC_IN_THREADS = "gc share in threads";

    /** Share of all threads' time before locks of the tasks'. */
    public static final String LOCKS = "lock share";

    /** The class of the lock that most of it was waited for. */
    public static final String LOCK = "lock";

    /** How often virtual threads held on to their carriers. */
    public static final String PINS = "pins a batch";

    /** For how long, over all. */
    public static final String PINNED_MILLIS = "pinned ms a batch";

    /** The method that did it most. */
    public static final String PINNED_BY = "pinned by";

    /** Before the name of a workload of ours, seen in the same way. */
    public static final String LIKE = "like ";

    private static final String PREFIX = "look ";

    /** A difference of this factor in the length of a task counts as much as one of 100 % in waiting. */
    private static final double LENGTH_SCALE = 1e4;

    /** Copies the map. */
    public WorkNature {
        found = Map.copyOf(found);
    }

    /** From the words of {@link RunEnvironment#machine}; nothing found where the run did not look. */
    public static WorkNature ofWords(Map<String, String> words) {
        Map<String, String> found = new LinkedHashMap<>();
        words.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                found.put(name.substring(PREFIX.length()), value);
            }
        });
        return new WorkNature(found);
    }

    /** As words of {@link RunEnvironment#machine}. */
    public Map<String, String> asWords() {
        Map<String, String> words = new TreeMap<>();
        found.forEach((name, value) -> words.put(PREFIX + name, value));
        return words;
    }

    /** A number; empty where it was not seen, or a file has something else in its place. */
    public OptionalDouble number(String name) {
        try {
            double value = Double.parseDouble(found.getOrDefault(name, ""));
            return Double.isFinite(value) && value >= 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** A word; empty where there is none. */
    public Optional<String> word(String name) {
        return Optional.ofNullable(found.get(name)).filter(word -> !word.isEmpty());
    }

    /** A workload of ours, and how long its task and how large its waiting share was in the same look. */
    public record Likeness(String workload, double waitingShare, double taskMillis) {}

    /**
     * The workload of ours that comes nearest in waiting share and in the length of a task: the differences of the shares and
     * of the logarithms, to the base of 10 000, added in squares.
     */
    public Optional<Likeness> nearest() {
        OptionalDouble waiting = number(WAITING);
        OptionalDouble task = number(TASK_MILLIS);
        Likeness nearest = null;
        double least = Double.POSITIVE_INFINITY;
        for (String name : new TreeMap<>(found).keySet()) {
            if (waiting.isEmpty() || task.isEmpty() || !name.startsWith(LIKE) || !name.endsWith(" " + WAITING)) {
                continue;
            }
            String workload = name.substring(LIKE.length(), name.length() - WAITING.length() - 1);
            OptionalDouble its = number(name);
            OptionalDouble length = number(LIKE + workload + " " + TASK_MILLIS);
            if (its.isEmpty() || length.isEmpty()) {
                continue;
            }
            double far = Math.hypot(
                    waiting.getAsDouble() - its.getAsDouble(),
                    Math.log(Math.max(1e-9, task.getAsDouble()) / Math.max(1e-9, length.getAsDouble()))
                            / Math.log(LENGTH_SCALE));
            if (far < least) {
                least = far;
                nearest = new Likeness(workload, its.getAsDouble(), length.getAsDouble());
            }
        }
        return Optional.ofNullable(nearest);
    }
}
