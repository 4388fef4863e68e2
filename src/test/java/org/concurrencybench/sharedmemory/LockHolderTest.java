package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LockHolderTest {

    /** Up to the number of threads, as one was read on Linux 6; the command's name is made worse. */
    private static final String LINE =
            "4711 (a) R (b) %s 1 4711 4711 0 -1 4227084 0 0 0 0 0 0 0 0 20 0 %d 0 1557 0 0\n";

    @Test
    void thisProcessIsAlive() {
        assertThat(LockHolder.isDead(ProcessHandle.current().pid())).isFalse();
    }

    @Test
    void aProcessThatIsGoneIsDead() throws Exception {
        assertThat(LockHolder.isDead(ProcessLockTest.deadPid())).isTrue();
    }

    @Test
    void aProcessThatNobodyAskedAboutYetIsDeadAsWell() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")) && Files.isExecutable(Path.of("/bin/sh")));
        // The parent of the other becomes another program, which never asks.
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            while (!isAsleep(parent.pid())) {
                Thread.sleep(1);
            }
            assertThat(ProcessHandle.of(child).orElseThrow().destroyForcibly()).isTrue();
            while (!LockHolder.isDead(child)) {
                Thread.sleep(1);
            }
            assertThat(ProcessHandle.of(child)).isPresent();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    /** Until then it is the shell, which does ask. */
    private static boolean isAsleep(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                .strip()
                .equals("sleep");
    }

    @Test
    void theStateIsReadBehindWhateverTheCommandIsCalled() {
        assertThat(LockHolder.isZombie(LINE.formatted("Z", 1))).isTrue();
        assertThat(LockHolder.isZombie(LINE.formatted("X", 0))).isTrue();
        assertThat(LockHolder.isZombie(LINE.formatted("S", 1))).isFalse();
        assertThat(LockHolder.isZombie("")).isFalse();
    }

    @Test
    void aProcessWhoseFirstThreadEndedBeforeTheOthersLives() {
        assertThat(LockHolder.isZombie(LINE.formatted("Z", 3))).isFalse();
    }
}
