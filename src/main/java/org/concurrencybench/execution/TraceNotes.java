package org.concurrencybench.execution;

import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.execution.TraceSpan.State;
import org.jspecify.annotations.Nullable;

/** Where the threads of one JVM write down what they do, each into notes of its own, which nobody else touches. */
final class TraceNotes {

    /** Of one run of tasks; more is no picture. */
    static final int MOST_SPANS = 10_000;

    private static final long PROCESS_ID = ProcessHandle.current().pid();

    @SuppressWarnings("ThreadLocalUsage") // the notes of two batches must not mix
    private final ThreadLocal<@Nullable Page> current = new ThreadLocal<>();

    /** What is done. */
    @FunctionalInterface
    interface Doing {
        void run() throws InterruptedException;
    }

    /** The notes of a thread about one run of tasks. */
    private record Page(int firstTask, int endTask, List<TraceSpan> spans) {}

    /** From here on this thread runs those tasks. */
    void begin(int firstTask, int endTask) {
        current.set(new Page(firstTask, endTask, new ArrayList<>()));
    }

    /** What this thread did since it began. */
    List<TraceSpan> end() {
        Page page = current.get();
        current.remove();
        return page == null ? List.of() : page.spans;
    }

    /** Notes what this thread did; nothing outside of a run of tasks, such as when a batch is made ready. */
    void note(State state, long startNanos, long endNanos) {
        Page page = current.get();
        if (page != null && page.spans.size() < MOST_SPANS) {
            Thread thread = Thread.currentThread();
            page.spans.add(new TraceSpan(
                    PROCESS_ID,
                    thread.threadId(),
                    thread.getName(),
                    state,
                    page.firstTask,
                    page.endTask,
                    startNanos,
                    endNanos));
        }
    }

    /** Does it and notes how long that took. */
    void during(State state, Doing doing) throws InterruptedException {
        long start = System.nanoTime();
        doing.run();
        note(state, start, System.nanoTime());
    }
}
