package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisturbancesTest {

    @TempDir
    Path directory;

    private static byte[] row(CaseKey key, int fork, String note) {
        return new ForkRecord(
                        key,
                        fork,
                        "2026-01-02T03:04:05Z",
                        1.5,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.of(3),
                        OptionalDouble.empty(),
                        "steady",
                        note)
                .row();
    }

    private Disturbances read(byte[]... rows) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(ForkRecord.header());
        for (byte[] row : rows) {
            file.write(row);
        }
        return Disturbances.read(Files.write(directory.resolve("forks.csv"), file.toByteArray()));
    }

    @Test
    void areTheForksWithANote() throws IOException {
        Disturbances found = read(
                row(TestSamples.SERIAL, 1, ""),
                row(TestSamples.SERIAL, 2, "other conditions: 12% of it, \"stolen\""),
                row(TestSamples.VIRTUAL, 1, "other"),
                row(TestSamples.VIRTUAL, 3, "other"));

        assertThat(found)
                .isEqualTo(Disturbances.NONE
                        .with(TestSamples.VIRTUAL, 3)
                        .with(TestSamples.SERIAL, 2)
                        .with(TestSamples.VIRTUAL, 1));
        assertThat(found.contains(TestSamples.SERIAL, 2)).isTrue();
        assertThat(found.contains(TestSamples.SERIAL, 1)).isFalse();
    }

    @Test
    void aRowThatWasCutOffSaysNothing() throws IOException {
        byte[] whole = row(TestSamples.SERIAL, 2, "other, \"quoted\"");
        for (int length = 0; length < whole.length - 2; length++) {
            Disturbances found = read(row(TestSamples.VIRTUAL, 1, "other"), Arrays.copyOf(whole, length));

            assertThat(found.contains(TestSamples.VIRTUAL, 1)).isTrue();
            assertThat(found.contains(TestSamples.SERIAL, 2)).isFalse();
        }
    }

    @Test
    void areNoneWithoutAFileOrInOneOfSomebodyElse() throws IOException {
        assertThat(Disturbances.read(directory.resolve("forks.csv"))).isEqualTo(Disturbances.NONE);
        Path other = Files.write(directory.resolve("other.csv"), "a,b\n\"1,2\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Disturbances.read(other)).isEqualTo(Disturbances.NONE);
    }
}
