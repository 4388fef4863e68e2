package org.concurrencybench.execution.childjvm;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends this JVM when the process that started it is gone, however that went. A process killed without warning tells its
 * children nothing, and one that is busy does not read the stream that would tell it; so this one asks.
 */
public final class ParentWatch {

    private ParentWatch() {}

    /**
     * Starts a daemon thread that halts this JVM within about {@code 200 ms} of its parent's end.
     *
     * @param parentPid process id that the parent had when it started this process
     */
    public static void haltWithout(long parentPid) {
        SegmentFiles none = new SegmentFiles(parentPid);
        none.belongTo("");
        haltWithout(parentPid, none);
    }

    /**
     * The same, and removes files of the parent's first.
     *
     * @param files those; waits for a moment if they are not known by then
     * @return the thread, which ends with this JVM
     */
    static Thread haltWithout(long parentPid, SegmentFiles files) {
        return Thread.ofPlatform().name("parent-watch").daemon().start(() -> {
            // Here, because the first handle takes a cold JVM a millisecond or two, which the first task need not wait
            // for.
            Optional<ProcessHandle> parent = ProcessHandle.of(parentPid);
            // A handle knows when its process started, so a process that gets the same id later is not taken for it.
            while (parent.isPresent() && parent.get().isAlive() && !isAdopted(parentPid)) {
                // Not a sleep: an interrupt by some task must not end the watch.
                LockSupport.parkNanos(ChildJvmDefaults.PARENT_CHECK.toNanos());
            }
            if (!files.areKnown()) {
                // A child that was just coming up may read which they are this very moment.
                LockSupport.parkNanos(ChildJvmDefaults.PARENT_CHECK.toNanos());
            }
            try {
                files.remove();
            } finally {
                Runtime.getRuntime().halt(ChildMain.EXIT_ORPHANED);
            }
        });
    }

    /**
     * Whether this process has been given to another parent. A dead parent that nobody has waited for yet still counts as
     * alive, for ever where the first process of a container waits for nobody; its children are given away at once.
     */
    private static boolean isAdopted(long parentPid) {
        return ProcessHandle.current()
                .parent()
                .map(now -> now.pid() != parentPid)
                .orElse(false);
    }

    /** The same for the process that is this one's parent now. */
    public static void haltWithoutParent() {
        ProcessHandle.current().parent().ifPresent(parent -> haltWithout(parent.pid()));
    }
}
