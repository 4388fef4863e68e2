package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.FunctionMap;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Workload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of a user's function in child JVMs: what ends the child is told in the call's own words, and none is given up early. */
@Timeout(60)
class OwnFunctionInChildTest {

    /** A user's. */
    public static final class Own {

        private Own() {}

        public static int hangs(int number) throws InterruptedException {
            if (number == 3) {
                Thread.sleep(1_000_000);
            }
            return number;
        }

        public static int exits(int number) {
            if (number == 3) {
                System.exit(0);
            }
            return number;
        }

        public static int takesItsTime(int number) throws InterruptedException {
            Thread.sleep(200);
            return number;
        }
    }

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hangs|it exited with code 73; its stderr ends: the call for '3' (input 1..5) has not returned after 500 ms;",
                "exits|it exited with code 74; its stderr ends: the JVM was ended by System.exit in OWN.exits; a call has to return;"
            })
    void aCallThatEndsItsChildIsTold(String method, String words) throws Exception {
        WorkloadSpec spec = spec(method, Map.of(FunctionMap.TIMEOUT, "500"));
        try (Batch batch = new ColdChildJvms().prepare(spec, 2)) {
            batch.reset();

            assertThatThrownBy(batch::run)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining(words.replace("OWN", Own.class.getName()));
        }
    }

    /** One chunk of five calls, each of which takes longer than a child may be silent, and none longer than a call may. */
    @Test
    void aChildIsNoHungOneWhileItsCallsAreInTime() throws Exception {
        WorkloadSpec spec = spec("takesItsTime", Map.of());
        try (MappedState shared = new MappedState()) {
            assertThat(run(spec, spec.create(shared))).isNotNull();
        }
    }

    private static <P> Object run(WorkloadSpec spec, Workload<P> workload) throws Exception {
        try (ChildJvmPool<P> pool =
                new ChildJvmPool<>(spec, workload, "", null, 1, ChildCommand.words(), Duration.ofMillis(100))) {
            pool.awaitReady(TestPool.LONG);
            return pool.run();
        }
    }

    private static WorkloadSpec spec(String method, Map<String, String> more) {
        FunctionMap map = new FunctionMap();
        Map<String, String> values = new HashMap<>(more);
        values.put(FunctionMap.FUNCTION, Own.class.getName() + "::" + method);
        values.put(FunctionMap.INPUTS, "1..5");
        return new WorkloadSpec(map, Settings.of(map.parameters(), values));
    }
}
