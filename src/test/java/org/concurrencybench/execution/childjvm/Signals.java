package org.concurrencybench.execution.childjvm;

import java.io.IOException;

/** What a terminal, a supervisor or the kernel's killer sends to a process. */
final class Signals {

    private Signals() {}

    /** Sends the one with this name, without "SIG". */
    static void send(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("process " + pid + " cannot be sent " + name);
        }
    }
}
