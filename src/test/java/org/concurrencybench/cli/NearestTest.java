package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {

    private static final List<String> MODELS = List.of("serial", "platform-threads", "virtual-threads", "child-jvms");

    @ParameterizedTest
    @CsvSource({
        "serail,serial",
        "Serial,serial",
        "virtual,virtual-threads",
        "VIRTUAL_THREADS,virtual-threads",
        "child-jvm,child-jvms"
    })
    void isTheNameThatTakesTheFewestEdits(String given, String expected) {
        assertThat(Nearest.nearest(given, MODELS)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "threads", "fibers"})
    void isNothingWhereHalfOfTheLettersWouldChange(String given) {
        assertThat(Nearest.nearest(given, MODELS)).isEmpty();
    }

    @Test
    void theMessageWithoutANearNameStillListsAll() {
        assertThat(Nearest.message("model", "x", MODELS))
                .isEqualTo("unknown model 'x' (there are serial, platform-threads, virtual-threads, child-jvms)");
    }
}
