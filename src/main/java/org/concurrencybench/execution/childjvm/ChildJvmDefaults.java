package org.concurrencybench.execution.childjvm;

import java.time.Duration;

/** Limits of the child-JVM models, each with its reason. */
final class ChildJvmDefaults {

    /** Most children of a batch: each takes some 20 MB and 50 ms of CPU to start, so thousands are out of the question. */
    static final int MOST_CHILDREN = 8;

    /** Work that is worth a hand-over: some five times the way there and back over pipes. */
    static final Duration LEAST_CHUNK = Duration.ofNanos(100_000);

    /** From start to ready: a thousand times what it takes on an idle machine. */
    static final Duration START_LIMIT = Duration.ofSeconds(30);

    /**
     * Without an answer from any child, beside what a definition grants its tasks: longer than the longest chunk of any profile
     * (a chain of five sleeps of 5 s).
     */
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    /** From the word that no more work comes to its exit, before it is killed. */
    static final Duration END_LIMIT = Duration.ofSeconds(2);

    /** How often a child looks whether its parent is still there: below half a second, and nothing against a core. */
    static final Duration PARENT_CHECK = Duration.ofMillis(200);

    /** How long the news of a child's end may take to get here: a failure that follows from it can be quicker. */
    static final Duration NEWS_LIMIT = Duration.ofMillis(50);

    /** What is kept of a child's stderr: enough for the last words, little enough for thousands of lines before them. */
    static final int STDERR_TAIL_BYTES = 8 * 1024;

    /** Longest frame that is believed; anything longer is not ours. */
    static final int MOST_FRAME_BYTES = 64 * 1024 * 1024;

    private ChildJvmDefaults() {}
}
