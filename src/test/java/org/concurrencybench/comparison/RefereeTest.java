package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.concurrencybench.runner.turns.TakeTurns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forks as the referee sees them: connections that ask, run and end. */
@Timeout(60)
class RefereeTest {

    private static final int SOON_MILLIS = 200;
    private static final int LONG_MILLIS = 20_000;

    @Test
    void iterationsOfBothSidesTakeTurnsInTheOrderABBA() throws Exception {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        Referee referee = new Referee(1);
        try (referee) {
            Thread one = side(referee, 0, 8, order);
            Thread other = side(referee, 1, 8, order);
            one.join();
            other.join();
            assertThat(order).containsExactly(1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1);
        }
        assertThat(referee.taken(0)).isEqualTo(new Referee.Taken(1, 8, false));
        assertThat(referee.taken(1)).isEqualTo(new Referee.Taken(1, 8, false));
    }

    @Test
    void nobodyBeginsBeforeTheOtherSideIsThere() throws Exception {
        try (Referee referee = new Referee(0);
                Fork early = new Fork(referee, 0)) {
            early.ask();
            assertThat(early.hasTurnWithin(SOON_MILLIS)).isFalse();
            try (Fork late = new Fork(referee, 1)) {
                late.ask();
                assertThat(early.hasTurnWithin(LONG_MILLIS)).isTrue();
                assertThat(late.hasTurnWithin(SOON_MILLIS)).isFalse();
                early.done();
                assertThat(late.hasTurnWithin(SOON_MILLIS))
                        .as("the first is not yet at rest")
                        .isFalse();
                early.ask();
                assertThat(late.hasTurnWithin(LONG_MILLIS)).isTrue();
            }
        }
    }

    @Test
    void aTurnWaitsUntilBothSidesRestFromTheOneBefore() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        AtomicInteger asked = new AtomicInteger();
        LongPredicate runs = pid -> {
            assertThat(pid).isEqualTo(process.pid());
            return asked.incrementAndGet() < 3;
        };
        try (Referee referee = new Referee(0, runs);
                Fork one = new Fork(referee, 0);
                Fork other = new Fork(referee, 1, process.pid())) {
            one.ask();
            other.ask();
            assertThat(one.hasTurnWithin(LONG_MILLIS)).isTrue();
            assertThat(asked).hasValue(3);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void whoNeverRestsHoldsNobodyUpForLong() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        try (Referee referee = new Referee(0, _ -> true);
                Fork one = new Fork(referee, 0, process.pid());
                Fork other = new Fork(referee, 1)) {
            one.ask();
            other.ask();
            assertThat(one.hasTurnWithin(LONG_MILLIS)).isTrue();
            one.done();
            one.ask();
            assertThat(other.hasTurnWithin(LONG_MILLIS)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aForkThatDiesInItsTurnLeavesTheRestToTheOther() throws Exception {
        try (Referee referee = new Referee(0);
                Fork survivor = new Fork(referee, 1)) {
            try (Fork dying = new Fork(referee, 0)) {
                dying.ask();
                survivor.ask();
                assertThat(dying.hasTurnWithin(LONG_MILLIS)).isTrue();
            }
            for (int i = 0; i < 3; i++) {
                assertThat(survivor.hasTurnWithin(LONG_MILLIS)).isTrue();
                survivor.done();
                survivor.ask();
            }
        }
    }

    @Test
    void aSideThatEndedBeforeItsForkCameIsNotWaitedFor() throws Exception {
        try (Referee referee = new Referee(0);
                Fork there = new Fork(referee, 1)) {
            there.ask();
            assertThat(there.hasTurnWithin(SOON_MILLIS)).isFalse();
            referee.end(0);
            assertThat(there.hasTurnWithin(LONG_MILLIS)).isTrue();
        }
    }

    @Test
    void theSecondForkOfASideWaitsForTheSecondOfTheOther() throws Exception {
        try (Referee referee = new Referee(0);
                Fork slower = new Fork(referee, 1)) {
            try (Fork quicker = new Fork(referee, 0)) {
                quicker.ask();
                slower.ask();
                assertThat(quicker.hasTurnWithin(LONG_MILLIS)).isTrue();
                quicker.done();
            }
            try (Fork next = new Fork(referee, 0)) {
                next.ask();
                assertThat(slower.hasTurnWithin(LONG_MILLIS)).isTrue();
                slower.done();
                assertThat(next.hasTurnWithin(SOON_MILLIS)).isFalse();
                // The rest of the slower one is no reason to wait for it.
                slower.ask();
                assertThat(slower.hasTurnWithin(LONG_MILLIS)).isTrue();
                slower.hangUp();
                assertThat(next.hasTurnWithin(SOON_MILLIS)).isFalse();
                referee.end(1);
                assertThat(next.hasTurnWithin(LONG_MILLIS)).isTrue();
            }
        }
    }

    @Test
    void aForkThatOutlivesItsJmhHasNoTurnAnyMore() throws Exception {
        Referee referee = new Referee(0);
        try (Fork orphan = new Fork(referee, 0);
                Fork other = new Fork(referee, 1)) {
            try (referee) {
                orphan.ask();
                other.ask();
                assertThat(orphan.hasTurnWithin(LONG_MILLIS)).isTrue();
                referee.end(0);
                assertThat(other.hasTurnWithin(LONG_MILLIS)).isTrue();
                assertThat(orphan.isSentAway()).isTrue();
            }
            assertThat(referee.taken(0)).isEqualTo(new Referee.Taken(1, 1, false));
            assertThat(referee.taken(1)).as("it has not given it back").isEqualTo(new Referee.Taken(1, 1, true));
        }
    }

    @Test
    void aGreetingMayComeInPieces() throws Exception {
        try (Referee referee = new Referee(0);
                Fork other = new Fork(referee, 1);
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), port(referee))) {
            other.ask();
            byte[] greeting = (referee.invitation(0).split(" ", 2)[1] + "0000000000" + (char) TakeTurns.ASK)
                    .getBytes(StandardCharsets.US_ASCII);
            for (byte one : greeting) {
                slow.getOutputStream().write(one);
                slow.getOutputStream().flush();
                TimeUnit.MILLISECONDS.sleep(5);
            }
            slow.setSoTimeout(LONG_MILLIS);
            assertThat(slow.getInputStream().read()).isEqualTo(TakeTurns.GO);
        }
    }

    @Test
    void whatForksLoadRunsOnOlderJdks(@TempDir Path directory) throws Exception {
        Referee.putClass(directory);

        byte[] bytes = Files.readAllBytes(directory.resolve("org/concurrencybench/runner/turns/TakeTurns.class"));

        // Class file version of JDK 11, by JVMS 4.1.
        assertThat(bytes[7]).isEqualTo((byte) 55);
    }

    @Test
    void whoDoesNotKnowTheWordIsSentAwayAndTakesNoTurn() throws Exception {
        Referee referee = new Referee(0);
        try (referee;
                Fork stranger = new Fork(port(referee), "0123456789abcdef")) {
            stranger.ask();
            assertThat(stranger.isSentAway()).isTrue();
        }
        assertThat(referee.taken(0)).isEqualTo(new Referee.Taken(0, 0, false));
        assertThat(referee.taken(1)).isEqualTo(new Referee.Taken(0, 0, false));
    }

    @Test
    void whoSpeaksOutOfTurnIsSentAway() throws Exception {
        try (Referee referee = new Referee(0);
                Fork impatient = new Fork(referee, 0)) {
            impatient.done();
            assertThat(impatient.isSentAway()).isTrue();
        }
    }

    @Test
    void withoutARefereeNobodyWaitsOn() throws Exception {
        Referee referee = new Referee(0);
        try (Fork left = new Fork(referee, 0)) {
            try (referee) {
                left.ask();
            }
            assertThat(left.isSentAway()).isTrue();
        }
    }

    /** As many turns as are told, one after the other. */
    private static Thread side(Referee referee, int side, int turns, List<Integer> order) {
        return Thread.ofVirtual().start(() -> {
            try (Fork fork = new Fork(referee, side)) {
                for (int i = 0; i < turns; i++) {
                    fork.ask();
                    if (!fork.hasTurnWithin(LONG_MILLIS)) {
                        return;
                    }
                    order.add(side);
                    fork.done();
                }
            } catch (IOException e) {
                order.add(-1);
            }
        });
    }

    private static int port(Referee referee) throws IOException {
        return Integer.parseInt(referee.invitation(0).split(" ", 2)[0]);
    }

    private static final class Fork implements AutoCloseable {

        private final Socket socket;

        Fork(Referee referee, int side) throws IOException {
            this(port(referee), referee.invitation(side).split(" ", 2)[1]);
        }

        Fork(Referee referee, int side, long pid) throws IOException {
            this(port(referee), referee.invitation(side).split(" ", 2)[1], pid);
        }

        Fork(int port, String word) throws IOException {
            // No such process: nothing is to be moved.
            this(port, word, 0);
        }

        private Fork(int port, String word, long pid) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream().write("%s%010d".formatted(word, pid).getBytes(StandardCharsets.US_ASCII));
        }

        void ask() throws IOException {
            socket.getOutputStream().write(TakeTurns.ASK);
        }

        void done() throws IOException {
            socket.getOutputStream().write(TakeTurns.DONE);
        }

        boolean hasTurnWithin(int millis) throws IOException {
            socket.setSoTimeout(millis);
            try {
                return socket.getInputStream().read() == TakeTurns.GO;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }

        boolean isSentAway() throws IOException {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                // Reset, because something of ours was never read.
                return true;
            }
        }

        void hangUp() throws IOException {
            socket.close();
        }

        @Override
        public void close() throws IOException {
            hangUp();
        }
    }
}
