package org.concurrencybench.sharedmemory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where threads of several processes sleep until one of another wakes them: a word of shared memory, and on Linux the
 * kernel's queue for it. Bit 0 of the word says that somebody sleeps or is about to; the rest counts wake-ups, so that who
 * announced its sleep before one does not sleep through it. Elsewhere, sleep is a row of naps.
 *
 * <p>The sleeper sets the bit, fences and looks for what it waits for; the waker publishes that and reads the bit. It does so
 * without a fence, which would double or triple the cost of a message: its core may read the bit before others see what it
 * published. A sleeper that announces itself just then is not woken. But stores leave a core's buffer within microseconds:
 * whatever was published by somebody who missed the bit is seen by the look after {@link Patience#FIRST_SLEEP}, and everybody
 * later sees the bit. So a wake-up is never lost; in this one case it comes a millisecond late.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/futex.2.html">futex(2)</a>
 * @see <a href="https://openjdk.org/jeps/454">JEP 454: Foreign Function &amp; Memory API</a>
 */
final class Parking implements Patience.Place {

    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

    private static final int SOMEBODY_SLEEPS = 1;

    private static final int ONE_WAKE_UP = 2;

    private static final Duration NAP = Duration.ofNanos(50_000);

    private final MemorySegment memory;
    private final long offset;

    /**
     * @param memory shared by all parties
     * @param offset of 4 zeroed bytes in a line that is written for nothing else, so that reading it costs a waker nothing
     */
    Parking(MemorySegment memory, long offset) {
        this.memory = memory;
        this.offset = offset;
    }

    /** Wakes all who sleep here, after the caller has published what they wait for. */
    void wake() {
        int word = (int) WORD.getOpaque(memory, offset);
        if ((word & SOMEBODY_SLEEPS) != 0) {
            wakeSleepers(word);
        }
    }

    @Override
    public int announce() {
        int word = (int) WORD.getOpaque(memory, offset);
        while ((word & SOMEBODY_SLEEPS) == 0) {
            int witness = (int) WORD.compareAndExchange(memory, offset, word, word | SOMEBODY_SLEEPS);
            word = witness == word ? word | SOMEBODY_SLEEPS : witness;
        }
        // The caller looks once more after this, and must not have looked before others could see the bit.
        VarHandle.fullFence();
        return word;
    }

    @Override
    public void sleep(int ticket, Duration longest) {
        if (!Futex.isAvailable()) {
            LockSupport.parkNanos(NAP.toNanos());
        } else if (!Futex.await(address(), ticket, longest) && (int) WORD.getOpaque(memory, offset) == ticket) {
            // Time is up, or the kernel refuses; a nap costs the first nothing and keeps the second from burning a
            // core.
            LockSupport.parkNanos(NAP.toNanos());
        }
    }

    private void wakeSleepers(int word) {
        // Where another waker was faster, it wakes them all. Who announces itself from here on looks after our
        // publication.
        if (WORD.compareAndSet(memory, offset, word, (word & ~SOMEBODY_SLEEPS) + ONE_WAKE_UP) && Futex.isAvailable()) {
            Futex.wakeAll(address());
        }
    }

    private MemorySegment address() {
        return memory.asSlice(offset, ValueLayout.JAVA_INT);
    }

    /** The system call; this class is loaded, and with it the machinery of foreign calls, by the first who sleeps or wakes. */
    private static final class Futex {

        // Without FUTEX_PRIVATE_FLAG, because other processes map the word elsewhere.
        private static final int FUTEX_WAIT = 0;
        private static final int FUTEX_WAKE = 1;

        private static final int ALL = Integer.MAX_VALUE;

        private static final @Nullable MethodHandle WAIT = systemCall(LockLibrary::plainSyscall);

        /** Critical, which is faster, because it does not block. */
        private static final @Nullable MethodHandle WAKE = systemCall(LockLibrary::quickSyscall);

        static boolean isAvailable() {
            return WAIT != null && WAKE != null;
        }

        /** Sleeps while the word is as expected; returns whether something woke it. */
        static boolean await(MemorySegment word, int expected, Duration longest) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment timespec =
                        arena.allocateFrom(ValueLayout.JAVA_LONG, longest.toSeconds(), longest.toNanosPart());
                return call(WAIT, word, FUTEX_WAIT, expected, timespec) == 0;
            }
        }

        static void wakeAll(MemorySegment word) {
            call(WAKE, word, FUTEX_WAKE, ALL, MemorySegment.NULL);
        }

        private static long call(
                @Nullable MethodHandle handle, MemorySegment word, int operation, int value, MemorySegment timeout) {
            try {
                return (long) Objects.requireNonNull(handle)
                        .invokeExact(LockLibrary.futexNumber(), word, operation, value, timeout);
            } catch (Throwable e) {
                throw new IllegalStateException("futex(2) cannot be called: " + e, e);
            }
        }

        /** Null where there is no futex to be called: no such system, or native access was refused to us; naps do then. */
        private static @Nullable MethodHandle systemCall(Function<FunctionDescriptor, MethodHandle> linked) {
            try {
                return LockLibrary.lacks("syscall").isPresent()
                        ? null
                        : linked.apply(FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS));
            } catch (UnsupportedOperationException | IllegalCallerException | NoSuchElementException _) {
                return null;
            }
        }
    }
}
