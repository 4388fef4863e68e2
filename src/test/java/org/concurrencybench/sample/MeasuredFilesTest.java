package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.concurrencybench.sample.MeasuredCase.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredFilesTest {

    private static final String RESULT = """
            {"benchmark":"a.B.c","mode":"avgt","threads":1,"params":{"n":"1"},"vmName":"VM","vmVersion":"1",
             "primaryMetric":{"score":2.0,"scoreError":0.5,"scoreUnit":"ms/op","rawData":[[1.0,3.0],[2.0]]}}""";
    private static final String CSV_HEADER =
            "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\",\"Unit\",\"Param: n\"\r\n";
    private static final String CSV_ROW = "\"a.B.c\",\"avgt\",1,6,2.5,0.5,\"ms/op\",1\r\n";

    @TempDir
    Path directory;

    @Test
    void jmhsOwnJsonIsReadForkByForkInEveryMode() throws Exception {
        MeasuredFile read = MeasuredFiles.read(captured("jmh-1.37.json"));

        assertThat(read.jvm()).contains("OpenJDK 64-Bit Server VM 25.0.3+9-LTS");
        assertThat(read.machine()).isEmpty();
        assertThat(read.cases()).extracting(MeasuredCase::mode).containsExactly("thrpt", "avgt", "sample");
        assertThat(read.cases())
                .extracting(MeasuredCase::direction)
                .containsExactly(Direction.HIGHER, Direction.LOWER, Direction.LOWER);
        assertThat(read.cases().getFirst().params().asMap())
                .containsEntry("model", "SERIAL")
                .containsEntry("terms", "1000");
        assertThat(read.cases().getFirst().scores())
                .isEqualTo(new Scores.ByFork(
                        List.of(List.of(3.0085040481377494E-5, 3.2921444363845435E-5, 3.686984730057782E-5))));
        assertThat(read.cases().getLast().scores())
                .isInstanceOfSatisfying(
                        Scores.ByFork.class,
                        sampled -> assertThat(sampled.forks().getFirst())
                                .hasSize(3)
                                .allMatch(mean -> mean > 26_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jmh-1.37.csv", "jmh-1.37-decimal-comma.csv"})
    void jmhsOwnCsvIsReadWithoutItsSecondaryRows(String name) throws Exception {
        MeasuredFile read = MeasuredFiles.read(captured(name));

        assertThat(read.cases()).extracting(MeasuredCase::mode).containsExactly("thrpt", "avgt", "sample");
        assertThat(read.cases())
                .allSatisfy(one -> assertThat(one.scores()).isInstanceOfSatisfying(Scores.Pooled.class, pooled -> {
                    assertThat(pooled.samples()).isEqualTo(3);
                    assertThat(pooled.score()).isPositive();
                    assertThat(pooled.error()).isPresent();
                }));
        assertThat(read.cases().getFirst().params().asMap()).containsEntry("tasks", "100000");
    }

    /** Captured from JMH 1.21 of 2018: two methods, two sizes, two forks of two iterations. */
    @Test
    void filesOfAnOlderJmhAreReadAsThoseOfToday() throws Exception {
        MeasuredFile json = MeasuredFiles.read(captured("jmh-1.21.json"));
        MeasuredFile csv = MeasuredFiles.read(captured("jmh-1.21.csv"));

        for (MeasuredFile read : List.of(json, csv)) {
            assertThat(read.warnings()).isEmpty();
            assertThat(read.cases())
                    .extracting(
                            one -> one.benchmark() + " " + one.params().asMap() + " " + one.mode() + " " + one.unit())
                    .containsExactly(
                            "com.acme.Words.count {size=10} avgt ns/op",
                            "com.acme.Words.count {size=1000} avgt ns/op",
                            "com.acme.Words.split {size=10} avgt ns/op",
                            "com.acme.Words.split {size=1000} avgt ns/op");
        }
        assertThat(json.cases().getFirst().scores())
                .isEqualTo(new Scores.ByFork(List.of(
                        List.of(1158.1435132515905, 406.15530388957717),
                        List.of(384.87553546306685, 267.92515942595793))));
        assertThat(csv.cases().getFirst().scores())
                .isInstanceOfSatisfying(
                        Scores.Pooled.class,
                        pooled -> assertThat(pooled.score()).isEqualTo(1305.660331));
    }

    @Test
    void aDecimalCommaIsReadAndSaid() throws Exception {
        Path comma = captured("jmh-1.37-decimal-comma.csv");

        assertThat(MeasuredFiles.read(comma).warnings())
                .containsExactly(comma + ": its numbers are written with a decimal comma, and are read so");
        assertThat(MeasuredFiles.read(captured("jmh-1.37.csv")).warnings()).isEmpty();
    }

    @Test
    void secondaryResultsAreReadBesideTheScores() throws Exception {
        assertThat(MeasuredFiles.read(captured("jmh-1.37.json")).secondary())
                .hasSize(3)
                .extracting(SecondaryResult::name, SecondaryResult::unit)
                .containsOnly(tuple("gc.count", "counts"));
        assertThat(MeasuredFiles.read(captured("jmh-1.37.csv")).secondary())
                .hasSize(17)
                .extracting(SecondaryResult::name, SecondaryResult::unit)
                .contains(tuple("gc.alloc.rate.norm", "B/op"), tuple("p0.50", "us/op"));
    }

    @Test
    void aParameterMayHoldQuotesCommasAndLineBreaks() throws Exception {
        Path file = file("results.csv", CSV_HEADER + CSV_ROW.replace(",1\r\n", ",\"a \"\"b\"\", c\nd\"\r\n"));

        assertThat(MeasuredFiles.read(file).cases())
                .singleElement()
                .satisfies(one -> assertThat(one.params().asMap()).containsEntry("n", "a \"b\", c\nd"));
    }

    /** However short the rest of the last line is. */
    @Test
    void aLastLineOfCsvThatWasCutOffIsLeftOutWithAWarning() throws Exception {
        String cut = CSV_ROW.replace("a.B.c", "a.B.cut");
        for (int length = 1; length < cut.length() - 2; length++) {
            Path file = file("a.csv", CSV_HEADER + CSV_ROW + cut.substring(0, length));
            MeasuredFile read = MeasuredFiles.read(file);

            assertThat(read.cases().getFirst().benchmark())
                    .as("%d characters", length)
                    .isEqualTo("a.B.c");
            assertThat(read.warnings())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith(file + ":3:");
        }
    }

    @Test
    void aByteOfCsvThatIsNotUtf8IsRefusedWithItsPlace() throws Exception {
        Path file = directory.resolve("latin1.csv");
        Files.write(
                file,
                (CSV_HEADER + CSV_ROW + CSV_ROW.replace("\"avgt\"", "\"av\u00fct\""))
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal(file)).startsWith(file + ":3:Mode: a byte here is not UTF-8; ");
    }

    @Test
    void aFieldOfCsvThatIsLargerThanTheHeapIsRefusedAfterItsFirstMegabyte() throws Exception {
        Path file = file("a.csv", CSV_HEADER + CSV_ROW + "\"a.B.c");
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(4L << 30);
        }

        assertThat(refusal(file)).startsWith(file + ":3:Benchmark: the line has more than 1048576 bytes; ");
    }

    @Test
    void whatIsWrongInJsonIsToldWithItsLineAndColumn() throws Exception {
        String good = RESULT.replace("a.B.c", "a.B.first");
        Path number = file("a.json", "[\n" + good + ",\n" + RESULT.replace("3.0]", "\"x\"]") + "]");
        Path missing = file("b.json", "[\n" + RESULT.replace("\"mode\"", "\"mood\"") + "]");
        Path twice = file("c.json", "[" + RESULT + ",\n\n" + RESULT + "]");

        assertThat(refusal(number)).startsWith(number + ":5:84: $[1].primaryMetric.rawData[0][1]: 'x' is not");
        assertThat(refusal(missing)).startsWith(missing + ":2:1: $[0].mode: a text is missing");
        assertThat(refusal(twice)).startsWith(twice + ":4:1: ").contains("stands twice");
    }

    @Test
    void csvWithSemicolonsIsReadToo() throws Exception {
        Path file = file("results.csv", (CSV_HEADER + CSV_ROW).replace(',', ';'));

        assertThat(MeasuredFiles.read(file).cases())
                .singleElement()
                .satisfies(one -> assertThat(one.scores())
                        .isEqualTo(new Scores.Pooled(2.5, java.util.OptionalDouble.of(0.6), 6)));
    }

    @Test
    void ourSamplesAreReadWithTheMachineBesideThemAndWithoutWarmUpOrFigures() throws Exception {
        CaseKey key = TestSamples.SERIAL;
        CaseKey figure = new CaseKey(
                key.benchmark(), key.workload(), key.kind(), key.model(), Params.of(Map.of("figure", "offersFailed")));
        Path file = directory.resolve("samples.csv");
        try (SampleCsv.Writer writer = SampleCsv.create(file)) {
            writer.append(List.of(
                    TestSamples.warmup(key, 1, 1, 99),
                    TestSamples.measured(key, 1, 1, 4),
                    TestSamples.measured(key, 2, 1, 5),
                    TestSamples.measured(key, 1, 2, 6),
                    TestSamples.measured(figure, 1, 1, 7)));
        }
        new RunEnvironment(
                        "r",
                        "smoke",
                        1,
                        2,
                        "now",
                        "later",
                        2,
                        Map.of("processor", "P", "cores", "2", "vm", "VM 25"),
                        Map.of(),
                        Map.of(),
                        List.of())
                .write(directory.resolve("environment.json"));

        MeasuredFile read = MeasuredFiles.read(file);

        assertThat(read.machine()).contains("P, 2");
        assertThat(read.jvm()).contains("VM 25");
        assertThat(read.cases()).singleElement().satisfies(one -> {
            assertThat(one.params().asMap()).containsEntry("model", "serial").containsEntry("tasks", "100");
            assertThat(one.scores()).isEqualTo(new Scores.ByFork(List.of(List.of(4.0, 6.0), List.of(5.0))));
        });
    }

    @Test
    void ourOwnJmhJsonHasTheSameCasesAsTheSamplesItIsMadeFrom() throws Exception {
        List<Sample> samples = List.of(
                TestSamples.measured(TestSamples.SERIAL, 1, 1, 4), TestSamples.measured(TestSamples.VIRTUAL, 1, 1, 2));
        Path csv = directory.resolve("samples.csv");
        Path json = directory.resolve("jmh.json");
        try (SampleCsv.Writer writer = SampleCsv.create(csv)) {
            writer.append(samples);
        }
        JmhJson.write(
                json,
                new JmhRun("1.37", "java", List.of(), "25", "VM", "25", key -> new JmhTimes("1 s", "1 s")),
                samples);

        assertThat(MeasuredFiles.read(json).cases())
                .isEqualTo(MeasuredFiles.read(csv).cases());
    }

    @Test
    void withoutRawDataScoreAndErrorAreTaken() throws Exception {
        Path file = file("a.json", "[" + RESULT.replace(",\"rawData\":[[1.0,3.0],[2.0]]", "") + "]");

        assertThat(MeasuredFiles.read(file).cases())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.scores()).isEqualTo(new Scores.Pooled(2, java.util.OptionalDouble.of(0.5), 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"benchmark\":\"a.B.c\" | \"bench\":\"a\" | $[0].benchmark: a text is missing",
                "\"avgt\" | \"all\" | $[0].mode: 'all' is not one of JMH's modes",
                "ms/op | ops/s | $[0].mode: mode avgt and unit 'ops/s' contradict each other",
                "\"ms/op\" | 3 | $[0].primaryMetric.scoreUnit: a text is missing",
                "\"threads\":1 | \"threads\":0 | $[0].threads: this is not a number of threads",
                "{\"n\":\"1\"} | [1] | $[0].params: parameters are an object",
                "{\"n\":\"1\"} | {\"n\":{}} | $[0].params.n: a parameter's value is a text",
                "[[1.0,3.0],[2.0]] | [[1.0,\"x\"],[2.0]] | $[0].primaryMetric.rawData[0][1]: 'x' is not a finite number",
                "[[1.0,3.0],[2.0]] | [[1.0,NaN],[2.0]] | $[0].primaryMetric.rawData[0][1]: 'NaN' is not a finite number",
                "[[1.0,3.0],[2.0]] | [[1.0,1e999]] | $[0].primaryMetric.rawData[0][1]: 'Infinity' is not a finite",
                "[[1.0,3.0],[2.0]] | [[1.0],[]] | $[0].primaryMetric.rawData[1]: a fork is an array",
                "[[1.0,3.0],[2.0]] | 7 | $[0].primaryMetric.rawData: raw data are an array",
                "[[1.0,3.0],[2.0]] | [[[]]] | $[0].primaryMetric.rawData[0][0]: an iteration without a sample",
                "[[1.0,3.0],[2.0]] | [[[[1,-1]]]] | $[0].primaryMetric.rawData[0][0][0][1]: a count below 0",
                "[[1.0,3.0],[2.0]] | [[[3]]] | $[0].primaryMetric.rawData[0][0][0]: a bar of a histogram",
                "\"primaryMetric\" | \"metric\" | $[0].primaryMetric: there is no primary metric",
                "\"mode\" | \"benchmark\" | :1:",
            })
    void jsonThatIsNotJmhsIsRefusedWithItsPathAndReason(String good, String bad, String message) throws Exception {
        assertThat(RESULT).contains(good);

        assertThat(refusal(file("a.json", "[" + RESULT.replace(good, bad) + "]")))
                .contains(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 150, 190})
    void jsonThatIsCutOffIsRefusedWithLineAndColumn(int length) throws Exception {
        Path file = file("a.json", ("[" + RESULT + "]").substring(0, length));

        assertThat(refusal(file)).matches("\\Q" + file + "\\E:[12]:[0-9]+: this is not whole JSON .*measure again");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | $: JMH's JSON is an array",
                "[] | :1:1: nothing was measured in this file",
                "[1] | $[0].benchmark: a text is missing",
                "[]] | this is not whole JSON",
                "<html> | this is neither a samples.csv nor JMH's JSON nor JMH's CSV",
                "'' | the file is empty",
            })
    void otherFilesAreRefused(String text, String message) throws Exception {
        assertThat(refusal(file("a", text))).contains(message);
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() throws Exception {
        assertThat(refusal(file("a.json", "[".repeat(100_000)))).contains("this is not whole JSON");
    }

    @Test
    void aHugeFileIsRefusedUnread() throws Exception {
        Path file = file("a.json", "[");
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(8L << 30);
        }

        assertThat(refusal(file)).contains("the file has 8192 MiB, and 64 are the most");
    }

    @Test
    void aCaseThatStandsTwiceIsRefused() throws Exception {
        assertThat(refusal(file("a.json", "[" + RESULT + "," + RESULT + "]")))
                .contains("'a.B.c n=1' stands twice in mode avgt");
        assertThat(refusal(file("a.csv", CSV_HEADER + CSV_ROW + CSV_ROW)))
                .contains(":3:Benchmark: 'a.B.c n=1' stands twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"avgt\" | \"wrong\" | :3:Mode: 'wrong' is not one of JMH's modes",
                ",1,6, | ,0,6, | :3:Threads: '0' is not a number from 1",
                ",1,6, | ,1,-6, | :3:Samples: '-6' is not a number from 1",
                ",1,6, | ,99999999999,6, | :3:Threads: '99999999999' is not a number from 1",
                "2.5 | fast | :3:Score: 'fast' is not a finite number",
                "2.5 | NaN | :3:Score: the score is not a number",
                "0.5, | 1e400, | :3:Score Error (99.9%): '1e400' is not a finite number",
                ",1\\r\\n | \\r\\n | :3:Param: n: the row has 7 fields where the header has 8",
                "\"a.B.c\" | \"\" | :3:Benchmark: there is no benchmark's name",
                "\"a.B.c\" | \"a.B | :3:Benchmark: text follows a closing quote",
                ",1\\r\\n | ,\"1\\r\\n | :3:Param: n: a quote is opened and not closed in this line",
                ",1\\r\\n | ,1,2\\r\\n | :3:9: the line has more fields than the 8 of the header",
                "2.5 | Infinity | :3:Score: 'Infinity' is not a finite number",
                "ms/op | ops/s | :3:Mode: mode avgt and unit 'ops/s' contradict each other",
            })
    void csvThatIsNotJmhsIsRefusedWithLineAndColumn(String good, String bad, String message) throws Exception {
        String first = CSV_ROW.replace("a.B.c", "a.B.first");
        String row = CSV_ROW.replace(unescaped(good), unescaped(bad));
        assertThat(row).isNotEqualTo(CSV_ROW);

        assertThat(refusal(file("a.csv", CSV_HEADER + first + row))).contains(message);
    }

    @Test
    void aHeaderThatIsOnlyNearlyJmhsIsRefused() throws Exception {
        Path file = file("a.csv", CSV_HEADER.replace("Score Error (99.9%)", "Error") + CSV_ROW);

        assertThat(refusal(file)).contains(":1:6: JMH writes 'Score Error (99.9%)' here");
    }

    @Test
    void aDirectoryOrNothingIsRefused() {
        assertThat(refusal(directory)).contains("is not a file");
        assertThat(refusal(directory.resolve("none"))).contains("is not a file");
    }

    @ParameterizedTest
    @CsvSource({"ns/op, s/op, 1e-9", "µs/op, s/op, 1e-6", "ops/ms, ops/s, 1000", "min/op, s/op, 60", "MB/sec, MB/sec, 1"
    })
    void unitsAreConvertedToTheirBase(String unit, String base, double factor) {
        assertThat(ScoreUnit.of(unit).base()).isEqualTo(base);
        assertThat(ScoreUnit.of(unit).factor()).isEqualTo(factor);
    }

    private static String unescaped(String text) {
        return text.replace("\\r\\n", "\r\n");
    }

    private Path captured(String name) throws Exception {
        try (InputStream in = Objects.requireNonNull(MeasuredFilesTest.class.getResourceAsStream(name), name)) {
            Path file = directory.resolve(name);
            Files.copy(in, file);
            return file;
        }
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    /** The message, after a look at its form: one line. */
    private static String refusal(Path file) {
        FormatException refusal = catchThrowableOfType(FormatException.class, () -> MeasuredFiles.read(file));
        String message = String.valueOf(
                Objects.requireNonNull(refusal, "nothing was refused").getMessage());
        assertThat(message).startsWith(file.toString()).matches("\\P{Cntrl}+");
        return message;
    }
}
