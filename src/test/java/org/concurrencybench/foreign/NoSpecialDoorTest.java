package org.concurrencybench.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoSpecialDoorTest {

    @TempDir
    private Path directory;

    @Test
    void ourWorkloadsUseNothingThatSomebodyElsesCouldNot() throws Exception {
        assertThat(ForeignCopy.compile(Path.of(""), directory)).isEmpty();

        assertThat(directory.resolve("classes/com/acme/BankBalance.class")).exists();
    }
}
