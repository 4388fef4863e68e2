package org.concurrencybench.execution.childjvm;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;

/** A parent of four child JVMs, made to be killed. */
public final class ParentMain {

    static final int CHILDREN = 4;

    private ParentMain() {}

    /** The command that starts one. */
    static List<String> command(String busyOrIdle) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ParentMain.class.getName(),
                busyOrIdle);
    }

    /**
     * Prints its process id and its children's once these are ready, and busy if they are to be; then waits.
     *
     * @param args {@code busy} or {@code idle}
     */
    public static void main(String[] args) throws Exception {
        boolean busy = args[0].equals("busy");
        Fault fault = busy ? Fault.COMPUTES_FOR_EVER_IN_EVERY_TASK : Fault.NONE;
        try (TestPool pool = new TestPool(fault, CHILDREN, 0, CHILDREN, TestPool.LONG)) {
            pool.pool().awaitReady(TestPool.LONG);
            Thread.ofPlatform().daemon().start(() -> {
                while (pool.begun() < CHILDREN && busy) {
                    LockSupport.parkNanos(1_000_000);
                }
                System.out.println(ProcessHandle.current().pid() + pids(pool));
                System.out.flush();
            });
            pool.pool().run();
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static String pids(TestPool pool) {
        return pool.pool().pids().stream().map(pid -> " " + pid).collect(Collectors.joining());
    }
}
