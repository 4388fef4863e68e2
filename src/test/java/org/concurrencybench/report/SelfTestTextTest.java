package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrencybench.comparison.SelfTestRecord;
import org.concurrencybench.comparison.SelfTestTrial;
import org.concurrencybench.comparison.SelfTestTrial.Burnt;
import org.concurrencybench.comparison.Verdict;
import org.junit.jupiter.api.Test;

class SelfTestTextTest {

    @Test
    void aLaterComparisonCarriesWhatWasSeen() {
        SelfTestRecord record = record(
                trial(0, Burnt.NONE, Verdict.UNCHANGED),
                trial(0, Burnt.NONE, Verdict.REGRESSED),
                trial(0.1, Burnt.AS_ASKED, Verdict.REGRESSED),
                trial(0.1, Burnt.AS_ASKED, Verdict.UNDECIDED));

        assertThat(SelfTestText.note(record))
                .isEqualTo("self-test of this machine, 2026-11-28, of a.jar, on a JDK, at a threshold of 5%: "
                        + "1 false alarms in 2 comparisons of the same code; 10% slower found 1 times of 2; "
                        + "smallest that is found 19 times of 20 in half of its cases within 300 s: about +8.0%");
    }

    @Test
    void aComparisonThatMeasuredNothingCountsForNothing() {
        SelfTestTrial nothing = new SelfTestTrial(
                0,
                1,
                List.of(),
                List.of(new SelfTestTrial.Case(
                        "a.B.c", "", "avgt", Burnt.NONE, Verdict.UNDECIDED, null, null, 0, "too late")));

        assertThat(SelfTestText.note(record(nothing))).contains("0 false alarms in 0 comparisons of the same code");
    }

    private static SelfTestRecord record(SelfTestTrial... trials) {
        return new SelfTestRecord(
                SelfTestRecord.SCHEMA,
                "a machine",
                "a JDK",
                "a.jar",
                "2026-11-28T01:02:03Z",
                0.05,
                0.99,
                300,
                List.of(trials));
    }

    private static SelfTestTrial trial(double slowdown, Burnt burnt, Verdict verdict) {
        return new SelfTestTrial(
                slowdown,
                300,
                List.of(),
                List.of(new SelfTestTrial.Case("a.B.c", "", "avgt", burnt, verdict, 0.01, 0.08, 9, "")));
    }
}
