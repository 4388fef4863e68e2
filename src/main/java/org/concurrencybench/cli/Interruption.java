package org.concurrencybench.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.Signals;

/**
 * Ctrl-C, SIGTERM and a closed terminal while a run is under way: the fork in progress is ended, and the run writes what
 * it has and ends by itself.
 *
 * <p>Signals are caught here and not by a shutdown hook: once the JVM is going down, the JDK refuses what registers a hook
 * of its own, and to write a PNG does. A signal that this process was started to ignore, as under {@code nohup}, stays
 * ignored.
 */
final class Interruption implements AutoCloseable {

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    /**
     * Ctrl-C reaches the whole process group, and a supervisor may pass it on: within this time it is the same one. Nobody
     * presses it twice as quickly.
     */
    private static final Duration ECHO = Duration.ofMillis(200);

    private final Map<String, Object> before = new HashMap<>();
    private long firstNanos;
    // Written under this object's lock by the thread that a signal starts; read by the running thread after each fork.
    private volatile boolean requested;

    Interruption() {
        for (String signal : SIGNALS) {
            Object handler = Signals.register(signal, this::interrupt);
            if (handler != null) {
                before.put(signal, handler);
            }
        }
    }

    boolean requested() {
        return requested;
    }

    @Override
    public void close() {
        before.forEach(Signals::unregister);
    }

    private synchronized void interrupt() {
        if (!requested) {
            firstNanos = System.nanoTime();
            requested = true;
            // A signal to this process alone does not reach the fork, which would go on to its end.
            ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        } else if (System.nanoTime() - firstNanos > ECHO.toNanos()) {
            // Asked again: whoever asks does not want to wait. Samples are on disk, and forks end without their parent.
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
        }
    }
}
