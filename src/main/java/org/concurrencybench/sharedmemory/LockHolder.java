package org.concurrencybench.sharedmemory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the process that holds a lock can still let go of it. */
final class LockHolder {

    /** Fields of {@code /proc/<pid>/stat} behind the command's name: the state, and how many threads there are. */
    private static final int STATE = 0;

    private static final int THREADS = 17;

    private LockHolder() {}

    /**
     * Whether none of its threads will ever run again. Costs two small reads of {@code /proc}: nothing to do on every try.
     * A process id that was given to somebody else since then passes for alive, and the wait ends at its bound.
     */
    static boolean isDead(long pid) {
        return ProcessHandle.of(pid).isEmpty() || isZombie(pid);
    }

    /**
     * A killed process keeps its id, and so its handle, until its parent asks how it ended. See
     * <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>.
     */
    private static boolean isZombie(long pid) {
        String line;
        try {
            line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // No such system, or gone by now: the next look tells.
            return false;
        }
        return isZombie(line);
    }

    /** For tests: what the line says. */
    static boolean isZombie(String line) {
        // The command's name is in brackets and may have brackets and spaces of its own.
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", THREADS + 2);
        if (fields.length <= THREADS) {
            return false;
        }
        // A first thread may end before the others: its state is Z while they run on.
        return "ZX".contains(fields[STATE]) && Integer.parseInt(fields[THREADS]) <= 1;
    }
}
