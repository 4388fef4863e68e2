package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.concurrencybench.report.RunReport.About;
import org.concurrencybench.report.RunReport.Fact;
import org.concurrencybench.sample.RunEnvironment;
import org.junit.jupiter.api.Test;

class HowMeasuredTest {

    private static List<Fact> facts() {
        return HowMeasured.of(
                new RunEnvironment(
                        "r",
                        "standard",
                        42,
                        8,
                        "2026-11-23T23:22:22Z",
                        "",
                        2,
                        Map.of(
                                "processor", "AMD EPYC",
                                "jdk", "25.0.3",
                                "runner flags", "-Djava.io.tmpdir=/home/somebody/tmp -Xmx1g",
                                "SMT", "on",
                                "swap", "none",
                                "git revision", "abc",
                                "call precision", "3%"),
                        Map.of("memory available", "23.0 GiB", "steal", "unknown"),
                        Map.of("memory available", "22.8 GiB", "steal at the end", "0.02 %", "wall time", "271.3 s"),
                        List.of()),
                List.of());
    }

    @Test
    void everythingInTheFileButWhatThePageItselfTookStandsOnceAndWhereItBelongs() {
        assertThat(facts())
                .extracting(Fact::about, Fact::name, Fact::value)
                .containsExactly(
                        tuple(About.MACHINE, "processor", "AMD EPYC"),
                        tuple(About.JVM, "JDK", "25.0.3"),
                        tuple(About.JVM, "flags of the runner, which measures nothing", "-Djava.io.tmpdir=PATH -Xmx1g"),
                        tuple(About.SPOILING, "SMT", "on"),
                        tuple(About.HARMLESS, "swap", "none"),
                        tuple(About.RUN, "profile", "standard"),
                        tuple(About.RUN, "forks of a case, at most", "8"),
                        tuple(About.RUN, "seed of the order", "42"),
                        tuple(About.RUN, "started", "2026-11-23T23:22:22Z"),
                        tuple(About.RUN, "ended", "not regularly"),
                        tuple(About.RUN, "git revision", "abc"),
                        tuple(About.RUN, "memory available", "23.0 GiB before, 22.8 GiB after"),
                        tuple(About.RUN, "steal", "unknown before"),
                        tuple(About.RUN, "steal at the end", "0.02 %"),
                        tuple(About.REPEAT, "", "./run-benchmarks.sh run --profile standard --precision 3% --seed 42"));
    }

    @Test
    void whatTheDoctorFoundSaysWhatItDoesToTheNumbersAndWhatHelps() {
        assertThat(facts())
                .filteredOn(fact -> fact.about() == About.SPOILING)
                .singleElement()
                .satisfies(fact -> assertThat(fact.meaning())
                        .contains("the ideal of as many cores as there are threads is out of reach", "echo off"));
        assertThat(facts())
                .filteredOn(fact -> fact.about() == About.HARMLESS)
                .singleElement()
                .satisfies(fact -> assertThat(fact.meaning()).isEqualTo("memory stays where it is"));
    }
}
