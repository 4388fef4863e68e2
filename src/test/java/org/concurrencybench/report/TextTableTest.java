package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.FailedCase;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static final List<CaseSummary> SMALL = new Runs()
            .exactly("cpu-bound", "sums", "serial", "n=7;parallelism=1", Direction.LOWER, 1, 60, 61, 62)
            .exactly("cpu-bound", "sums", "virtual-threads", "n=7;parallelism=2", Direction.LOWER, 2, 31, 31.5, 32)
            .exactly("cpu-bound", "sums", "child-jvms", "n=7;parallelism=2", Direction.LOWER, 2, 40)
            .summaries();

    @Test
    void isTheSameUnderACommaDecimalLocale() {
        Locale before = Locale.getDefault();
        String table;
        try {
            Locale.setDefault(Locale.GERMANY);
            table = TextTable.render(SMALL, List.of(), true);
        } finally {
            Locale.setDefault(before);
        }

        assertThat(table).isEqualTo("""
                  model            par       score  interval      speed-up  interval      ideal  note

                cpu-bound: sums (n=7)
                  serial             1  61.0 ms/op  [58.6, 63.5]     1.00×                   1×  not judged: 3 of 3 forks
                  virtual-threads    2  31.5 ms/op  [30.3, 32.8]     1.94×  [1.87, 2.01]     2×  not judged: 3 of 3 forks
                  child-jvms         2  40.0 ms/op  -                1.52×  -                2×  one fork: no interval; not judged: 1 of
                                                                                                 1 forks
                """);
    }

    @Test
    void thePointsOfACurveAreRowsBelowOneHeadingInTheirOrder() {
        Runs runs = new Runs();
        for (int tasks : new int[] {1000, 10, 100}) {
            for (String model : List.of("platform-threads", "virtual-threads")) {
                String params = "sleepMillis=100;parallelism=10;tasks=" + tasks;
                runs.exactly("sleep-bound", "many-sleepers", model, params, Direction.LOWER, 1, 100, 100);
            }
        }

        assertThat(TextTable.render(runs.summaries(), List.of(), true)
                        .lines()
                        .skip(2)
                        .map(line -> line.replaceFirst("(\\S) {2,}.*", "$1")))
                .containsExactly(
                        "sleep-bound: many-sleepers over tasks (sleepMillis=100)",
                        "  platform-threads tasks=10",
                        "  platform-threads tasks=100",
                        "  platform-threads tasks=1000",
                        "  virtual-threads tasks=10",
                        "  virtual-threads tasks=100",
                        "  virtual-threads tasks=1000");
    }

    @Test
    void keepsToAsciiWhereTheTerminalKnowsNoMore() {
        String table = TextTable.render(SMALL, List.of(), false);

        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(table)).isTrue();
        assertThat(table).contains("1.94x");
    }

    @Test
    void listsFailuresWithTheirReasonAfterTheCases() {
        FailedCase failure = new FailedCase(
                Runs.key("cpu-bound", "sums", "child-jvms-cold", "n=7"), 2, "exit code 137: out of memory");

        String table = TextTable.render(SMALL, List.of(failure), true);

        assertThat(table).endsWith("\nfailed\n  sums child-jvms-cold n=7, fork 2: exit code 137: out of memory\n");
    }

    @Test
    void controlSequencesInNamesDoNotReachTheTerminal() {
        List<CaseSummary> summaries = new Runs()
                .exactly("cpu-bound", "w\u001b[2J", "m\u0007\u202e", "", Direction.LOWER, 1, 1, 2)
                .summaries();
        FailedCase failure = new FailedCase(Runs.key("", "", "m", ""), 1, "said \u001b]0;title\u0007\nand left");

        String table = TextTable.render(summaries, List.of(failure), true);

        assertThat(table.lines().flatMapToInt(String::chars).filter(Character::isISOControl))
                .isEmpty();
        assertThat(table).doesNotContain("\u202e").contains("and left");
    }

    @Test
    void longNamesAreWrappedAndNeverCut() {
        String model = "a-model-with-a-name-that-is-far-too-long-for-a-column";
        List<CaseSummary> summaries = new Runs()
                .exactly("cpu-bound", "w".repeat(200), model, "", Direction.LOWER, 1, 1, 1.1)
                .summaries();

        String table = TextTable.render(summaries, List.of(), true);

        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(140));
        assertThat(table.replaceAll("\\s", "")).contains("w".repeat(200));
        assertThat(table).contains("a-model-with-a-name-that-is-far-too-lo", "ng-for-a-column");
    }

    @Test
    void nothingMeasuredIsAnEmptyTable() {
        assertThat(TextTable.render(List.of(), List.of(), true)).isEmpty();
    }

    @Test
    void theStandardRunFitsAWideTerminal() {
        String table = TextTable.render(Runs.standard(), List.of(), true);

        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(140));
        assertThat(table.lines().filter(line -> line.contains("ms/op"))).hasSize(25);
    }
}
