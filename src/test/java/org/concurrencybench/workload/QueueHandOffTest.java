package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.concurrencybench.workload.QueueCrew.Shifts;
import org.concurrencybench.workload.QueueHandOff.HandedOver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueHandOffTest {

    private static final QueueHandOff DEFINITION = new QueueHandOff();

    @Property(tries = 200)
    void oneThreadPlaysTheProducerAndTenWorkersWithoutEverWaiting(
            @ForAll @IntRange(min = 1, max = 100) int items,
            @ForAll @IntRange(max = 1) int first,
            @ForAll @IntRange(max = 6) int capacityBits)
            throws Exception {
        Workload<Shifts> workload = crew(items, first, 1 << capacityBits);

        Shifts answer = workload.merge(List.of(workload.run(0, workload.taskCount())));

        assertThat(answer.different()).isEqualTo(items);
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @Test
    void tenWorkersTakeTheTextbooksItemsAndReportThemUnderTheirNames() throws Exception {
        Workload<Shifts> workload = crew(20, 0, 32);
        Shifts answer = workload.merge(List.of(workload.run(0, workload.taskCount())));

        assertThat(answer.reported()).hasSize(10).containsOnly(2L);
        assertThat(answer.taken()).isEqualTo(answer.reported());
        assertThat(QueueCrew.name(9)).isEqualTo("worker-10");
        List<Long> others = new ArrayList<>(answer.reported());
        others.set(2, 1L);
        others.set(3, 3L);
        assertThatThrownBy(() -> workload.check(new Shifts(answer.taken(), others, 20, 0, 0)))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: count of items that worker-3 took is 2, expected 1");
    }

    @Test
    void theProducerSendsItemsFromTheFirstOnAndEndsEachWorkerWithAWord() throws Exception {
        Recorder sent = new Recorder();
        Settings settings = Given.settings(DEFINITION, Map.of("shape", "ten-workers", "items", "3", "first", "0"));
        Workload<?> workload = DEFINITION.create(settings, new Given.OneThread() {
            private int channels;

            @Override
            public Channel channel(ChannelKind kind, int capacity) {
                // The first is the work, the second has a report for each item: of worker-1, worker-2 and worker-3.
                channels++;
                Given.OneThreadChannel reports = new Given.OneThreadChannel(3);
                reports.send(new long[] {0, 11, 22}, 3);
                return channels == 1 ? sent : reports;
            }
        });

        assertThat(workload.run(0, 1))
                .isEqualTo(new Shifts(
                        Collections.nCopies(10, 0L), List.of(1L, 1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L), 3, 0, 0));
        assertThat(sent.numbers)
                .startsWith(0L, 1L, 2L)
                .endsWith(Collections.nCopies(10, -1L).toArray(new Long[0]));
    }

    @Test
    void anItemTakenTwiceInPlaceOfAnotherIsNoticedThoughTheCountIsRight() throws Exception {
        Workload<Shifts> workload = crew(2, 1, 4);
        Shifts right = workload.merge(List.of(workload.run(0, workload.taskCount())));

        assertThatCode(() -> workload.check(right)).doesNotThrowAnyException();
        assertThatThrownBy(() -> workload.check(new Shifts(right.taken(), right.reported(), 1, 0, 0)))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: count of different items reported is 1, expected 2");
        assertThatThrownBy(() -> workload.check(new Shifts(right.taken(), right.reported(), 2, 1, 0)))
                .hasMessage("wrong answer: count of items out of order is 1, expected 0");
    }

    @Test
    void aCrewsShiftsComeBackAsTheyWent() throws Exception {
        Workload<Shifts> workload = crew(7, 1, 4);
        Shifts answer = workload.run(0, workload.taskCount());

        assertThat(CodecTest.thereAndBack(workload.codec(), answer)).isEqualTo(answer);
    }

    @Test
    void onlyTenWorkersMayBeginWithZero() {
        Settings settings = Given.settings(DEFINITION, Map.of("first", "0"));

        assertThatThrownBy(() -> DEFINITION.sharing(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("first is 0, but shape 'one-to-one' begins with 1");
    }

    private static Workload<Shifts> crew(int items, int first, int capacity) {
        return Given.workload(
                DEFINITION,
                Map.of(
                        "shape", "ten-workers",
                        "items", Integer.toString(items),
                        "first", Integer.toString(first),
                        "capacity", Integer.toString(capacity)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jctools-spsc", "spsc-ring", "unix-socket"})
    void aChannelThatTenCannotReceiveFromIsRefusedForTen(String channel) {
        Settings settings = Given.settings(DEFINITION, Map.of("shape", "ten-workers", "channel", channel));

        assertThatThrownBy(() -> DEFINITION.sharing(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "channel '%s' does not serve shape 'ten-workers': only one may send, or only one process receive"
                                .formatted(channel));
    }

    @Test
    void tenWorkersTakeItemsOneByOneAndAUnitHasOnePartyOrAll() {
        Settings settings = Given.settings(DEFINITION, Map.of("shape", "ten-workers", "batch", "2"));

        assertThatThrownBy(() -> DEFINITION.sharing(settings))
                .hasMessage("batch is 2, but shape 'ten-workers' hands over items one by one");
        assertThatThrownBy(() -> crew(5, 1, 4).run(0, 2)).hasMessageContaining("a unit has 2 of 11 parties");
    }

    @Property(tries = 300)
    void oneThreadHandsOverEveryNumberWithoutEverWaiting(
            @ForAll @IntRange(min = 1, max = 200) int items,
            @ForAll @IntRange(max = 6) int capacityBits,
            @ForAll @IntRange(min = 1, max = 64) int wantedBatch,
            @ForAll @IntRange(max = 2) int shape)
            throws Exception {
        int capacity = 1 << capacityBits;
        Workload<HandedOver> workload = Given.workload(
                DEFINITION,
                Map.of(
                        "items", Integer.toString(items),
                        "capacity", Integer.toString(capacity),
                        "batch", Integer.toString(Math.min(wantedBatch, capacity)),
                        "shape",
                                List.of("one-to-one", "two-to-one", "round-trip")
                                        .get(shape)));

        HandedOver answer = workload.merge(List.of(workload.run(0, workload.taskCount())));

        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
        assertThat(answer.failedOffers()).isZero();
    }

    @Test
    void oneProducerSendsNumbersInTheirOrder() throws Exception {
        Recorder sent = new Recorder();

        workload(Map.of("items", "5", "batch", "2"), sent).run(1, 2);

        assertThat(sent.numbers).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void theFirstOfTwoProducersSendsSquares() throws Exception {
        Recorder sent = new Recorder();

        workload(Map.of("items", "5", "batch", "2", "shape", "two-to-one"), sent)
                .run(1, 2);

        assertThat(sent.numbers).containsExactly(1L, 4L, 9L, 16L, 25L);
    }

    @Test
    void theSecondProducerSendsNegatives() throws Exception {
        Recorder sent = new Recorder();

        workload(Map.of("items", "5", "batch", "2", "shape", "two-to-one"), sent)
                .run(2, 3);

        assertThat(sent.numbers).containsExactly(-1L, -2L, -3L, -4L, -5L);
    }

    @Test
    void sumsAreThoseOfTheTextbook() throws Exception {
        assertThat(serial(Map.of("items", "5")).sum()).isEqualTo(1 + 2 + 3 + 4 + 5);
        assertThat(serial(Map.of("items", "5", "shape", "two-to-one")).sum()).isEqualTo(55 - 15);
        assertThat(serial(Map.of("items", "5", "shape", "round-trip")).sum()).isEqualTo(15);
    }

    @Test
    void sumsThatWrapAroundAreCheckedAllTheSame() throws Exception {
        // The sum of the squares up to this is beyond 2 to the 64th.
        Workload<HandedOver> workload = Given.workload(DEFINITION, Map.of("items", "5000000", "shape", "two-to-one"));

        assertThatCode(() -> workload.check(workload.run(0, 3))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-4, 0, 3, 5, 25, Long.MIN_VALUE, Long.MAX_VALUE})
    void aNumberThatChangesOnItsWayIsRefused(long to) throws Exception {
        Workload<HandedOver> workload =
                workload(Map.of("items", "9"), new Changing(number -> number == 4 ? to : number));
        HandedOver answer = workload.run(0, 2);

        assertThat(answer.outOfOrder()).isPositive();
        assertThatThrownBy(() -> workload.check(answer))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageStartingWith("wrong answer: sum of numbers handed over is ");
    }

    @Test
    void twoNumbersThatChangePlacesAreRefused() throws Exception {
        Workload<HandedOver> workload =
                workload(Map.of("items", "9"), new Changing(number -> number == 4 ? 5 : number == 5 ? 4 : number));
        HandedOver answer = workload.run(0, 2);

        assertThatThrownBy(() -> workload.check(answer))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: count of numbers out of order is 2, expected 0");
    }

    @Test
    void aNumberThatArrivesTwiceIsRefused() throws Exception {
        Workload<HandedOver> workload = workload(Map.of("items", "9", "batch", "4"), new Given.OneThreadChannel(64) {
            @Override
            public boolean send(long[] items, int count) {
                super.send(items, count);
                return super.send(items, items[0] == 9 ? 1 : 0);
            }
        });
        workload.run(1, 2);
        HandedOver answer = workload.run(0, 1);

        assertThatThrownBy(() -> workload.check(answer))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: count of numbers handed over is 10, expected 9");
    }

    @Test
    void aCountAndASumThatAreOffByOneAreRefused() {
        Workload<HandedOver> workload = Given.workload(DEFINITION, Map.of("items", "3"));

        assertThatCode(() -> workload.check(new HandedOver(3, 6, 0, 99))).doesNotThrowAnyException();
        assertThatThrownBy(() -> workload.check(new HandedOver(2, 6, 0, 0)))
                .hasMessage("wrong answer: count of numbers handed over is 2, expected 3");
        assertThatThrownBy(() -> workload.check(new HandedOver(3, 5, 0, 0)))
                .hasMessage("wrong answer: sum of numbers handed over is 5, expected 6");
    }

    @Test
    void sendsThatFoundNoRoomAreCountedAndAreLuck() throws Exception {
        Workload<HandedOver> workload = workload(Map.of("items", "5", "batch", "2"), new Given.OneThreadChannel(64) {
            @Override
            public boolean send(long[] items, int count) {
                super.send(items, count);
                return count == 2;
            }
        });

        HandedOver answer = workload.merge(List.of(workload.run(0, 2)));

        assertThat(answer.failedOffers()).isEqualTo(2);
        assertThat(answer).isEqualTo(new HandedOver(5, 15, 0, 0)).isNotEqualTo(new HandedOver(5, 15, 1, 2));
    }

    @Test
    void resetEmptiesTheChannels() throws Exception {
        Workload<HandedOver> workload = Given.workload(DEFINITION, Map.of("items", "3", "capacity", "4"));
        workload.run(1, 2);
        workload.reset();

        assertThatCode(() -> workload.check(workload.run(0, 2))).doesNotThrowAnyException();
    }

    @Test
    void partsAddUp() {
        Workload<HandedOver> workload = Given.workload(DEFINITION, Map.of());

        assertThat(workload.merge(List.of(new HandedOver(1, 2, 3, 4), new HandedOver(10, 20, 30, 40))))
                .usingRecursiveComparison()
                .isEqualTo(new HandedOver(11, 22, 33, 44));
    }

    @Property
    void anAnswerComesBackAsItWent(
            @ForAll long count, @ForAll long sum, @ForAll long outOfOrder, @ForAll long failedOffers)
            throws IOException {
        HandedOver answer = new HandedOver(count, sum, outOfOrder, failedOffers);

        assertThat(CodecTest.thereAndBack(
                        Given.<HandedOver>workload(DEFINITION, Map.of()).codec(), answer))
                .usingRecursiveComparison()
                .isEqualTo(answer);
    }

    @Test
    void someButNotAllPartiesInOneUnitAreRefused() {
        Workload<HandedOver> workload = Given.workload(DEFINITION, Map.of("shape", "two-to-one"));

        assertThatThrownBy(() -> workload.run(1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a unit has 2 of 3 parties, which would wait for each other; it may have one, or all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "1000", "1025"})
    void aCapacityThatIsNoPowerOfTwoIsRefused(String capacity) {
        assertThatThrownBy(() -> plan(Map.of("capacity", capacity)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("capacity is " + capacity + ", but must be a power of two, e.g. ");
        assertThatThrownBy(() -> plan(Map.of("capacity", "1000"))).hasMessageEndingWith("e.g. 512 or 1024");
    }

    @Test
    void aBatchThatNoChannelCouldHoldIsRefused() {
        assertThatThrownBy(() -> plan(Map.of("capacity", "16", "batch", "17")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch is 17, but a channel of capacity 16 takes no more than that at once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jctools-spsc", "spsc-ring"})
    void twoProducersAtAChannelForOneAreRefused(String channel) {
        assertThatThrownBy(() -> plan(Map.of("channel", channel, "shape", "two-to-one")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channel '%s' takes one sender, but shape 'two-to-one' has two".formatted(channel));
        assertThat(plan(Map.of("channel", channel, "shape", "round-trip"))).isEqualTo(2);
    }

    @Test
    void aUnitForEachPartySuitsIt() {
        assertThat(plan(Map.of())).isEqualTo(2);
        assertThat(plan(Map.of("shape", "two-to-one"))).isEqualTo(3);
        assertThat(plan(Map.of("shape", "round-trip"))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"one-to-one, 1", "two-to-one, 1", "round-trip, 2"})
    void channelsAreOfTheKindAndCapacityThatAreAskedFor(String shape, int channels) {
        List<String> asked = new ArrayList<>();
        Settings settings = Given.settings(
                DEFINITION, Map.of("shape", shape, "channel", "unix-socket", "capacity", "32", "batch", "32"));

        DEFINITION.create(settings, new Given.OneThread() {
            @Override
            public Channel channel(ChannelKind kind, int capacity) {
                asked.add(kind + " " + capacity);
                return super.channel(kind, capacity);
            }
        });

        assertThat(asked).hasSize(channels).containsOnly("UNIX_SOCKET 32");
        assertThat(DEFINITION.sharing(settings)).isEqualTo(Sharing.MAPPED);
        assertThat(DEFINITION.sharing(Given.settings(DEFINITION, Map.of()))).isEqualTo(Sharing.ANYWHERE);
    }

    @Test
    void theIdealIsOne() {
        assertThat(DEFINITION.idealSpeedup(Given.settings(DEFINITION, Map.of()), 2, 8))
                .isEqualTo(1);
    }

    private static int plan(Map<String, String> values) {
        return DEFINITION.naturalParallelism(Given.settings(DEFINITION, values), 8);
    }

    private static HandedOver serial(Map<String, String> values) throws InterruptedException {
        Workload<HandedOver> workload = Given.workload(DEFINITION, values);
        return workload.run(0, workload.taskCount());
    }

    private static Workload<HandedOver> workload(Map<String, String> values, Channel channel) {
        return Given.workload(DEFINITION, values, new Given.OneThread() {
            @Override
            public Channel channel(ChannelKind kind, int capacity) {
                return channel;
            }
        });
    }

    /** Notes what is sent. */
    private static final class Recorder extends Given.OneThreadChannel {

        private final List<Long> numbers = new ArrayList<>();

        Recorder() {
            super(64);
        }

        @Override
        public boolean send(long[] items, int count) {
            for (int i = 0; i < count; i++) {
                numbers.add(items[i]);
            }
            return super.send(items, count);
        }
    }

    /** Delivers other numbers than were sent. */
    private static final class Changing extends Given.OneThreadChannel {

        private final LongUnaryOperator change;

        Changing(LongUnaryOperator change) {
            super(1024);
            this.change = change;
        }

        @Override
        public int receive(long[] into) {
            int count = super.receive(into);
            for (int i = 0; i < count; i++) {
                into[i] = change.applyAsLong(into[i]);
            }
            return count;
        }
    }
}
