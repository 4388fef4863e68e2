package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ProcessLockTest {

    /** Less than ever passes without the holder's fault, as far as a test can tell. */
    private static final Duration IMPATIENT = Duration.ofMillis(150);

    private static final Duration PATIENT = Duration.ofSeconds(30);

    private MappedSegment segment;

    @BeforeEach
    void makeSegment() throws IOException {
        segment = MappedSegment.create(SharedLong.BYTES);
    }

    @AfterEach
    void closeSegment() {
        segment.close();
    }

    static Stream<ProcessLockKind> kinds() {
        return Arrays.stream(ProcessLockKind.values())
                .filter(kind -> kind.unavailable().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void threadsLoseNothing(ProcessLockKind kind) throws InterruptedException {
        try (SharedLong number = SharedLong.create(kind, segment.memory(), 0, segment.path())) {
            List<Thread> adders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                adders.add(Thread.ofPlatform().start(() -> addOften(number, kind)));
            }
            for (Thread adder : adders) {
                adder.join();
            }
            assertThat(number.get()).isEqualTo(4L * additions(kind));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void atMostOneThreadIsInside(ProcessLockKind kind) throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ProcessLock lock = kind.create(segment.memory(), 0, segment.path())) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int j = 0; j < 200; j++) {
                        assertThat(lock.lock()).isTrue();
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        inside.decrementAndGet();
                        lock.unlock();
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(most).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void processesLoseNothing(ProcessLockKind kind) throws Exception {
        try (SharedLong number = SharedLong.create(kind, segment.memory(), 0, segment.path())) {
            Process partner = partner("add", kind, Integer.toString(additions(kind)));
            try {
                awaitWord(partner, "begun");
                addOften(number, kind);
                assertThat(partner.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(partner.exitValue()).isZero();
                assertThat(number.get()).isEqualTo(2L * additions(kind));
            } finally {
                partner.destroyForcibly();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoWaitsForAHolderThatIsKilledGetsTheLockOrItsName(ProcessLockKind kind) throws Exception {
        try (ProcessLock lock = kind.create(segment.memory(), 0, segment.path(), PATIENT)) {
            Process holder = partner("hold", kind);
            awaitWord(holder, "held");
            AtomicReference<Object> outcome = new AtomicReference<>();
            CountDownLatch waits = new CountDownLatch(1);
            Thread waiter = Thread.ofPlatform().start(() -> {
                waits.countDown();
                try {
                    outcome.set(lock.lock());
                    lock.unlock();
                } catch (IllegalStateException e) {
                    outcome.set(e);
                }
            });
            waits.await();
            // Long enough to be beyond the spins; a waiter that comes later must find out all the same.
            Thread.sleep(50);
            assertThat(waiter.isAlive()).isTrue();

            holder.destroyForcibly().waitFor();
            waiter.join(20_000);

            assertThat(waiter.isAlive()).isFalse();
            if (kind == ProcessLockKind.POSIX_SEMAPHORE) {
                assertThat(outcome.get())
                        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                        .hasMessage("process " + holder.pid() + " died while it held a shared lock");
                assertThatThrownBy(lock::lock).hasMessageContaining("process " + holder.pid() + " died");
            } else {
                assertThat(outcome.get()).isEqualTo(false);
                assertThat(lock.lock()).isTrue();
                lock.unlock();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aHolderInAnotherProcessIsNamedAndItsSuccessorToldOnce(ProcessLockKind kind) throws Exception {
        try (AbstractProcessLock lock = kind.create(segment.memory(), 0, segment.path(), IMPATIENT)) {
            Process holder = partner("hold", kind);
            awaitWord(holder, "held");
            assertThatThrownBy(lock::lock)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("process " + holder.pid() + " has held a shared lock for 150 ms");

            holder.destroyForcibly().waitFor();

            String died = "process " + holder.pid() + " died while it held a shared lock";
            assertThatThrownBy(lock::lockIntact)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(died);
            if (kind == ProcessLockKind.POSIX_SEMAPHORE) {
                assertThatThrownBy(lock::lockIntact).hasMessage(died);
            } else {
                assertThatCode(lock::lockIntact).doesNotThrowAnyException();
                lock.unlock();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aHolderThatAsksAgainIsToldOfItself(ProcessLockKind kind) {
        try (ProcessLock lock = kind.create(segment.memory(), 0, segment.path(), IMPATIENT)) {
            assertThat(lock.lock()).isTrue();

            assertThatThrownBy(lock::lock)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("process " + self() + " has held a shared lock for 150 ms");

            lock.unlock();
            assertThat(lock.lock()).isTrue();
            lock.unlock();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anInterruptNeitherEndsTheWaitNorIsLost(ProcessLockKind kind) throws InterruptedException {
        try (ProcessLock lock = kind.create(segment.memory(), 0, segment.path(), PATIENT)) {
            assertThat(lock.lock()).isTrue();
            AtomicReference<String> outcome = new AtomicReference<>("none");
            Thread waiter = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                boolean whole = lock.lock();
                lock.unlock();
                outcome.set(whole + " " + Thread.currentThread().isInterrupted());
            });
            Thread.sleep(30);
            waiter.interrupt();
            Thread.sleep(30);
            assertThat(waiter.isAlive()).isTrue();

            lock.unlock();
            waiter.join(20_000);

            assertThat(outcome).hasValue("true true");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SPIN", "FUTEX"})
    void ofSeveralHeirsOneIsTold(ProcessLockKind kind) throws Exception {
        long dead = deadPid();
        try (ProcessLock lock = kind.create(segment.memory(), 0, segment.path(), PATIENT)) {
            segment.memory().set(ValueLayout.JAVA_INT, 0, (int) dead);
            AtomicInteger told = new AtomicInteger();
            List<Thread> heirs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                heirs.add(Thread.ofPlatform().start(() -> {
                    if (!lock.lock()) {
                        told.incrementAndGet();
                    }
                    lock.unlock();
                }));
            }
            for (Thread heir : heirs) {
                heir.join(20_000);
                assertThat(heir.isAlive()).isFalse();
            }
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void unlockWakesAFutexWaiterThatSleeps() throws InterruptedException {
        assumeAvailable(ProcessLockKind.FUTEX);
        // Sleeps that outlast the test: only a wake-up ends one.
        FutexLock lock = new FutexLock(segment.memory(), 0, PATIENT, Duration.ofHours(1));
        lock.lock();
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiters.add(Thread.ofPlatform().start(() -> {
                lock.lock();
                lock.unlock();
            }));
        }
        while (segment.memory().get(ValueLayout.JAVA_INT, 0) > 0) {
            Thread.sleep(1);
        }
        // Both asleep by now, most probably; nothing here depends on it.
        Thread.sleep(50);

        lock.unlock();

        for (Thread waiter : waiters) {
            waiter.join(20_000);
            assertThat(waiter.isAlive()).isFalse();
        }
        assertThat(segment.memory().get(ValueLayout.JAVA_INT, 0)).isZero();
    }

    @Test
    void theLockFileIsItsOwnersAloneAndGoesWithItsCreator() throws IOException {
        Path file = segment.path().resolveSibling(segment.path().getFileName() + ".lock-0");
        ProcessLock creator = ProcessLockKind.FILE_LOCK.create(segment.memory(), 0, segment.path());
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        ProcessLockKind.FILE_LOCK.open(segment.memory(), 0, segment.path()).close();
        assertThat(file).exists();

        creator.close();
        creator.close();

        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> ProcessLockKind.FILE_LOCK.open(segment.memory(), 0, segment.path()))
                .hasMessageContaining(file.toString());
    }

    @Test
    void aSecondFileLockInOneJvmWaitsAsAnyOther() {
        try (ProcessLock one = ProcessLockKind.FILE_LOCK.create(segment.memory(), 0, segment.path(), IMPATIENT);
                ProcessLock two = ProcessLockKind.FILE_LOCK.open(segment.memory(), 0, segment.path(), IMPATIENT)) {
            assertThat(one.lock()).isTrue();
            assertThat(catchThrowable(two::lock))
                    .hasMessage("process " + self() + " has held a shared lock for 150 ms");
            one.unlock();
            assertThat(two.lock()).isTrue();
            two.unlock();
        }
    }

    @Test
    void aFileLockThatIsNotHeldCannotBeLetGo() {
        try (ProcessLock lock = ProcessLockKind.FILE_LOCK.create(segment.memory(), 0, segment.path())) {
            assertThatThrownBy(lock::unlock).hasMessageContaining("is not held");
        }
    }

    @Test
    void aRobustMutexOfAThreadThatEndedIsTakenOver() throws InterruptedException {
        assumeAvailable(ProcessLockKind.ROBUST_MUTEX);
        try (AbstractProcessLock lock =
                ProcessLockKind.ROBUST_MUTEX.create(segment.memory(), 0, segment.path(), PATIENT)) {
            Thread.ofPlatform().start(lock::lock).join();

            assertThatThrownBy(lock::lockIntact)
                    .hasMessage("a thread of process " + self() + " died while it held a shared lock");
            assertThat(lock.lock()).isTrue();
            assertThat(catchThrowable(onAnotherThread(lock::unlock)))
                    .hasMessageStartingWith("pthread_mutex_unlock failed");
            // The C library lists what a thread holds: unmapped memory in that list would crash its next lock.
            lock.unlock();
        }
    }

    @Test
    void theSpinLockNeverSetsUpNativeCalls() throws Exception {
        try (SharedLong number = SharedLong.create(ProcessLockKind.SPIN, segment.memory(), 0, segment.path())) {
            Process partner = new ProcessBuilder(PartnerMain.command(
                            List.of("-Xlog:class+load"), "add", segment.path().toString(), "SPIN", "10"))
                    .redirectErrorStream(true)
                    .start();
            List<String> lines = partner.inputReader().lines().toList();

            assertThat(partner.waitFor()).isZero();
            assertThat(number.get()).isEqualTo(10);
            assertThat(lines)
                    .anyMatch(line -> line.contains(SpinLock.class.getName()))
                    .noneMatch(line -> line.contains(LockLibrary.class.getName()))
                    .noneMatch(line -> line.contains(" java.lang.foreign.Linker "));
        }
    }

    @Test
    void everyKindHasALabel() {
        assertThat(ProcessLockKind.values())
                .extracting(ProcessLockKind::label)
                .containsExactly("spin", "futex", "posix-semaphore", "robust-mutex", "file-lock");
    }

    @Test
    void aSystemThatLacksAKindSaysWhy() {
        assertThat(LockLibrary.lacksOn("Mac OS X", "aarch64", "sem_post"))
                .contains("needs Linux, and this is Mac OS X");
        assertThat(LockLibrary.lacksOn("Linux", "s390x", "sem_post"))
                .contains("the C library's types are not known here for s390x");
        if (kinds().anyMatch(ProcessLockKind.FUTEX::equals)) {
            assertThat(LockLibrary.lacksOn("Linux", "amd64", "syscall", "no_such_function"))
                    .contains("the C library has no no_such_function");
        }
        assertThat(ProcessLockKind.SPIN.unavailable()).isEmpty();
        assertThat(ProcessLockKind.FILE_LOCK.unavailable()).isEmpty();
    }

    @Test
    void aLockBeginsAtACacheLineAndEndsInTheMemory() {
        assertThatThrownBy(() -> ProcessLockKind.SPIN.create(segment.memory(), 8, segment.path()))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> ProcessLockKind.SPIN.create(segment.memory(), 64, segment.path()))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    static long deadPid() throws Exception {
        Process process = new ProcessBuilder(PartnerMain.command("end")).start();
        assertThat(process.waitFor()).isZero();
        return process.pid();
    }

    /** Fewer of those that cost a system call each. */
    private static int additions(ProcessLockKind kind) {
        return kind == ProcessLockKind.FILE_LOCK ? 4_000 : 50_000;
    }

    private static void addOften(SharedLong number, ProcessLockKind kind) {
        for (int i = 0; i < additions(kind); i++) {
            number.add(1);
        }
    }

    private static void assumeAvailable(ProcessLockKind kind) {
        assumeTrue(kind.unavailable().isEmpty());
    }

    private static ThrowingCallable onAnotherThread(Runnable action) {
        return () -> {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread.ofPlatform()
                    .start(() -> thrown.set(catchThrowable(action::run)))
                    .join();
            Throwable failure = thrown.get();
            if (failure != null) {
                throw failure;
            }
        };
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    private Process partner(String what, ProcessLockKind kind, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(what, segment.path().toString(), kind.name()));
        words.addAll(List.of(more));
        return new ProcessBuilder(PartnerMain.command(words.toArray(String[]::new)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitWord(Process partner, String word) throws IOException {
        BufferedReader reader = partner.inputReader();
        assertThat(reader.readLine()).isEqualTo(word);
    }
}
