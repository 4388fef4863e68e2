package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FunctionMapTest {

    /** What a user may have; public, as a user's would be. */
    public static final class Own {

        private static final AtomicInteger CALLS = new AtomicInteger();

        private Own() {}

        public record Size(int width, List<String> names) {}

        public static String shout(String text) {
            return text + "!";
        }

        public static byte[] bytes(byte[] bytes) {
            return bytes;
        }

        public static double half(double number) {
            return number / 2;
        }

        public static Path child(Path path) {
            return path.resolve("child");
        }

        public static DayOfWeek tomorrow(DayOfWeek day) {
            return day.plus(1);
        }

        public static Size size(long number) {
            return new Size((int) number, List.of("a", "b" + number));
        }

        public static void nothing(int number) {
            CALLS.addAndGet(number);
        }

        public static int count(int number) {
            return number + CALLS.incrementAndGet();
        }

        public static int fragile(int number) {
            if (number % 3 == 0) {
                throw new IllegalStateException("no threes\nplease");
            }
            return number;
        }

        public static byte next(byte number) {
            return (byte) (number + 1);
        }

        public static short shortly(short number) {
            return (short) -number;
        }

        public static float quarter(float number) {
            return number / 4;
        }

        public static Integer boxed(Integer number) {
            return number + 1;
        }

        public static Byte boxedByte(Byte number) {
            return number;
        }

        public static Short boxedShort(Short number) {
            return number;
        }

        public static Long boxedLong(Long number) {
            return number + 1;
        }

        public static Float boxedFloat(Float number) {
            return number;
        }

        public static Double boxedDouble(Double number) {
            return number / 2;
        }

        public static boolean isEven(int number) {
            return number % 2 == 0;
        }

        public static Boolean isBoxed(int number) {
            return number > 1;
        }

        public static char letter(int number) {
            return (char) ('a' + number);
        }

        public static Character boxedLetter(int number) {
            return (char) ('a' + number);
        }

        public static @Nullable String none(String text) {
            return text.isEmpty() ? text : null;
        }

        public static BigInteger square(BigInteger number) {
            return number.multiply(number);
        }

        public static BigDecimal exactHalf(BigDecimal number) {
            return number.divide(BigDecimal.valueOf(2));
        }

        public static List<List<String>> table(String cell) {
            return List.of(List.of(cell, cell), List.of(), List.of("x"));
        }

        public static List<Size> sizes(int number) {
            return List.of(new Size(number, List.of()), new Size(number + 1, List.of("a")));
        }

        public record Node(
                String name, List<Node> children, @Nullable Leaf leaf) {}

        public record Leaf(@Nullable Node parent) {}

        public static Node tree(int number) {
            Node child = new Node("child", List.of(), new Leaf(null));
            return new Node("root " + number, List.of(child, child), null);
        }

        record Secret(int number) {}

        public static List<Secret> secrets(int number) {
            return List.of(new Secret(number));
        }

        public record Moody(int number) {

            @Override
            public int number() {
                throw new IllegalStateException("not today");
            }
        }

        public static Moody moody(int number) {
            return new Moody(number);
        }

        public static int deep(int number) {
            return number == 3 ? deep(number) + 1 : number;
        }

        public static int unprepared(int number) {
            return Unprepared.VALUE + number;
        }

        private static final byte[] BUFFER = new byte[1];

        private static final CyclicBarrier BOTH_HAVE_WRITTEN = new CyclicBarrier(2);

        /** Two threads called racer do what bad luck does elsewhere: each writes before the other one returns. */
        public static byte[] buffer(int number) throws InterruptedException, BrokenBarrierException {
            BUFFER[0] = (byte) number;
            if (Thread.currentThread().getName().equals("racer")) {
                BOTH_HAVE_WRITTEN.await();
            }
            return BUFFER;
        }

        public static Object anything(int number) {
            return number;
        }

        public static int two(int one, int other) {
            return one + other;
        }

        public static int twice(int number) {
            return number;
        }

        public static int twice(long number) {
            return (int) number;
        }

        public static int strange(Thread thread) {
            return thread.hashCode();
        }

        public int ofAnObject(int number) {
            return number;
        }
    }

    private static final class Unprepared {

        static final int VALUE = configured();

        private static int configured() {
            throw new IllegalStateException("no configuration");
        }
    }

    static final class Hidden {

        private Hidden() {}

        public static int call(int number) {
            return number;
        }
    }

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "shout,a b",
        "bytes,x",
        "half,1.5",
        "child,/a/b",
        "tomorrow,MONDAY",
        "size,7",
        "nothing,1",
        "next,127",
        "shortly,-3",
        "quarter,1.5",
        "boxed,1",
        "boxedByte,-1",
        "boxedShort,7",
        "boxedLong,99999999999",
        "boxedFloat,0.1",
        "boxedDouble,0.1",
        "isEven,3",
        "isBoxed,3",
        "letter,2",
        "boxedLetter,2",
        "none,text",
        "square,123456789012345678901234567890",
        "exactHalf,0.30",
        "table,cell",
        "sizes,5",
        "tree,1"
    })
    void everyTypeThatIsPromisedIsCalledAndItsResultCrosses(String method, String line) throws Exception {
        Path inputs = Files.writeString(directory.resolve("inputs"), line + "\n" + line + "\n");
        Workload<OwnOutcomes> workload = workload(own(method), inputs.toString());

        OwnOutcomes whole = workload.merge(List.of(workload.run(0, 1), crossed(workload, workload.run(1, 2))));

        assertThat(workload.taskCount()).isEqualTo(2);
        assertThat(whole.size()).isEqualTo(2);
        assertThat(whole.bytes(0)).isEqualTo(whole.bytes(1));
        workload.expect(workload.run(0, 2));
        workload.check(whole);
    }

    @Property(tries = 50)
    void anyChunkingGivesWhatOneThreadGives(
            @ForAll @IntRange(min = 1, max = 200) int calls, @ForAll @IntRange(min = 1, max = 50) int chunk)
            throws Exception {
        Workload<OwnOutcomes> workload = workload(own("size"), "1.." + calls);
        List<OwnOutcomes> parts = new ArrayList<>();
        for (int first = 0; first < calls; first += chunk) {
            OwnOutcomes part = workload.run(first, Math.min(calls, first + chunk));
            parts.add(first % 2 == 0 ? part : crossed(workload, part));
        }
        workload.expect(workload.run(0, calls));
        workload.check(workload.merge(parts));
    }

    @Test
    void aFunctionWhoseResultDependsOnOtherCallsIsFoundOutWithTheFirstInputThatDiffers() throws Exception {
        Workload<OwnOutcomes> workload = workload(own("count"), "10..12");

        OwnOutcomes answer = workload.run(0, 3);
        workload.expect(workload.run(0, 3));

        assertThatThrownBy(() -> workload.check(answer))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageStartingWith("wrong answer: the result for '10' (input 10..12) is ")
                .hasMessageContaining("in one thread; that usually means that the function is not thread-safe");
    }

    @Test
    void callsThatThrowAreCountedAndTheFirstIsShownWithItsInputInOneLine() throws Exception {
        Workload<OwnOutcomes> workload = workload(own("fragile"), "1..10");

        assertThatThrownBy(() -> workload.check(crossed(workload, workload.run(0, 10))))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: 3 of 10 calls threw; the first, for '3' (input 1..10):"
                        + " java.lang.IllegalStateException: no threes please");
    }

    @Test
    void aResultIsWhatItWasWhenItsCallReturned() throws Exception {
        Workload<OwnOutcomes> workload = workload(own("buffer"), "1..2");

        OwnOutcomes answer = workload.run(0, 2);

        assertThat(answer.bytes(0)).endsWith((byte) 1);
        assertThat(answer.bytes(1)).endsWith((byte) 2);
    }

    @Test
    void aBufferThatThreadsShareIsFoundOut() throws Exception {
        Workload<OwnOutcomes> workload = workload(own("buffer"), "1..2");
        workload.expect(workload.run(0, 2));
        List<FutureTask<OwnOutcomes>> parts = IntStream.range(0, 2)
                .mapToObj(task -> new FutureTask<>(() -> workload.run(task, task + 1)))
                .toList();
        for (FutureTask<OwnOutcomes> part : parts) {
            Thread.ofPlatform().name("racer").start(part);
        }

        OwnOutcomes answer =
                workload.merge(List.of(parts.getFirst().get(), parts.getLast().get()));

        assertThatThrownBy(() -> workload.check(answer))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageMatching("wrong answer: the result for '[12]' .*not thread-safe.*");
    }

    @Test
    void withoutTheAnswerOfOneThreadNothingIsRight() throws Exception {
        Workload<OwnOutcomes> workload = workload(own("half"), "1..2");
        OwnOutcomes answer = workload.run(0, 2);

        assertThatThrownBy(() -> workload.check(answer)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCallThatThrowsInOneThreadAloneFailsTheCheckAsWell() throws Exception {
        Workload<OwnOutcomes> workload = workload(own("half"), "1..3");
        OwnOutcomes other = workload.run(0, 2);
        other.addFailure(new IllegalStateException("late"));
        workload.expect(other);
        OwnOutcomes answer = workload.run(0, 3);

        assertThatThrownBy(() -> workload.check(answer))
                .hasMessage("wrong answer: 1 of 3 calls threw in one thread; the first, for '3' (input 1..3):"
                        + " java.lang.IllegalStateException: late");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deep|1 of 3 calls threw; the first, for '3' (input 1..3): java.lang.StackOverflowError",
                "unprepared|3 of 3 calls threw; the first, for '1' (input 1..3): java.lang.ExceptionInInitializerError"
                        + " (cause: java.lang.IllegalStateException: no configuration)",
                "moody|3 of 3 calls threw; the first, for '1' (input 1..3): java.lang.IllegalArgumentException: component"
                        + " 'number' cannot be read (cause: java.lang.IllegalStateException: not today)"
            })
    void whateverACallThrowsIsToldWithItsInputAndItsCause(String method, String message) throws Exception {
        Workload<OwnOutcomes> workload = workload(own(method), "1..3");

        OwnOutcomes answer = workload.run(0, 3);

        assertThatThrownBy(() -> workload.check(answer)).hasMessage("wrong answer: " + message);
    }

    @Test
    void allCallsTogetherMayTakeAsLongAsEachMay() {
        FunctionMap map = new FunctionMap();
        Settings five = Settings.of(map.parameters(), Map.of(FunctionMap.TIMEOUT, "300000"));
        Settings longest = Settings.of(
                map.parameters(), Map.of(FunctionMap.TIMEOUT, "86400000", FunctionMap.INPUTS, "1..10000000"));

        assertThat(map.batchLimit(five)).isEqualTo(Duration.ofMinutes(5 * 1000));
        assertThat(map.batchLimit(longest)).isEqualTo(Duration.ofDays(30));
        Settings counted = Settings.of(
                map.parameters(),
                Map.of(FunctionMap.TIMEOUT, "300000", FunctionMap.INPUTS, "no-such-file", FunctionMap.CALLS, "3"));
        assertThat(map.batchLimit(counted)).isEqualTo(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Thumbnails|function 'Thumbnails' is not of the form com.acme.Thumbnails::make",
                "a::b::c|function 'a::b::c' is not of the form com.acme.Thumbnails::make",
                "com.acme.Nope::make|no class 'com.acme.Nope' on the class path; inner classes are spelt Outer$Inner",
                "OWN::nope|class 'OWN' has no public method 'nope'",
                "OWN::two|OWN::two cannot be called: it does not take one argument",
                "OWN::ofAnObject|OWN::ofAnObject cannot be called: it is not static",
                "OWN::twice|OWN::twice cannot be called: there are 2 of that name with one argument",
                "OWN::anything|OWN::anything returns a java.lang.Object; it may return String, a number, byte[], Path, an enum,"
                        + " void, or records and lists of them",
                "OWN::secrets|OWN::secrets returns a record OWN$Secret that is not public, so that it cannot be read; make it"
                        + " public",
                "OWN::strange|OWN::strange takes a java.lang.Thread; it may take String, a number, byte[], Path or an enum",
                "HIDDEN::call|HIDDEN::call cannot be called: its class is not public"
            })
    void whatCannotBeCalledIsRefusedInOneLine(String name, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> workload(inFull(name), "1..3"))
                .withMessage(inFull(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5..1", "1..99999999999", "no-such-file"})
    void inputsThatAreNoneAreRefused(String inputs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> workload(own("half"), inputs))
                .withMessageContaining("'" + inputs + "'");
    }

    @Test
    void aLineThatDoesNotParseIsNamedWithFileAndLine() throws Exception {
        Path inputs = Files.writeString(directory.resolve("inputs"), "1\nx\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> workload(own("fragile"), inputs.toString()))
                .withMessageStartingWith(inputs + ", line 2: 'x' is no int (");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws Exception {
        Path inputs = Files.write(directory.resolve("inputs"), new byte[] {(byte) 0xC3, 0x28, '\n'});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> workload(own("shout"), inputs.toString()))
                .withMessage("inputs '%s' are no UTF-8 text", inputs);
    }

    @Test
    void lookingWhetherItCanBeCalledDoesNotCallIt() {
        int before = Own.CALLS.get();
        Settings settings = settings(own("nothing"), "1..100");

        assertThatCode(() -> FunctionMap.check(settings, FunctionMapTest.class.getClassLoader()))
                .doesNotThrowAnyException();

        assertThat(Own.CALLS).hasValue(before);
    }

    private static String own(String method) {
        return Own.class.getName() + "::" + method;
    }

    private static String inFull(String text) {
        return text.replace("OWN", Own.class.getName()).replace("HIDDEN", Hidden.class.getName());
    }

    private static Settings settings(String function, String inputs) {
        return Settings.of(
                new FunctionMap().parameters(), Map.of(FunctionMap.FUNCTION, function, FunctionMap.INPUTS, inputs));
    }

    @SuppressWarnings("unchecked") // whose parts they are, its definition says
    private static Workload<OwnOutcomes> workload(String function, String inputs) {
        Workload<?> workload =
                Given.workload(new FunctionMap(), Map.of(FunctionMap.FUNCTION, function, FunctionMap.INPUTS, inputs));
        return (Workload<OwnOutcomes>) workload;
    }

    private static OwnOutcomes crossed(Workload<OwnOutcomes> workload, OwnOutcomes part) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        workload.codec().write(part, new DataOutputStream(bytes));
        assertThat(new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1)).isNotEmpty();
        return workload.codec().read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
