package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.concurrencybench.workload.Channel;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Sharing;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HeapChannelsTest {

    /** Every queue here holds exactly as many at this capacity. */
    static final int CAPACITY = 8;

    private static final int MANY = 20_000;

    static Stream<ChannelKind> kinds() {
        return Arrays.stream(ChannelKind.values()).filter(kind -> kind.sharing() != Sharing.MAPPED);
    }

    static Stream<Arguments> kindsWithSortsOfThread() {
        return kinds().flatMap(kind -> Stream.of(
                Arguments.of(kind, "platform", Thread.ofPlatform().factory()),
                Arguments.of(kind, "virtual", Thread.ofVirtual().factory())));
    }

    static Stream<Arguments> kindsForManySenders() {
        return kindsWithSortsOfThread()
                .filter(arguments -> ((ChannelKind) arguments.get()[0]).manySenders());
    }

    /** A send of so many numbers where it is positive, a receive into so much room where it is negative. */
    @Property(tries = 200)
    void aChannelIsAQueueWhateverTheOrderOfSendsAndReceives(
            @ForAll @Size(max = 40) List<@IntRange(min = -CAPACITY, max = CAPACITY) Integer> calls) throws Exception {
        for (ChannelKind kind : kinds().toList()) {
            Channel channel = channel(kind);
            Queue<Long> inside = new ArrayDeque<>();
            long next = 0;
            for (int call : calls) {
                if (call > 0 && inside.size() + call <= CAPACITY) {
                    long[] items = LongStream.range(next, next + CAPACITY).toArray();
                    next += call;
                    LongStream.range(next - call, next).forEach(inside::add);
                    assertThat(channel.send(items, call)).isFalse();
                } else if (call < 0 && !inside.isEmpty()) {
                    long[] into = new long[-call];
                    int count = channel.receive(into);
                    assertThat(count).as(kind + " " + calls).isEqualTo(Math.min(-call, inside.size()));
                    for (int i = 0; i < count; i++) {
                        assertThat(into[i]).as(kind + " " + calls).isEqualTo(inside.remove());
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("kindsWithSortsOfThread")
    void oneSendersNumbersArriveOnceAndInItsOrder(ChannelKind kind, String sort, ThreadFactory factory)
            throws Exception {
        Channel channel = channel(kind);
        Running<Long> sender = new Running<>(factory, () -> sendAll(channel, 0, 3));

        List<Long> arrived = receive(channel, MANY, 5);

        assertThat(arrived).as(sort).isEqualTo(LongStream.range(0, MANY).boxed().toList());
        assertThat(sender.result()).isEqualTo(MANY);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("kindsForManySenders")
    void threeSendersNumbersArriveOnceEachInItsOwnOrder(ChannelKind kind, String sort, ThreadFactory factory)
            throws Exception {
        Channel channel = channel(kind);
        List<Running<Long>> senders = new ArrayList<>();
        for (long sender = 0; sender < 3; sender++) {
            long first = sender << 32;
            senders.add(new Running<>(factory, () -> sendAll(channel, first, 2)));
        }

        List<Long> arrived = receive(channel, 3 * MANY, 4);

        for (long sender = 0; sender < 3; sender++) {
            long first = sender << 32;
            assertThat(arrived.stream().filter(number -> number >> 32 == first >> 32))
                    .as(sort)
                    .containsExactlyElementsOf(
                            LongStream.range(first, first + MANY).boxed().toList());
            assertThat(senders.get((int) sender).result()).isEqualTo(MANY);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aSendToAFullChannelWaitsAndSaysSo(ChannelKind kind) throws Exception {
        Channel channel = channel(kind);
        assertThat(channel.send(numbers(CAPACITY), CAPACITY)).isFalse();
        Running<Boolean> sender = new Running<>(Thread.ofPlatform().factory(), () -> channel.send(new long[] {99}, 1));
        sender.awaitIdle();

        assertThat(receive(channel, CAPACITY, 1))
                .isEqualTo(LongStream.range(0, CAPACITY).boxed().toList());

        assertThat(sender.result()).isTrue();
        assertThat(receive(channel, 1, 1)).containsExactly(99L);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aBatchForWhichThereIsRoomForAPartOnlyArrivesWhole(ChannelKind kind) throws Exception {
        Channel channel = channel(kind);
        channel.send(numbers(5), 5);
        Running<Boolean> sender =
                new Running<>(Thread.ofPlatform().factory(), () -> channel.send(new long[] {5, 6, 7, 8, 9, 10}, 6));
        sender.awaitIdle();

        assertThat(receive(channel, 11, 2))
                .isEqualTo(LongStream.range(0, 11).boxed().toList());

        assertThat(sender.result()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void whoeverWaitsBurnsNoCore(ChannelKind kind) throws Exception {
        Channel empty = channel(kind);
        Channel full = channel(kind);
        full.send(numbers(CAPACITY), CAPACITY);
        Running<Integer> receiver = new Running<>(Thread.ofPlatform().factory(), () -> empty.receive(new long[1]));
        Running<Boolean> sender = new Running<>(Thread.ofPlatform().factory(), () -> full.send(numbers(1), 1));
        receiver.awaitIdle();
        sender.awaitIdle();

        long start = System.nanoTime();
        long receiverBefore = receiver.cpuNanos();
        long senderBefore = sender.cpuNanos();
        Thread.sleep(200);
        long receiverUsed = receiver.cpuNanos() - receiverBefore;
        long senderUsed = sender.cpuNanos() - senderBefore;
        long wall = System.nanoTime() - start;

        assertThat(receiverUsed).isLessThan(wall / 5);
        assertThat(senderUsed).isLessThan(wall / 5);
        empty.send(numbers(1), 1);
        full.receive(new long[1]);
        assertThat(receiver.result()).isEqualTo(1);
        assertThat(sender.result()).isTrue();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("kindsWithSortsOfThread")
    void anInterruptEndsTheWaitOfEitherSide(ChannelKind kind, String sort, ThreadFactory factory) throws Exception {
        Channel empty = channel(kind);
        Channel full = channel(kind);
        full.send(numbers(CAPACITY), CAPACITY);
        Running<Integer> receiver = new Running<>(factory, () -> empty.receive(new long[1]));
        Running<Boolean> sender = new Running<>(factory, () -> full.send(numbers(1), 1));
        receiver.awaitIdle();
        sender.awaitIdle();

        receiver.thread.interrupt();
        sender.thread.interrupt();

        assertThatThrownBy(receiver::result).as(sort).hasCauseInstanceOf(InterruptedException.class);
        assertThatThrownBy(sender::result).as(sort).hasCauseInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoeverWaitsForNobodyGivesUpWithAReason(ChannelKind kind) throws Exception {
        HeapSharedState state = new HeapSharedState(Duration.ofMillis(60));
        Channel channel = state.channel(kind, CAPACITY);

        long start = System.nanoTime();
        assertThatThrownBy(() -> channel.receive(new long[1]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("channel '%s': nobody has sent for 60 ms".formatted(kind.label()));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(60_000_000);

        channel.send(numbers(CAPACITY), CAPACITY);
        assertThatThrownBy(() -> channel.send(numbers(1), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("channel '%s': nobody has received for 60 ms".formatted(kind.label()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void resetEmptiesAndMakesRoomForAsManyAsBefore(ChannelKind kind) throws Exception {
        Channel channel = channel(kind);
        for (int round = 0; round < 3; round++) {
            assertThat(channel.send(numbers(CAPACITY), CAPACITY)).isFalse();
            receive(channel, round, 1);
            channel.reset();
        }
        channel.send(new long[] {42}, 1);

        assertThat(receive(channel, 1, CAPACITY)).containsExactly(42L);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC_RING", "MPSC_RING", "PIPE", "UNIX_SOCKET"})
    void whatLivesInMappedMemoryIsRefused(ChannelKind kind) {
        assertThatThrownBy(() -> channel(kind))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channel '%s' lives in mapped memory, not on a heap".formatted(kind.label()));
    }

    private static Channel channel(ChannelKind kind) {
        return new HeapSharedState().channel(kind, CAPACITY);
    }

    private static long[] numbers(int count) {
        return LongStream.range(0, count).toArray();
    }

    /** Sends so many numbers from {@code first} on, in batches; returns how many. */
    private static long sendAll(Channel channel, long first, int batch) throws InterruptedException {
        long sent = 0;
        while (sent < MANY) {
            int count = (int) Math.min(batch, MANY - sent);
            channel.send(LongStream.range(first + sent, first + sent + count).toArray(), count);
            sent += count;
        }
        return sent;
    }

    private static List<Long> receive(Channel channel, int due, int room) throws InterruptedException {
        List<Long> arrived = new ArrayList<>();
        long[] into = new long[room];
        while (arrived.size() < due) {
            int count = channel.receive(into);
            Arrays.stream(into, 0, count).forEach(arrived::add);
        }
        return arrived;
    }

    /** A call in a thread of its own. */
    private static final class Running<T> {

        private final FutureTask<T> task;
        private final Thread thread;

        Running(ThreadFactory factory, Callable<T> call) {
            task = new FutureTask<>(call);
            thread = factory.newThread(task);
            thread.start();
        }

        T result() throws Exception {
            return task.get(20, TimeUnit.SECONDS);
        }

        long cpuNanos() {
            return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
        }

        void awaitIdle() throws InterruptedException {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                assertThat(task.isDone()).isFalse();
                Thread.sleep(1);
            }
        }
    }
}
