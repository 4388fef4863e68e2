package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SumOfSquares;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    @Test
    void everyCaseOfAPlanHasOneAndModelsShareIt() throws UsageException {
        Plan plan = PlanBuilder.build("test", "smoke", List.of("sum-of-squares"), List.of(), List.of(), 1, 2);

        Map<String, String> work = Fingerprints.of(plan.cases());

        assertThat(work).hasSameSizeAs(plan.cases());
        assertThat(work.values()).allMatch(hash -> hash.matches("[0-9a-f]{16}"));
        assertThat(work.values().stream().distinct()).hasSize(1);
        assertThat(work)
                .containsKey(
                        "org.concurrencybench.benchmark.SumOfSquaresBenchmark.run model=serial;parallelism=1;tasks=20000;terms=1000");
    }

    @Test
    void aComparisonCanAskForThem() {
        String ours = "org.concurrencybench.benchmark.SumOfSquaresBenchmark.run model=SERIAL;tasks=2;terms=4";

        Call call = Call.of(Path.of(""), "fingerprint", ours, "a.B.c n=1");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out().strip()).matches("[0-9a-f]{16} " + Pattern.quote(ours));
        assertThat(Call.of(Path.of(""), "fingerprint", ours.replace("=4", "=x")).exitCode())
                .isEqualTo(2);
    }

    @Test
    void anotherRightAnswerIsOtherWork() {
        SumOfSquares honest = new SumOfSquares();
        Settings settings = Settings.of(honest.parameters(), Map.of("tasks", "2", "terms", "4"));

        assertThat(honest.rightAnswer(settings)).isEqualTo("28");
        assertThat(honest.fingerprint(settings))
                .isEqualTo(new SumOfSquares().fingerprint(settings))
                .isNotEqualTo(honest.fingerprint(Settings.of(honest.parameters(), Map.of("tasks", "2", "terms", "5"))));
    }
}
