package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.concurrencybench.workload.BankBalance.Transfers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BankBalanceTest {

    private static final BankBalance DEFINITION = new BankBalance();

    @Test
    void depositsAndWithdrawalsBringTheBalanceBackToWhatItWas() throws Exception {
        Workload<Transfers> workload = of(3, 10);

        Transfers answer = workload.merge(List.of(workload.run(0, 2), workload.run(2, 6)));

        assertThat(answer.count()).isEqualTo(60);
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @Test
    void refusesANumberOfTransfersThatIsOffByOne() throws Exception {
        Workload<Transfers> workload = of(3, 10);
        workload.run(0, 6);

        assertThatThrownBy(() -> workload.check(counted(59)))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: number of transfers is 59, expected 60");
    }

    @Test
    void refusesABalanceThatLostMoney() throws Exception {
        Workload<Transfers> workload = of(1, 10);
        // A withdrawer alone: as if the depositor's updates were lost.
        workload.run(1, 2);

        assertThatThrownBy(() -> workload.check(counted(20)))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: balance after all transfers is 190, expected 200");
    }

    @Test
    void resetPutsTheOpeningBalanceBack() throws Exception {
        Workload<Transfers> workload = of(1, 10);
        workload.run(0, 1);
        workload.reset();
        workload.run(0, 2);

        assertThatCode(() -> workload.check(counted(20))).doesNotThrowAnyException();
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
        Workload<Transfers> workload =
                Given.workload(DEFINITION, Map.of("transfers", "5", "thinkMicros", "2000", "pairs", "1"));

        long start = System.nanoTime();
        workload.run(0, 2);

        // A sleep never ends early, so this bound holds on any machine.
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(10 * 2_000_000L);
    }

    @Test
    void whatIsNotThinkingIsTheLocks() throws Exception {
        Workload<Transfers> thinking =
                Given.workload(DEFINITION, Map.of("transfers", "5", "thinkMicros", "20000", "pairs", "1"));
        Workload<Transfers> busy = of(2, 1000);

        // Twenty milliseconds beside an addition that takes nanoseconds, and whatever the machine does meanwhile.
        assertThat(thinking.run(0, 2).lockShare()).isBetween(0.0, 0.2);
        assertThat(busy.run(0, 4).lockShare()).isEqualTo(1);
    }

    @Test
    void sharesOfUnitsAddUpByTheirTime() {
        Workload<Transfers> workload = of(1, 10);

        Transfers both = workload.merge(List.of(new Transfers(1, 10, 100, 0), new Transfers(2, 80, 200, 0)));

        assertThat(both).usingRecursiveComparison().isEqualTo(new Transfers(3, 90, 300, 0));
        assertThat(both.lockShare()).isEqualTo(0.7);
        assertThat(new Transfers(0, 0, 0, 0).lockShare()).isZero();
    }

    @Test
    void answersAreEqualIfAsManyTransfersWereMade() {
        assertThat(new Transfers(7, 1, 2, 3))
                .isEqualTo(new Transfers(7, 3, 4, 5))
                .hasSameHashCodeAs(new Transfers(7, 3, 4, 5))
                .isNotEqualTo(new Transfers(8, 1, 2, 3));
    }

    @Property
    void anAnswerComesBackAsItWent(@ForAll long count, @ForAll long thinkNanos, @ForAll long workerNanos)
            throws IOException {
        Transfers answer = new Transfers(count, thinkNanos, workerNanos, 0);

        assertThat(CodecTest.thereAndBack(of(1, 1).codec(), answer))
                .usingRecursiveComparison()
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @EnumSource
    void theBalanceIsUnderTheLockThatIsAskedFor(LockKind kind) {
        List<LockKind> asked = new ArrayList<>();
        Settings settings = Given.settings(DEFINITION, Map.of("lock", kind.label()));

        DEFINITION.create(settings, new Given.OneThread() {
            @Override
            public LockedLong lockedLong(LockKind lock) {
                asked.add(lock);
                return super.lockedLong(lock);
            }
        });

        assertThat(asked).containsExactly(kind);
        assertThat(DEFINITION.sharing(settings)).isEqualTo(kind.sharing());
    }

    @Test
    void theLockIsTheModelsOwnUnlessAnotherIsAskedFor() {
        assertThat(Given.settings(DEFINITION, Map.of()).word("lock")).isEqualTo("own");
    }

    @Test
    void withoutALockAnyBalanceThatTransfersCanLeaveIsRightAndByHowMuchItIsOffIsTold() throws Exception {
        Workload<Transfers> workload = Given.workload(DEFINITION, Map.of("transfers", "10", "lock", "none"));
        // A withdrawer alone: as if all of the depositor's updates were lost.
        Transfers answer = workload.merge(List.of(workload.run(1, 2), new Transfers(10, 0, 1, 0)));

        assertThat(answer.offBy()).isEqualTo(-10);
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
        assertThatThrownBy(() -> workload.check(new Transfers(20, 0, 1, 11)))
                .hasMessage("wrong answer: balance off by is 11, expected at most 10");
    }

    @Test
    void underALockNothingIsOff() throws Exception {
        Workload<Transfers> workload = of(1, 10);

        assertThat(workload.merge(List.of(workload.run(1, 2))).offBy()).isZero();
    }

    @Test
    void onePairThatNeverActsAtTheSameTimeLosesNothingEvenWithoutALock() throws Exception {
        Workload<Transfers> workload =
                Given.workload(DEFINITION, Map.of("transfers", "10", "lock", "none", "order", "deposits-first"));

        Transfers answer = workload.merge(List.of(workload.run(0, 2)));
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
        workload.run(0, 1);
        assertThatThrownBy(() -> workload.check(answer))
                .hasMessage("wrong answer: balance after all transfers is 210, expected 200");
    }

    @Test
    void whereDepositsComeFirstTheFirstHalfOfTheTasksAreDeposits() throws Exception {
        Workload<Transfers> workload = Given.workload(
                DEFINITION, Map.of("transfers", "10", "lock", "none", "order", "deposits-first", "pairs", "2"));

        assertThat(workload.merge(List.of(workload.run(0, 2))).offBy()).isEqualTo(20);
        assertThat(workload.merge(List.of(workload.run(2, 4))).offBy()).isZero();
    }

    @Test
    void whereDepositsComeFirstOnlyHalfOfTheWorkersThinkAtOnce() {
        Map<String, String> oneAfterTheOther = Map.of("thinkMicros", "1000", "pairs", "4", "order", "deposits-first");

        assertThat(ideal(oneAfterTheOther, 8)).isEqualTo(4);
        assertThat(ideal(Map.of("thinkMicros", "1000", "order", "deposits-first"), 2))
                .isEqualTo(1);
    }

    private static Transfers counted(long count) {
        return new Transfers(count, 0, 1, 0);
    }

    private static double ideal(Map<String, String> values, int parallelism) {
        return DEFINITION.idealSpeedup(Given.settings(DEFINITION, values), parallelism, 2);
    }

    private static Workload<Transfers> of(int pairs, int transfers) {
        return Given.workload(
                DEFINITION, Map.of("pairs", Integer.toString(pairs), "transfers", Integer.toString(transfers)));
    }
}
