package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.concurrencybench.sample.TestSamples.SERIAL;
import static org.concurrencybench.sample.TestSamples.VIRTUAL;
import static org.concurrencybench.sample.TestSamples.asRate;
import static org.concurrencybench.sample.TestSamples.measured;
import static org.concurrencybench.sample.TestSamples.warmup;
import static org.concurrencybench.sample.TestSamples.withCosts;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.concurrencybench.sample.SampleCsv.SampleFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleCsvTest {

    private static final List<Sample> SAMPLES = List.of(
            warmup(SERIAL, 1, 1, 1234567.875),
            withCosts(measured(SERIAL, 1, 1, 0.1), 12.5, 64.25),
            asRate(measured(VIRTUAL, 2, 10, -1.0E-7)),
            measured(
                    new CaseKey(
                            "org.acme.Größe.run",
                            "with, comma",
                            "with \"quotes\"",
                            "😀",
                            Params.of(Map.of("a", "1,5;2"))),
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    1.0 / 3));

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("samples.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"und", "de-DE", "ar-EG-u-nu-arab", "tr-TR"})
    void theFormatIsSealedInEveryDefaultLocale(String locale) throws Exception {
        try (DefaultLocale _ = new DefaultLocale(locale)) {
            write(SAMPLES);

            Golden.assertEqual("samples-golden.csv", file);
            assertThat(SampleCsv.read(file)).isEqualTo(new SampleFile(SAMPLES, List.of()));
        }
    }

    @Test
    void theColumnsAreThoseOfTheDesign() {
        assertThat(String.join(",", SampleCsv.HEADER))
                .isEqualTo(
                        "benchmark,workload,kind,model,params,fork,iteration,phase,score,unit,direction,cpu_ms,rss_mb");
    }

    @Test
    void lineFeedsAByteOrderMarkBlankLinesAndAnotherColumnOrderAreRead() throws Exception {
        Files.writeString(file, """
                \uFEFFrss_mb,workload,kind,model,params,fork,iteration,phase,score,unit,direction,cpu_ms,benchmark
                64.25,sleeping-squares,sleep-bound,serial,tasks=100;parallelism=1,1,1,measurement,0.1,ms/op,lower,12.5,%s

                """.formatted(SERIAL.benchmark()));

        assertThat(SampleCsv.read(file)).isEqualTo(new SampleFile(List.of(SAMPLES.get(1)), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\uff1d1",
                "'\uff20",
                "'=1+1",
                "''-1",
                "'quoted'",
                "'",
                "a=b",
                " =1"
            })
    void textThatLooksLikeAFormulaIsGuardedInTheFileAndComesBackExactly(String text) throws Exception {
        Sample sample = measured(new CaseKey(text, text, text, text, Params.of(Map.of(text, text))), 1, 1, 1);
        write(List.of(sample));

        assertThat(SampleCsv.read(file).samples()).containsExactly(sample);
        String row = Files.readAllLines(file).get(1);
        assertThat(row.split(",", -1)).noneMatch(field -> field.matches("\"?[=+@-].*"));
    }

    @Test
    void eachAppendIsOnDiskBeforeTheFileIsClosed() throws Exception {
        try (SampleCsv.Writer writer = SampleCsv.create(file)) {
            writer.append(SAMPLES.subList(0, 1));
            assertThat(SampleCsv.read(file).samples()).isEqualTo(SAMPLES.subList(0, 1));
            writer.append(SAMPLES.subList(1, 4));
            assertThat(SampleCsv.read(file).samples()).isEqualTo(SAMPLES);
        }
    }

    @Test
    void measuredDataAreNeverOverwritten() throws Exception {
        write(SAMPLES);

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> SampleCsv.create(file));
        assertThat(SampleCsv.read(file).samples()).isEqualTo(SAMPLES);
    }

    @Test
    void aFileCutAtAnyByteGivesAllItsWholeRowsAndAWarning() throws Exception {
        write(SAMPLES);
        byte[] whole = Files.readAllBytes(file);
        int firstRowEnd = lineEnd(whole, lineEnd(whole, 0));
        for (int size = firstRowEnd; size <= whole.length; size++) {
            Files.write(file, Arrays.copyOf(whole, size));
            SampleFile read = SampleCsv.read(file);
            int wholeRows = lineFeeds(whole, size) - 1;

            assertThat(read.samples().subList(0, wholeRows)).isEqualTo(SAMPLES.subList(0, wholeRows));
            assertThat(read.samples()).hasSizeLessThanOrEqualTo(wholeRows + 1);
            assertThat(read.warnings()).hasSize(whole[size - 1] == '\n' ? 0 : 1);
        }
    }

    @Test
    void aRowThatWasCutOffIsNamedInTheWarning() throws Exception {
        write(SAMPLES.subList(0, 1));
        Files.writeString(file, Files.readString(file) + "org.acme.Cut.run,sleeping,sle");

        assertThat(SampleCsv.read(file))
                .isEqualTo(new SampleFile(
                        SAMPLES.subList(0, 1),
                        List.of(file + ":3:model: the line ends before this column; complete it or remove it"
                                + " (the last line has no line end and was cut off; it is left out)")));
    }

    @Test
    void reopeningCutsTheUnfinishedLineAndAppendsAfterTheLastWholeOne() throws Exception {
        write(SAMPLES.subList(0, 2));
        Files.writeString(file, Files.readString(file) + "org.acme.Cut.run," + "x".repeat(20_000));
        try (SampleCsv.Writer writer = SampleCsv.reopen(file)) {
            writer.append(SAMPLES.subList(2, 4));
        }

        assertThat(SampleCsv.read(file)).isEqualTo(new SampleFile(SAMPLES, List.of()));
    }

    @Test
    void reopeningAFileWithoutAWholeHeaderStartsItAgain() throws Exception {
        Files.writeString(file, "benchmark,work");
        try (SampleCsv.Writer writer = SampleCsv.reopen(file)) {
            writer.append(SAMPLES);
        }

        assertThat(SampleCsv.read(file)).isEqualTo(new SampleFile(SAMPLES, List.of()));
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> SampleCsv.reopen(directory.resolve("other.csv")));
    }

    @Test
    void aSampleThatCouldNotBeReadBackIsRefusedAndNothingOfItsForkIsWritten() throws Exception {
        CaseKey control = new CaseKey("a\nb", "", "", "", Params.none());
        CaseKey half = new CaseKey("a", "\ud800", "", "", Params.none());
        CaseKey nameless = new CaseKey("", "", "", "", Params.none());
        List<Sample> unreadable = List.of(
                measured(SERIAL, 1, 1, Double.NaN),
                measured(SERIAL, 1, 1, Double.POSITIVE_INFINITY),
                measured(SERIAL, 1, 1, -1e151),
                measured(SERIAL, 0, 1, 1),
                measured(SERIAL, 1, -1, 1),
                withCosts(measured(SERIAL, 1, 1, 1), Double.NaN, 1),
                withCosts(measured(SERIAL, 1, 1, 1), 1, -1),
                measured(control, 1, 1, 1),
                measured(half, 1, 1, 1),
                measured(nameless, 1, 1, 1));
        try (SampleCsv.Writer writer = SampleCsv.create(file)) {
            for (Sample sample : unreadable) {
                assertThatIllegalArgumentException()
                        .as(sample.toString())
                        .isThrownBy(() -> writer.append(List.of(SAMPLES.getFirst(), sample)));
            }
        }

        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void rowsOfOneCaseShareItsKey() throws Exception {
        write(IntStream.rangeClosed(1, 3)
                .mapToObj(fork -> measured(SERIAL, fork, 1, fork))
                .toList());

        List<Sample> read = SampleCsv.read(file).samples();
        assertThat(read)
                .hasSize(3)
                .allSatisfy(sample ->
                        assertThat(sample.key()).isSameAs(read.getFirst().key()));
    }

    @Test
    void absentCostsAreEmptyFields() throws Exception {
        write(List.of(measured(SERIAL, 1, 1, 5)));

        assertThat(Files.readString(file)).endsWith(",5.0,ms/op,lower,,\r\n");
        assertThat(SampleCsv.read(file).samples().getFirst().cpuMillis()).isEqualTo(OptionalDouble.empty());
    }

    private void write(List<Sample> samples) throws IOException {
        Files.deleteIfExists(file);
        try (SampleCsv.Writer writer = SampleCsv.create(file)) {
            writer.append(samples);
        }
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private static int lineFeeds(byte[] bytes, int size) {
        return (int) IntStream.range(0, size).filter(i -> bytes[i] == '\n').count();
    }
}
