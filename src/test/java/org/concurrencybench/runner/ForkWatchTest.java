package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.concurrencybench.sample.ForkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine of a hundred thousand ticks a fork, of which this test itself takes a few at most. */
class ForkWatchTest {

    private static final long TICKS = 100_000;

    @TempDir
    Path root;

    private long busy;
    private long stolen;
    private long total;

    @BeforeEach
    void aMachineAtRest() throws IOException {
        Files.createDirectory(root.resolve("proc"));
        write();
    }

    private void write() throws IOException {
        Files.writeString(
                root.resolve("proc/stat"),
                "cpu  %d 0 0 %d 0 0 0 %d 0 0%nctxt 7%n".formatted(busy, total - busy - stolen, stolen));
        Files.writeString(root.resolve("proc/loadavg"), "0.50 0.40 0.30 1/100 1000\n");
    }

    /** What is noted of a fork during which others used and the host took so many per cent of the machine. */
    private String note(ForkWatch watch, int othersPercent, int stealPercent) throws IOException {
        watch.starting();
        busy += TICKS * othersPercent / 100;
        stolen += TICKS * stealPercent / 100;
        total += TICKS;
        write();
        ForkRecord record = watch.ended(new PlannedFork(Plans.planned("a"), 1), List.of());
        assertThat(record.stealPercent()).hasValue(stealPercent);
        assertThat(record.load()).hasValue(0.5);
        return record.note();
    }

    private String noteAfter(int[][] before, int othersPercent, int stealPercent) throws IOException {
        ForkWatch watch = new ForkWatch(root);
        for (int[] one : before) {
            note(watch, one[0], one[1]);
        }
        return note(watch, othersPercent, stealPercent);
    }

    @Test
    void aForkThatTheHostTookMoreFromThanFromOthersIsMarked() throws IOException {
        assertThat(noteAfter(new int[][] {{0, 1}, {0, 0}, {0, 1}}, 0, 12))
                .isEqualTo("other conditions: 12% of the CPU time was stolen, 1% in the middle of the forks before");
    }

    @Test
    void steadyStealIsNoOtherCondition() throws IOException {
        assertThat(noteAfter(new int[][] {{0, 11}, {0, 12}, {0, 13}}, 0, 12)).isEmpty();
    }

    @Test
    void aForkOnAQuieterMachineThanUsualIsMarkedToo() throws IOException {
        assertThat(noteAfter(new int[][] {{40, 0}, {42, 0}, {41, 0}}, 2, 0))
                .startsWith("other conditions: other processes used 2% of the machine, 41% in the middle");
    }

    @Test
    void oneStrangeForkBeforeDoesNotChangeWhatIsUsual() throws IOException {
        assertThat(noteAfter(new int[][] {{1, 0}, {90, 0}, {2, 0}, {1, 0}}, 40, 0))
                .contains("used 40%");
        assertThat(noteAfter(new int[][] {{1, 0}, {90, 0}, {2, 0}, {1, 0}}, 3, 0))
                .isEmpty();
    }

    @Test
    void whereForksVaryAsMuchAnywayNoneIsMarked() throws IOException {
        assertThat(noteAfter(new int[][] {{10, 0}, {40, 0}, {25, 0}, {60, 0}}, 55, 0))
                .isEmpty();
    }

    @Test
    void theFirstForksHaveNothingToDifferFrom() throws IOException {
        assertThat(noteAfter(new int[][] {{0, 0}, {0, 0}}, 90, 9)).isEmpty();
    }

    @Test
    void whereTheSystemTellsNothingNothingIsNoted() {
        ForkWatch watch = new ForkWatch(root.resolve("elsewhere"));
        watch.starting();
        ForkRecord record = watch.ended(new PlannedFork(Plans.planned("a"), 1), List.of());

        assertThat(record.note()).isEmpty();
        assertThat(record.stealPercent()).isEmpty();
    }
}
