package org.concurrencybench.execution.childjvm;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.LockKind;

/** A parent of eight child JVMs with all sorts of files, made to be killed. */
public final class ParentMain {

    static final int CHILDREN = 8;

    private ParentMain() {}

    /** The command that starts one. */
    static List<String> command(String state) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ParentMain.class.getName(),
                state);
    }

    /**
     * Prints its process id and its children's once these are in the state that they are to be in; then waits.
     *
     * @param args {@code busy}, {@code idle} or {@code starting}
     */
    public static void main(String[] args) throws Exception {
        boolean busy = args[0].equals("busy");
        Fault fault = busy ? Fault.COMPUTES_FOR_EVER_IN_EVERY_TASK : Fault.NONE;
        String channel = MappedState.unavailable(ChannelKind.PIPE).isEmpty() ? ChannelKind.PIPE.label() : "none";
        WorkloadSpec spec = FaultyWorkload.spec(fault, CHILDREN, 0, LockKind.FILE_LOCK, channel);
        try (TestPool pool = new TestPool(spec, CHILDREN, ChildCommand.words(), TestPool.LONG)) {
            if (args[0].equals("starting")) {
                System.out.println(ProcessHandle.current().pid() + pids(pool));
                Thread.sleep(Long.MAX_VALUE);
            }
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
