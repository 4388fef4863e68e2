package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BankBalanceTest {

    private static final BankBalance DEFINITION = new BankBalance();

    @Test
    void depositsAndWithdrawalsBringTheBalanceBackToWhatItWas() throws Exception {
        Workload<Long> workload = of(3, 10);

        Long answer = workload.merge(List.of(workload.run(0, 2), workload.run(2, 6)));

        assertThat(answer).isEqualTo(60);
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @Test
    void refusesANumberOfTransfersThatIsOffByOne() throws Exception {
        Workload<Long> workload = of(3, 10);
        workload.run(0, 6);

        assertThatThrownBy(() -> workload.check(59L))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: number of transfers is 59, expected 60");
    }

    @Test
    void refusesABalanceThatLostMoney() throws Exception {
        Workload<Long> workload = of(1, 10);
        // A withdrawer alone: as if the depositor's updates were lost.
        workload.run(1, 2);

        assertThatThrownBy(() -> workload.check(20L))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: balance after all transfers is 190, expected 200");
    }

    @Test
    void resetPutsTheOpeningBalanceBack() throws Exception {
        Workload<Long> workload = of(1, 10);
        workload.run(0, 1);
        workload.reset();
        workload.run(0, 2);

        assertThatCode(() -> workload.check(20L)).doesNotThrowAnyException();
    }

    @Test
    void underOneLockTheIdealIsOne() {
        assertThat(ideal(Map.of("pairs", "4"), 8)).isEqualTo(1);
    }

    @Test
    void withThinkTimeTheIdealIsTheNumberOfWorkers() {
        assertThat(ideal(Map.of("pairs", "4", "thinkMicros", "1"), 8)).isEqualTo(8);
        assertThat(ideal(Map.of("thinkMicros", "1000"), 2)).isEqualTo(2);
        assertThat(ideal(Map.of("pairs", "4", "thinkMicros", "1000"), 4)).isEqualTo(4);
    }

    @Test
    void aUnitForEachDepositorAndWithdrawerSuitsIt() {
        assertThat(DEFINITION.naturalParallelism(Given.settings(DEFINITION, Map.of("pairs", "5")), 2))
                .isEqualTo(10);
    }

    @Test
    void workersThinkBeforeEachTransfer() throws Exception {
        Workload<Long> workload =
                Given.workload(DEFINITION, Map.of("transfers", "5", "thinkMicros", "2000", "pairs", "1"));

        long start = System.nanoTime();
        workload.run(0, 2);

        // A sleep never ends early, so this bound holds on any machine.
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(10 * 2_000_000L);
    }

    private static double ideal(Map<String, String> values, int parallelism) {
        return DEFINITION.idealSpeedup(Given.settings(DEFINITION, values), parallelism, 2);
    }

    private static Workload<Long> of(int pairs, int transfers) {
        return Given.workload(
                DEFINITION, Map.of("pairs", Integer.toString(pairs), "transfers", Integer.toString(transfers)));
    }
}
