package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrencybench.sample.FailedCase;
import org.junit.jupiter.api.Test;

class CasesTest {

    private static List<String> titles(String workload, String... params) {
        List<FailedCase> failures = List.of(params).stream()
                .map(each -> new FailedCase(Runs.key("", workload, "serial", each), 1, "no reason"))
                .toList();
        return Cases.of(List.of(), failures).groups().stream()
                .map(Cases.Group::title)
                .toList();
    }

    @Test
    void aUsersFunctionIsCalledByItsClassAndItsName() {
        assertThat(titles("own-function", "function=com.acme.Thumbnails::fetch"))
                .containsExactly("own-function Thumbnails::fetch");
        assertThat(titles("own-function", "function=Thumbnails::fetch"))
                .containsExactly("own-function Thumbnails::fetch");
        assertThat(titles(
                        "own-function",
                        "calls=5;function=com.acme.Thumbnails::fetch",
                        "calls=7;function=com.acme.Thumbnails::fetch"))
                .containsExactly(
                        "own-function Thumbnails::fetch (calls=5)", "own-function Thumbnails::fetch (calls=7)");
    }

    @Test
    void otherWorkloadsKeepTheirNamesWhateverTheirParametersAreCalled() {
        assertThat(titles("pool-map", "function=cube")).containsExactly("pool-map");
        assertThat(titles("own-function", "calls=5")).containsExactly("own-function");
    }
}
