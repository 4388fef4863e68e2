package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ChannelAcrossProcessesTest {

    private static final int CAPACITY = ChannelPartnerMain.CAPACITY;

    static Stream<SharedChannelKind> kinds() {
        return Arrays.stream(SharedChannelKind.values())
                .filter(kind -> kind.unavailable().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void numbersCrossOneWayAndBothUntilTheReceiverIsKilledWhichEndsTheSendersWait(SharedChannelKind kind)
            throws Exception {
        try (MappedSegment segment = MappedSegment.create(ChannelPartnerMain.bytes(kind));
                SharedChannel there = kind.create(segment.memory(), 0, CAPACITY, segment.path());
                SharedChannel back =
                        kind.create(segment.memory(), ChannelPartnerMain.back(kind), CAPACITY, segment.path())) {
            Process partner = ChannelPartnerMain.start("echo", kind, segment.path());
            try {
                long[] into = new long[1];
                long sum = 0;
                for (int i = 0; i < ChannelPartnerMain.NUMBERS; i++) {
                    there.send(new long[] {i}, 1);
                    sum = 31 * sum + i;
                }
                back.receive(into);
                assertThat(into[0]).isEqualTo(sum);

                for (int i = 0; i < 1000; i++) {
                    there.send(new long[] {i}, 1);
                    assertThat(back.receive(into)).isEqualTo(1);
                    assertThat(into[0]).isEqualTo(i);
                }
            } finally {
                partner.destroyForcibly().waitFor();
            }
            // The one that had been connected, and one that comes too late.
            assertThatThrownBy(() ->
                            sendOn(kind.open(segment.memory(), 0, CAPACITY, segment.path(), Duration.ofMillis(200))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("nobody (made room|came to receive) for 200 ms");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatAKilledSenderHadSentArrivesAndThenTheWaitEnds(SharedChannelKind kind) throws Exception {
        try (MappedSegment segment = MappedSegment.create(ChannelPartnerMain.bytes(kind));
                SharedChannel back = kind.create(
                        segment.memory(),
                        ChannelPartnerMain.back(kind),
                        CAPACITY,
                        segment.path(),
                        Duration.ofMillis(700))) {
            Process partner = ChannelPartnerMain.start("send", kind, segment.path());
            long[] into = new long[100];
            long expected = 0;
            try {
                assertThat(partner.inputReader().readLine()).isEqualTo("ready");
                while (expected < ChannelPartnerMain.NUMBERS) {
                    expected = receiveInOrder(back, into, expected);
                }
            } finally {
                partner.destroyForcibly().waitFor();
            }
            long received = expected;
            assertThatThrownBy(() -> {
                        long next = received;
                        while (true) {
                            next = receiveInOrder(back, into, next);
                        }
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("nobody sent anything for 700 ms");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PIPE", "UNIX_SOCKET"})
    void theFileOfAKilledOwnerIsRemovedByTheNextCreate(SharedChannelKind kind) throws Exception {
        Process owner = ChannelPartnerMain.start("own", kind, Path.of("none"));
        try {
            Path segment = Path.of(owner.inputReader().readLine());
            List<Path> files = Stream.of("", "-0.pipe", "-0.sock")
                    .map(end -> segment.resolveSibling(segment.getFileName() + end))
                    .toList();
            while (files.stream().filter(Files::exists).count() < 2) {
                Thread.onSpinWait();
            }
            owner.destroyForcibly().waitFor();
            MappedSegment.create(64).close();
            assertThat(files).noneMatch(Files::exists);
        } finally {
            owner.destroyForcibly().waitFor();
        }
    }

    private static void sendOn(SharedChannel channel) throws InterruptedException {
        try (channel) {
            while (true) {
                channel.send(new long[] {1}, 1);
            }
        }
    }

    private static long receiveInOrder(SharedChannel channel, long[] into, long first) throws InterruptedException {
        int count = channel.receive(into);
        for (int i = 0; i < count; i++) {
            assertThat(into[i]).isEqualTo(first + i);
        }
        return first + count;
    }
}
