package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseKeyTest {

    @Test
    void aGroupLeavesOutModelAndParallelismOnly() {
        assertThat(TestSamples.SERIAL.group()).isEqualTo(TestSamples.VIRTUAL.group());
        assertThat(TestSamples.key("serial", Map.of("tasks", "200", "parallelism", "1"))
                        .group())
                .isNotEqualTo(TestSamples.SERIAL.group());
        assertThat(TestSamples.SERIAL.group().params().toCell()).isEqualTo("tasks=100");
    }

    @Test
    void onlySerialIsTheReference() {
        assertThat(TestSamples.SERIAL.isReference()).isTrue();
        assertThat(TestSamples.VIRTUAL.isReference()).isFalse();
    }

    @Test
    void theLabelNamesTheWorkloadOrElseTheBenchmark() {
        assertThat(TestSamples.VIRTUAL.label()).isEqualTo("sleeping-squares virtual-threads parallelism=8;tasks=100");
        assertThat(new CaseKey("org.acme.Queue.offer", "", "", "", Params.none()).label())
                .isEqualTo("org.acme.Queue.offer");
    }
}
