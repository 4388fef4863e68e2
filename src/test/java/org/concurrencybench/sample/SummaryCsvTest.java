package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.concurrencybench.sample.TestSamples.SERIAL;
import static org.concurrencybench.sample.TestSamples.VIRTUAL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryCsvTest {

    private static final CaseSummary FULL = new CaseSummary(
            VIRTUAL,
            ForkScores.of(List.of(10.0, 10.5, 11.0)),
            15,
            new Estimate(10.5, 10.0625, 1234567.875, 0.95),
            "ms/op",
            Direction.LOWER,
            Optional.of(new Estimate(6, 5.5, 6.5, 0.95)),
            OptionalDouble.of(8),
            OptionalDouble.of(0.1),
            OptionalDouble.of(64.25),
            "-wide, they say");

    private static final CaseSummary BARE = new CaseSummary(
            SERIAL,
            ForkScores.of(List.of(63.0)),
            1,
            new Estimate(63, 0, Double.POSITIVE_INFINITY, 0.95),
            "ops/s",
            Direction.HIGHER,
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            "");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"und", "de-DE", "ar-EG-u-nu-arab"})
    void theFormatIsSealedInEveryDefaultLocale(String locale) throws IOException {
        Path file = directory.resolve("summary.csv");
        try (DefaultLocale _ = new DefaultLocale(locale)) {
            SummaryCsv.write(file, List.of(FULL, BARE));

            Golden.assertEqual("summary-golden.csv", file);
        }
    }

    @Test
    void theColumnsAreThoseOfTheDesign() {
        assertThat(String.join(",", SummaryCsv.HEADER))
                .isEqualTo(
                        "benchmark,workload,kind,model,params,forks,samples,score,score_low,score_high,unit,direction,"
                                + "speedup,speedup_low,speedup_high,ideal,efficiency,cpu_ms,rss_mb,note");
    }

    @Test
    void anEarlierFileIsReplacedAndNothingElseIsLeftBehind() throws IOException {
        Path file = directory.resolve("summary.csv");
        SummaryCsv.write(file, List.of(FULL, BARE));
        SummaryCsv.write(file, List.of(BARE));

        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(filesInDirectory()).containsExactly(file);
    }

    @Test
    void aFailureLeavesTheEarlierFileAsItWas() throws IOException {
        Path file = directory.resolve("summary.csv");
        SummaryCsv.write(file, List.of(FULL));
        String before = Files.readString(file);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write('x');
                    throw new IOException("disk full");
                }))
                .withMessage("disk full");
        assertThat(Files.readString(file)).isEqualTo(before);
        assertThat(filesInDirectory()).containsExactly(file);
    }

    @Test
    void aMissingDirectoryIsReported() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> SummaryCsv.write(directory.resolve("missing/summary.csv"), List.of(FULL)));
    }

    @Test
    void aControlCharacterIsRefusedBeforeAnythingIsWritten() {
        CaseKey key = new CaseKey("a\u001b[2J", "", "", "", Params.none());
        CaseSummary summary = new CaseSummary(
                key,
                FULL.forks(),
                1,
                FULL.score(),
                "ms/op",
                Direction.LOWER,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SummaryCsv.write(directory.resolve("summary.csv"), List.of(summary)))
                .withMessageContaining("benchmark 'a?[2J'");
        assertThat(directory).isEmptyDirectory();
    }

    private List<Path> filesInDirectory() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
