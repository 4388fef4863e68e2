package org.concurrencybench.sharedmemory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/**
 * One word: 0 when free, else the holder's process id, with the top bit set where somebody may be asleep in the kernel.
 * Free or soon free, it costs two atomic instructions; else a waiter spins for a moment and then sleeps on the word.
 *
 * <p>No wake-up is lost, because word and bit are one: a waiter sets the bit in a word that is held, and the kernel lets
 * it sleep only while the word is still the one with the bit. The exchange in {@link #unlock} either comes before that,
 * and the waiter does not sleep, or after it, and finds the bit. A waiter that is killed between its wake-up and its turn
 * takes the wake-up along: one more reason for every sleep to be short.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/futex.2.html">futex(2)</a>
 */
final class FutexLock extends AbstractProcessLock {

    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

    private static final int WAITERS = 1 << 31;

    /** The first sleep, after which the holder is looked at; short, because nobody wakes those who wait for the dead. */
    private static final Duration FIRST_SLEEP = Duration.ofMillis(1);

    /** Each further sleep is twice as long, up to so many times the first: the longest that a dead holder goes unnoticed. */
    private static final int LONGEST_SLEEP = 2;

    // Not FUTEX_PRIVATE_FLAG, which keeps to one process.
    private static final long FUTEX_WAIT = 0;
    private static final long FUTEX_WAKE = 1;

    private static final long FUTEX = LockLibrary.futexNumber();

    /** Takes the number, the word's address, what to do and how many to wake. */
    private static final MethodHandle WAKE = LockLibrary.quickSyscall(FunctionDescriptor.of(
            LockLibrary.LONG, LockLibrary.LONG, LockLibrary.LONG, LockLibrary.LONG, LockLibrary.LONG));

    /** Takes room for errno, the number, the word, what to do, what the word should be and how long to sleep. */
    private static final MethodHandle WAIT = LockLibrary.blockingSyscall(FunctionDescriptor.of(
            LockLibrary.LONG,
            LockLibrary.LONG,
            LockLibrary.ADDRESS,
            LockLibrary.LONG,
            LockLibrary.LONG,
            LockLibrary.ADDRESS));

    private final Duration firstSleep;
    private final int pid = (int) self;

    FutexLock(MemorySegment memory, long offset, Duration giveUp) {
        this(memory, offset, giveUp, FIRST_SLEEP);
    }

    /** For tests, which sleep so long that a missing wake-up shows. */
    FutexLock(MemorySegment memory, long offset, Duration giveUp, Duration firstSleep) {
        super(memory, offset, giveUp);
        this.firstSleep = firstSleep;
    }

    @Override
    long take() {
        return tryLock(pid) ? NOBODY : takeSlowly();
    }

    /**
     * An exchange, so that the bit is read and the word freed at once. Release, as part of volatile: what was written under
     * the lock happens before the acquiring {@link #tryLock} of the next holder, in whichever process. One sleeper is
     * enough: it leaves the bit for the others.
     */
    @Override
    public void unlock() {
        if ((int) WORD.getAndSet(memory, 0L, 0) < 0) {
            wake();
        }
    }

    /** Acquire on success: pairs with the exchange in {@link #unlock} of the holder before, in whichever process. */
    private boolean tryLock(int word) {
        return (int) WORD.compareAndExchangeAcquire(memory, 0L, 0, word) == 0;
    }

    /** Opaque: a hint for the exchanges that follow. */
    private int look() {
        return (int) WORD.getOpaque(memory, 0L);
    }

    private long takeSlowly() {
        int pause = 1;
        for (int spun = 0; spun < SPIN_PAUSES; spun += pause) {
            pause = pause(pause);
            if (look() == 0 && tryLock(pid)) {
                return NOBODY;
            }
        }
        try (Arena arena = Arena.ofConfined()) {
            return takeSleeping(new Sleep(arena, firstSleep));
        }
    }

    private long takeSleeping(Sleep sleep) {
        LockPatience patience = new LockPatience(giveUp);
        // From here on with the bit: whoever comes from a sleep cannot tell whether others are still asleep.
        while (!tryLock(pid | WAITERS)) {
            int word = look();
            if (word == 0 || !markWaiters(word)) {
                continue;
            }
            int holder = word & ~WAITERS;
            boolean ranOut = sleep.on(memory, word | WAITERS);
            if (ranOut && takeOver(holder)) {
                return holder;
            }
            if (patience.isOver() && look() == (word | WAITERS)) {
                throw tooLong(holder);
            }
        }
        return NOBODY;
    }

    /** Says that somebody is about to sleep; false if the word has changed. Pairs with the exchange in {@link #unlock}. */
    private boolean markWaiters(int word) {
        return word < 0 || WORD.compareAndSet(memory, 0L, word, word | WAITERS);
    }

    /**
     * Takes the lock from a dead holder. Its very word is exchanged, so that of several heirs one gets it; the bit stays for
     * those who sleep on it. Acquire: it was seen to be dead, so its writes are done.
     */
    private boolean takeOver(int holder) {
        int word = holder | WAITERS;
        return holder != pid
                && look() == word
                && LockHolder.isDead(holder)
                && (int) WORD.compareAndExchangeAcquire(memory, 0L, word, pid | WAITERS) == word;
    }

    private void wake() {
        long woken;
        try {
            woken = (long) WAKE.invokeExact(FUTEX, memory.address(), FUTEX_WAKE, 1L);
        } catch (Throwable e) {
            throw LockLibrary.failed("futex", e);
        }
        if (woken < 0) {
            throw new IllegalStateException("the kernel would not wake a waiter of a shared lock");
        }
    }

    /** Sleeps of growing length for one wait. */
    private static final class Sleep {

        private final MemorySegment errno;
        private final MemorySegment timeout;
        private final long longestNanos;
        private long nanos;

        Sleep(Arena arena, Duration first) {
            this.errno = LockLibrary.newErrno(arena);
            this.timeout = LockLibrary.newTime(arena);
            this.nanos = first.toNanos();
            this.longestNanos = LONGEST_SLEEP * nanos;
        }

        /** Sleeps while the word is this; true if the time ran out. */
        boolean on(MemorySegment memory, int word) {
            LockLibrary.setTime(timeout, nanos);
            long result;
            try {
                result = (long) WAIT.invokeExact(errno, FUTEX, memory, FUTEX_WAIT, (long) word, timeout);
            } catch (Throwable e) {
                throw LockLibrary.failed("futex", e);
            }
            if (result == 0) {
                return false;
            }
            return switch (LockLibrary.errno(errno)) {
                case LockLibrary.EAGAIN, LockLibrary.EINTR -> false;
                case LockLibrary.ETIMEDOUT -> {
                    nanos = Math.min(2 * nanos, longestNanos);
                    yield true;
                }
                default -> throw LockLibrary.failed("futex", LockLibrary.errno(errno));
            };
        }
    }
}
