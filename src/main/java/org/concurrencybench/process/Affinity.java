package org.concurrencybench.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * On which cores the threads of a process run, sched_setaffinity(2). Linux; elsewhere nothing happens, and what is asked of a
 * process or thread that has ended is not done either.
 */
public final class Affinity {

    /** Bits for 1024 processors, as the C library's {@code cpu_set_t}. */
    private static final int MASK_BYTES = 128;

    private static final int MANY_THREADS = 200;

    private final Optional<MethodHandle> set = call("sched_setaffinity");
    private final Optional<MethodHandle> get = call("sched_getaffinity");

    /** Looks the calls up. */
    public Affinity() {}

    /**
     * Keeps all threads that the process has now to one core; those that it starts later follow their parent. Two processes
     * that hand a cache line to and fro are a different experiment on one core and on two, and where the kernel puts them is
     * luck.
     *
     * @param core from 0
     */
    public void keepTo(long pid, int core) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = only(core, arena);
            for (int thread : threads(pid)) {
                set(thread, mask);
            }
        }
    }

    /**
     * Moves the one thread of a process that computes to a core, and leaves it free at once to go where it may: it stays there
     * as long as nothing drives it away. Where none computes, or more than one, nothing is moved: those have the scheduler to
     * spread them. Neither is a thread that is bound otherwise than the process's first one, nor any of a process with more
     * than {@value #MANY_THREADS} threads, which takes longer to look through than it is worth.
     *
     * @param number of the core among those that the process may use, counted round and round from 0
     * @return whether a thread was moved there, or was there already
     */
    public boolean moveTheOneThatRuns(long pid, int number) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment allowed = arena.allocate(MASK_BYTES, Long.BYTES);
            List<Integer> threads = threads(pid);
            OptionalInt lone = theOneThatRuns(pid, threads);
            if (lone.isEmpty() || !get((int) pid, allowed)) {
                return false;
            }
            List<Integer> cores = cores(allowed);
            MemorySegment its = arena.allocate(MASK_BYTES, Long.BYTES);
            if (cores.size() < 2 || !get(lone.getAsInt(), its) || its.mismatch(allowed) >= 0) {
                return false;
            }
            MemorySegment core = only(cores.get(Math.floorMod(number, cores.size())), arena);
            try {
                return set(lone.getAsInt(), core);
            } finally {
                set(lone.getAsInt(), allowed);
                // One that it started in between has inherited where it was kept to.
                for (int thread : threads(pid)) {
                    if (!threads.contains(thread) && get(thread, its) && its.mismatch(core) < 0) {
                        set(thread, allowed);
                    }
                }
            }
        }
    }

    /**
     * Whether a thread of a process is on a core or waits for one. Of a process with more than {@value #MANY_THREADS} threads
     * that is not known, and neither is it where there is no {@code /proc}: then none does.
     */
    public static boolean runs(long pid) {
        List<Integer> threads = threads(pid);
        return threads.size() <= MANY_THREADS && threads.stream().anyMatch(thread -> runs(pid, thread));
    }

    /** The only thread on a core or waiting for one. */
    private static OptionalInt theOneThatRuns(long pid, List<Integer> threads) {
        OptionalInt lone = OptionalInt.empty();
        if (threads.size() > MANY_THREADS) {
            return lone;
        }
        for (int thread : threads) {
            if (runs(pid, thread)) {
                if (lone.isPresent()) {
                    return OptionalInt.empty();
                }
                lone = OptionalInt.of(thread);
            }
        }
        return lone;
    }

    /** By proc_pid_stat(5). */
    private static boolean runs(long pid, int thread) {
        try {
            // The state follows the name, which stands in brackets and may hold some itself.
            String line = Files.readString(Path.of("/proc/" + pid + "/task/" + thread + "/stat"), ISO_8859_1);
            return line.startsWith("R", line.lastIndexOf(')') + 2);
        } catch (IOException e) {
            // It has just ended.
            return false;
        }
    }

    /**
     * The cores that a process may use, from 0 up.
     *
     * @return empty where that cannot be known
     */
    public List<Integer> cores(long pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment allowed = arena.allocate(MASK_BYTES, Long.BYTES);
            return get((int) pid, allowed) ? cores(allowed) : List.of();
        }
    }

    private static List<Integer> cores(MemorySegment mask) {
        List<Integer> cores = new ArrayList<>();
        for (int core = 0; core < MASK_BYTES * Byte.SIZE; core++) {
            if ((mask.get(ValueLayout.JAVA_LONG, word(core)) & bit(core)) != 0) {
                cores.add(core);
            }
        }
        return cores;
    }

    private static MemorySegment only(int core, Arena arena) {
        MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
        mask.set(ValueLayout.JAVA_LONG, word(core), bit(core));
        return mask;
    }

    private static long word(int core) {
        return (long) core / Long.SIZE * Long.BYTES;
    }

    private static long bit(int core) {
        return 1L << core % Long.SIZE;
    }

    /** None where the process has ended, or nothing tells. */
    private static List<Integer> threads(long pid) {
        List<Integer> threads = new ArrayList<>();
        try (DirectoryStream<Path> ids = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path id : ids) {
                threads.add(Integer.parseInt(id.getFileName().toString()));
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return threads;
    }

    private boolean set(int thread, MemorySegment mask) {
        return call(set, thread, mask) >= 0;
    }

    private boolean get(int thread, MemorySegment mask) {
        return call(get, thread, mask.fill((byte) 0)) >= 0;
    }

    private static int call(Optional<MethodHandle> handle, int thread, MemorySegment mask) {
        if (handle.isEmpty()) {
            return -1;
        }
        try {
            return (int) handle.get().invokeExact(thread, (long) MASK_BYTES, mask);
        } catch (Throwable e) {
            throw new IllegalStateException("the affinity of a thread could not be asked or set: " + e, e);
        }
    }

    @SuppressWarnings("restricted") // calls of the C library, with the arguments that their man page gives
    private static Optional<MethodHandle> call(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(symbol -> linker.downcallHandle(
                        symbol,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS)));
    }
}
