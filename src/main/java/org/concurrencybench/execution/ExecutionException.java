package org.concurrencybench.execution;

import org.jspecify.annotations.Nullable;

/** A batch could not be run to its end; the message is one line that says which unit failed, and how. */
public final class ExecutionException extends Exception {

    private static final long serialVersionUID = 1L;

    public ExecutionException(String message, @Nullable Throwable cause) {
        super(oneLine(message), cause);
    }

    /** Whatever went into it (a task's message, a child's last words), it stands in one line of a table or a terminal. */
    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " | ").replaceAll("\\p{Cntrl}", " ");
    }
}
