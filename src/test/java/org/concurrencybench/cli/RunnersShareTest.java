package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.sample.RunEnvironment;
import org.junit.jupiter.api.Test;

/** What the runner adds to the time of a standard run, in the one that is committed. */
class RunnersShareTest {

    private static final double MOST_PERCENT = 10;

    @Test
    void ofAStandardRunAtMostATenthIsNoMeasurement() throws Exception {
        RunEnvironment reference = RunEnvironment.read(Path.of("results", "reference", "environment.json"));

        String share = Objects.requireNonNull(reference.after().get(RunCommand.RUNNERS_SHARE));
        assertThat(reference.profile()).isEqualTo(Profile.STANDARD.label());
        assertThat(share).matches("[0-9]+\\.[0-9] %");
        assertThat(Double.parseDouble(share.split(" ", -1)[0])).isBetween(0.0, MOST_PERCENT);
    }
}
