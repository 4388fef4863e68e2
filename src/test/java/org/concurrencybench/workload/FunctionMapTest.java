package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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

        public static DayOfWeek next(DayOfWeek day) {
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

    static final class Hidden {

        private Hidden() {}

        public static int call(int number) {
            return number;
        }
    }

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"shout,a b", "bytes,x", "half,1.5", "child,/a/b", "next,MONDAY", "size,7", "nothing,1"})
    void everyTypeThatIsPromisedIsCalledAndItsResultCrosses(String method, String line) throws Exception {
        Path inputs = Files.writeString(directory.resolve("inputs"), line + "\n" + line + "\n");
        Workload<OwnOutcomes> workload = workload(own(method), inputs.toString());

        OwnOutcomes whole = workload.merge(List.of(workload.run(0, 1), crossed(workload, workload.run(1, 2))));

        assertThat(workload.taskCount()).isEqualTo(2);
        assertThat(whole.size()).isEqualTo(2);
        assertThat(whole.bytes(0)).isEqualTo(whole.bytes(1));
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
        workload.check(workload.merge(parts));
    }

    @Test
    void aFunctionWhoseResultDependsOnOtherCallsIsFoundOutWithTheFirstInputThatDiffers() throws Exception {
        Workload<OwnOutcomes> workload = workload(own("count"), "10..12");

        OwnOutcomes answer = workload.run(0, 3);

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
                .hasMessage("3 of 10 calls threw; the first, for '3' (input 1..10):"
                        + " java.lang.IllegalStateException: no threes please");
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
