package org.concurrencybench.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * A flight recording of what threads wait for in the code of tasks: monitors, the locks of {@code java.util.concurrent}, and
 * carriers that a virtual thread did not let go of (JEP 444; since JEP 491 only for native frames and class initialization).
 */
final class FlightLog implements AutoCloseable {

    private static final String MONITOR = "jdk.JavaMonitorEnter";
    private static final String PARK = "jdk.ThreadPark";
    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final String COLLECTION = "jdk.GarbageCollection";

    /** Frames of those who hand tasks over, and of the JDK below everybody. */
    private static final List<String> NOT_THE_TASKS = List.of(
            "java.",
            "jdk.",
            "sun.",
            "org.openjdk.jmh.",
            "org.concurrencybench.execution.",
            "org.concurrencybench.benchmark.");

    /**
     * What was waited for.
     *
     * @param lockNanos for locks, of all threads
     * @param lock the class of the lock that most of it was waited for; empty if none
     * @param pins how often a carrier was held
     * @param pinnedNanos for how long
     * @param pinnedBy the method of the tasks that did it most; empty if none
     * @param pauseNanos of garbage collections
     */
    record Waits(long lockNanos, String lock, int pins, long pinnedNanos, String pinnedBy, long pauseNanos) {}

    private final Recording recording = new Recording();

    /** Begins to record. */
    FlightLog() {
        for (String timed : List.of(MONITOR, PARK, PINNED)) {
            recording.enable(timed).withThreshold(Duration.ZERO).withStackTrace();
        }
        recording.enable(COLLECTION);
        recording.start();
    }

    /** Ends it, and tells what it holds. */
    Waits waits() throws IOException {
        recording.stop();
        Path file = Files.createTempFile("look", ".jfr");
        try {
            recording.dump(file);
            return waits(RecordingFile.readAllEvents(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Waits waits(List<RecordedEvent> events) {
        Map<String, Long> locks = new HashMap<>();
        Map<String, Long> pinners = new HashMap<>();
        int pins = 0;
        long pauses = 0;
        for (RecordedEvent event : events) {
            long nanos = event.getDuration().toNanos();
            switch (event.getEventType().getName()) {
                case MONITOR ->
                    ofTasks(event).ifPresent(_ -> locks.merge(lock(event, "monitorClass"), nanos, Long::sum));
                case PARK -> {
                    String parked = lock(event, "parkedClass");
                    // A condition is waited for as somebody else's work is; only the wait for its lock is contention.
                    if (parked.startsWith("java.util.concurrent.")
                            && !parked.endsWith("ConditionObject")
                            && isLock(parked)) {
                        ofTasks(event).ifPresent(_ -> locks.merge(parked, nanos, Long::sum));
                    }
                }
                case PINNED -> {
                    Optional<String> who = ofTasks(event);
                    if (who.isPresent()) {
                        pinners.merge(who.get(), nanos, Long::sum);
                        pins++;
                    }
                }
                case COLLECTION -> pauses += event.getDuration("sumOfPauses").toNanos();
                default -> {}
            }
        }
        return new Waits(sum(locks), most(locks), pins, sum(pinners), most(pinners), pauses);
    }

    private static boolean isLock(String parked) {
        return Stream.of("Lock", "Semaphore").anyMatch(parked::contains);
    }

    private static String lock(RecordedEvent event, String field) {
        RecordedClass of = event.getValue(field);
        return of == null ? "" : of.getName();
    }

    /** The innermost method that is the tasks' own; empty where there is none, and a model waited. */
    private static Optional<String> ofTasks(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return Optional.empty();
        }
        return event.getStackTrace().getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .filter(frame -> NOT_THE_TASKS.stream()
                        .noneMatch(frame.getMethod().getType().getName()::startsWith))
                .findFirst()
                .map(frame -> frame.getMethod().getType().getName() + "::"
                        + frame.getMethod().getName());
    }

    private static long sum(Map<String, Long> nanos) {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String most(Map<String, Long> nanos) {
        return nanos.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    @Override
    public void close() {
        recording.close();
    }
}
