package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.concurrencybench.workload.Codec;
import org.concurrencybench.workload.Workload;
import org.junit.jupiter.api.Test;

class ChunksTest {

    @Property
    void chunksCoverAllTasksOnceAndInOrderAndNeverGrow(
            @ForAll @IntRange(min = 1, max = 200_000) int taskCount,
            @ForAll @IntRange(min = 1, max = 500) int parallelism) {
        Chunks chunks = Chunks.of(taskCount, parallelism);

        int next = 0;
        int before = taskCount;
        for (int chunk = 0; chunk < chunks.count(); chunk++) {
            assertThat(chunks.first(chunk)).isEqualTo(next);
            next = chunks.end(chunk);
            assertThat(next - chunks.first(chunk)).isBetween(1, before);
            before = next - chunks.first(chunk);
        }
        assertThat(next).isEqualTo(taskCount);
    }

    @Property
    void noChunkIsMoreThanHalfAShareOfWhatIsLeftNorThanTheSmallest(
            @ForAll @IntRange(min = 1, max = 200_000) int taskCount,
            @ForAll @IntRange(min = 2, max = 500) int parallelism) {
        Chunks chunks = Chunks.of(taskCount, parallelism);
        int smallest = Math.ceilDiv(taskCount, parallelism * Chunks.SMALLEST_PER_UNIT);

        for (int chunk = 0; chunk < chunks.count(); chunk++) {
            int size = chunks.end(chunk) - chunks.first(chunk);
            int halfShare = (taskCount - chunks.first(chunk)) / (2 * parallelism);
            assertThat(size).isLessThanOrEqualTo(Math.max(smallest, halfShare));
        }
    }

    @Property
    void fewTasksAreAChunkEach(
            @ForAll @IntRange(min = 2, max = 1000) int parallelism,
            @ForAll @IntRange(min = 1, max = Chunks.SMALLEST_PER_UNIT) int tasksPerUnit) {
        Chunks chunks = Chunks.of(parallelism * tasksPerUnit, parallelism);

        assertThat(chunks.count()).isEqualTo(parallelism * tasksPerUnit);
    }

    @Property
    void oneUnitTakesEverythingAtOnce(@ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int taskCount) {
        Chunks chunks = Chunks.of(taskCount, 1);

        assertThat(chunks.count()).isEqualTo(1);
        assertThat(chunks.first(0)).isZero();
        assertThat(chunks.end(0)).isEqualTo(taskCount);
    }

    @Test
    void manyTasksForTwoUnitsBeginWithAQuarterAndEndWithSmallOnes() {
        Chunks chunks = Chunks.of(6400, 2);

        assertThat(IntStream.range(0, chunks.count()).map(chunk -> chunks.end(chunk) - chunks.first(chunk)))
                .containsExactly(1600, 1200, 900, 675, 506, 379, 285, 213, 160, 120, 100, 100, 100, 62);
    }

    @Test
    void tinyTasksComeInChunksThatAreWorthTheirHandOverAndEveryUnitStillGetsOne() {
        assertThat(sizes(Chunks.of(6400, 2, 700))).containsExactly(1600, 1200, 900, 700, 700, 700, 600);
        assertThat(sizes(Chunks.of(1000, 2, 1999))).containsExactly(500, 500);
        assertThat(sizes(Chunks.of(1000, 3, 1999))).containsExactly(334, 334, 332);
    }

    @Test
    void tasksThatAreNotWorthTwoHandOversTogetherAreOneChunk() {
        assertThat(sizes(Chunks.of(1000, 2, 2000))).containsExactly(1000);
        assertThat(sizes(Chunks.of(1_000_000_000, 3, Integer.MAX_VALUE))).containsExactly(1_000_000_000);
    }

    @Test
    void fewTasksAreTakenOneByOneHoweverTinyTheyAre() {
        assertThat(sizes(Chunks.of(3, 2, 1_000_000))).containsExactly(1, 1, 1);
    }

    private static int[] sizes(Chunks chunks) {
        return IntStream.range(0, chunks.count())
                .map(chunk -> chunks.end(chunk) - chunks.first(chunk))
                .toArray();
    }

    @Test
    void theLargestNumbersDoNotOverflow() {
        Chunks chunks = Chunks.of(Integer.MAX_VALUE, 100_000);

        assertThat(chunks.first(0)).isZero();
        assertThat(chunks.end(chunks.count() - 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(chunks.end(0)).isEqualTo(Integer.MAX_VALUE / 200_000);
    }

    @Test
    void noTasksAndNoUnitsAreRefused() {
        assertThatThrownBy(() -> Chunks.of(0, 2)).hasMessage("0 tasks for 2 units");
        assertThatThrownBy(() -> Chunks.of(3, 0)).hasMessage("3 tasks for 0 units");
    }

    @Property(tries = 200)
    void aWorkloadThatSaysHowManyGetsChunksOfThatSizeInOrder(
            @ForAll @IntRange(min = 1, max = 2000) int taskCount,
            @ForAll @IntRange(min = 1, max = 3000) int size,
            @ForAll @IntRange(min = 1, max = 8) int parallelism) {
        Chunks chunks = Chunks.of(new InChunks(taskCount, size), parallelism, 1);

        int next = 0;
        for (int chunk = 0; chunk < chunks.count(); chunk++) {
            assertThat(chunks.first(chunk)).isEqualTo(next);
            next = chunks.end(chunk);
            assertThat(next - chunks.first(chunk))
                    .isEqualTo(chunk < chunks.count() - 1 ? size : (taskCount - 1) % size + 1);
        }
        assertThat(next).isEqualTo(taskCount);
    }

    @Test
    void theLongestIsTheOneWithMostTasks() {
        assertThat(Chunks.of(1, 3).longest()).isEqualTo(1);
        assertThat(Chunks.of(1000, 2).longest()).isEqualTo(250);
        assertThat(Chunks.of(new InChunks(10, 4), 2, 1).longest()).isEqualTo(4);
    }

    /** Nothing but a number of tasks, in chunks. */
    private record InChunks(int taskCount, int tasksPerChunk) implements Workload<Integer> {

        @Override
        public Integer run(int firstTask, int endTask) {
            return endTask - firstTask;
        }

        @Override
        public Integer merge(List<Integer> partsInTaskOrder) {
            return partsInTaskOrder.size();
        }

        @Override
        public void check(Integer answer) {}

        @Override
        public Codec<Integer> codec() {
            throw new UnsupportedOperationException("stays in this process");
        }
    }
}
