package org.concurrencybench.benchmark;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps a process to one core, sched_setaffinity(2). Two processes that hand a cache line to and fro are a different
 * experiment on one core and on two, and where the kernel puts them is luck. Linux; elsewhere nothing happens.
 */
final class Affinity {

    /** Bits for 1024 processors, as the C library's {@code cpu_set_t}. */
    private static final int MASK_BYTES = 128;

    private Affinity() {}

    /** Keeps all threads that the process has now to one core; those that it starts later follow their parent. */
    static void keepTo(long pid, int core) throws IOException {
        Optional<MethodHandle> call = call();
        Path threads = Path.of("/proc/" + pid + "/task");
        if (call.isEmpty() || !Files.isDirectory(threads)) {
            return;
        }
        try (Arena arena = Arena.ofConfined();
                DirectoryStream<Path> ids = Files.newDirectoryStream(threads)) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            mask.set(ValueLayout.JAVA_LONG, (long) core / Long.SIZE * Long.BYTES, 1L << core % Long.SIZE);
            for (Path id : ids) {
                // A thread that has just ended is refused, and need not be kept anywhere.
                int _ = (int)
                        call.get().invokeExact(Integer.parseInt(id.getFileName().toString()), (long) MASK_BYTES, mask);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("sched_setaffinity could not be called: " + e, e);
        }
    }

    @SuppressWarnings("restricted") // one call of the C library, with the arguments that its man page gives
    private static Optional<MethodHandle> call() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("sched_setaffinity")
                .map(symbol -> linker.downcallHandle(
                        symbol,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS)));
    }
}
