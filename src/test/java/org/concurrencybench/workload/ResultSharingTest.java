package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.concurrencybench.workload.ResultSharing.Results;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultSharingTest {

    private static final ResultSharing DEFINITION = new ResultSharing();

    @ParameterizedTest
    @ValueSource(strings = {"pool", "shared-list", "array", "queue"})
    void theTextbooksSquaresGetToTheCaller(String way) throws Exception {
        Workload<Results> workload = of(Map.of("way", way, "list", "3:6:9", "function", "squares"));

        assertThat(answer(workload).numbers()).containsExactly(9L, 36L, 81L);
    }

    @Test
    void theSharedValueIsTheMeanOfTheNumbers() throws Exception {
        assertThat(answer(of(Map.of("way", "array", "list", "3:6:9"))).value()).isEqualTo(6.0);
    }

    @Test
    void theSharedValueMayBeAnother() throws Exception {
        Workload<Results> workload =
                of(Map.of("way", "array", "list", "2:3:5", "function", "squares", "valueHundredths", "567"));
        Results answer = answer(workload);

        assertThat(answer.numbers()).containsExactly(4L, 9L, 25L);
        assertThat(answer.value()).isEqualTo(5.67);
        assertThatThrownBy(() -> workload.check(new Results(answer.numbers(), 10.0 / 3, 3)))
                .hasMessage("wrong answer: shared value is 3.3333333333333335, expected 5.67");
    }

    @Test
    void squaresComeBeforeCubesWhereOneThreadComputesBoth() throws Exception {
        assertThat(answer(of(Map.of("list", "2:3:5"))).numbers()).containsExactly(4L, 9L, 25L, 8L, 27L, 125L);
    }

    @ParameterizedTest
    @CsvSource({
        "by-function, 4:8:9:27:16:64:25:125:216:36, true",
        "by-function, 4:9:16:25:36:8:27:64:125:216, true",
        "by-function, 8:27:64:125:216:4:9:16:25:36, true",
        "by-function, 9:4:16:25:36:8:27:64:125:216, false",
        "by-function, 4:9:16:25:36:8:27:64:125, false",
        "by-function, 4:9:16:25:36:8:27:64:125:125, false",
        "by-function, 4:9:16:25:36:8:27:64:125:216:4, false",
        "by-item, 216:4:9:16:25:36:8:27:64:125, true",
        "by-item, 217:4:9:16:25:36:8:27:64:125, false"
    })
    void aSharedListIsRightInAnyOrderThatKeepsEachChains(String split, String list, boolean right) throws Exception {
        Workload<Results> workload = of(Map.of("way", "shared-list", "split", split));
        List<Long> numbers =
                List.of(list.split(":")).stream().map(Long::valueOf).toList();
        Results answer = new Results(numbers, 0, 10);

        if (right) {
            assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> workload.check(answer))
                    .isInstanceOf(WrongAnswerException.class)
                    .hasMessageStartingWith("wrong answer: shared results is [");
        }
    }

    @Property(tries = 200)
    void anyMixtureOfTheChainsIsRightAndOneThatSwapsTwoDifferentNeighboursOfOneChainIsNot(
            @ForAll @Size(min = 2, max = 8) List<@IntRange(min = 1, max = 5) Integer> numbers,
            @ForAll List<Boolean> choices)
            throws Exception {
        Workload<Results> workload = of(Map.of("way", "queue", "list", Parameter.Numbers.spell(numbers)));
        List<Long> squares = numbers.stream().map(n -> (long) n * n).toList();
        List<Long> cubes = numbers.stream().map(n -> (long) n * n * n).toList();
        List<Long> mixed = new ArrayList<>();
        int first = 0;
        int second = 0;
        while (mixed.size() < 2 * numbers.size()) {
            boolean square = mixed.size() < choices.size() ? choices.get(mixed.size()) : first <= second;
            if (second == cubes.size() || (square && first < squares.size())) {
                mixed.add(squares.get(first++));
            } else {
                mixed.add(cubes.get(second++));
            }
        }

        assertThatCode(() -> workload.check(new Results(mixed, 0, mixed.size())))
                .doesNotThrowAnyException();
        mixed.set(0, mixed.getFirst() + 1);
        assertThatThrownBy(() -> workload.check(new Results(mixed, 0, mixed.size())))
                .isInstanceOf(WrongAnswerException.class);
    }

    @Test
    void anIsolatedListIsEmptyAtTheCallersAndAnythingInItIsRefused() {
        Workload<Results> workload = of(Map.of("way", "isolated", "list", "2:3", "function", "squares"));

        assertThatCode(() -> workload.check(new Results(List.of(), 0, 2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> workload.check(new Results(List.of(4L), 0, 2)))
                .hasMessage("wrong answer: list of the caller is [4], expected []");
        assertThatThrownBy(() -> workload.check(new Results(List.of(), 0, 1)))
                .hasMessage("wrong answer: number of results computed is 1, expected 2");
    }

    @Test
    void whereWorkersAreInTheCallersProcessIsolationIsRefusedAsWrong() throws Exception {
        Workload<Results> workload = of(Map.of("way", "isolated"));
        Results answer = workload.merge(List.of(workload.run(0, 1), workload.run(1, 2)));

        assertThatThrownBy(() -> workload.check(answer)).isInstanceOf(WrongAnswerException.class);
    }

    @Test
    void anArrayThatIsTooShortIsAnErrorOfTheWorkerAndTheCallerSeesWhatHadRoom() throws Exception {
        Workload<Results> workload = of(Map.of("way", "array", "list", "2:3:4:5", "function", "squares", "room", "3"));
        Results answer = answer(workload);

        assertThat(answer.numbers()).containsExactly(4L, 9L, 16L);
        assertThat(answer.value()).isEqualTo(3.5);
        assertThat(answer.errors())
                .singleElement()
                .asString()
                .startsWith("task 0: ")
                .contains("3");
        assertThatThrownBy(() -> workload.check(new Results(answer.numbers(), 3.5, 3)))
                .hasMessage("wrong answer: number of workers that had no room is [], expected 1");
        assertThatThrownBy(() -> workload.check(new Results(List.of(4L, 9L, 16L, 25L), 3.5, 4, answer.errors())))
                .hasMessage("wrong answer: shared array is [4, 9, 16, 25], expected [4, 9, 16]");
    }

    @Property(tries = 200)
    void whateverTheRoomEveryWorkerThatHasTooLittleEndsWithAnErrorAndNoOther(
            @ForAll @IntRange(min = 1, max = 8) int numbers,
            @ForAll @IntRange(min = 1, max = 20) int room,
            @ForAll boolean byItem,
            @ForAll @IntRange(min = 1, max = 5) int chunk)
            throws Exception {
        Workload<Results> workload = of(Map.of(
                "way",
                "array",
                "list",
                Parameter.Numbers.spell(Collections.nCopies(numbers, 3)),
                "split",
                byItem ? "by-item" : "by-function",
                "room",
                Integer.toString(room)));
        Results answer = inChunks(workload, workload, chunk);

        assertThat(answer.numbers()).hasSize(Math.min(room, 2 * numbers));
        assertThat(answer.errors())
                .hasSize(byItem ? Math.max(0, 2 * numbers - room) : (room < numbers ? 2 : room < 2 * numbers ? 1 : 0));
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    /** What a child computes, put together by its caller, each with a workload of its own as in a process of its own. */
    private static Results inChunks(Workload<Results> child, Workload<Results> caller, int chunk) throws Exception {
        List<Results> parts = new ArrayList<>();
        for (int task = 0; task < child.taskCount(); task += chunk) {
            Results part = child.run(task, Math.min(task + chunk, child.taskCount()));
            parts.add(CodecTest.thereAndBack(child.codec(), part));
        }
        return caller.merge(parts);
    }

    @Test
    void aChildsListThatIsNotFilledIsRefusedThoughTheCallersIsEmpty() throws Exception {
        Map<String, String> isolated =
                Map.of("way", "isolated", "list", "2:3", "function", "squares", "sleepMillis", "1");
        Workload<Results> caller = of(isolated);
        AtomicReference<Workload<Results>> losing = new AtomicReference<>(caller);
        Workload<Results> child = DEFINITION.create(Given.settings(DEFINITION, isolated), new Given.OneThread() {
            @Override
            public Pause pause() {
                // Whatever was put into the list before is gone.
                return _ -> losing.get().reset();
            }
        });
        losing.set(child);

        Results lost = inChunks(child, caller, 1);
        Results filled = inChunks(of(isolated), caller, 1);

        assertThatThrownBy(() -> caller.check(lost))
                .hasMessage("wrong answer: number of results computed is 1, expected 2");
        assertThatCode(() -> caller.check(filled)).doesNotThrowAnyException();
    }

    @Property(tries = 200)
    void anyListAnyChunkingAndAnyWayGiveWhatOneThreadComputes(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 100_000) Integer> numbers,
            @ForAll @IntRange(max = 3) int way,
            @ForAll boolean byItem,
            @ForAll @IntRange(min = 1, max = 3) int repeats,
            @ForAll @IntRange(min = 1, max = 7) int chunk)
            throws Exception {
        Workload<Results> workload = of(Map.of(
                "way", List.of("pool", "shared-list", "array", "queue").get(way),
                "list", Parameter.Numbers.spell(numbers),
                "split", byItem ? "by-item" : "by-function",
                "repeats", Integer.toString(repeats)));
        Results answer = inChunks(workload, workload, chunk);
        List<Long> expected = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            numbers.forEach(n -> expected.add((long) n * n));
        }
        for (int repeat = 0; repeat < repeats; repeat++) {
            numbers.forEach(n -> expected.add((long) n * n * n));
        }

        assertThat(answer.numbers()).isEqualTo(expected);
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @Test
    void resetEmptiesWhateverIsShared() throws Exception {
        for (String way : List.of("shared-list", "array", "queue")) {
            Workload<Results> workload = of(Map.of("way", way));
            workload.run(0, 1);
            workload.reset();

            assertThatCode(() -> workload.check(workload.merge(List.of(workload.run(0, 2)))))
                    .as(way)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({"shared-list, HEAP", "isolated, SEPARATE", "array, ANYWHERE", "queue, ANYWHERE", "pool, ANYWHERE"})
    void whereTheWayLeadsSaysWhichModelsCanTakeIt(String way, Sharing sharing) {
        assertThat(DEFINITION.sharing(Given.settings(DEFINITION, Map.of("way", way))))
                .isEqualTo(sharing);
    }

    @Test
    void sleepsOverlapAndNothingElseDoes() {
        assertThat(DEFINITION.idealSpeedup(Given.settings(DEFINITION, Map.of()), 2, 2))
                .isEqualTo(1);
        assertThat(DEFINITION.idealSpeedup(Given.settings(DEFINITION, Map.of("sleepMillis", "1")), 2, 2))
                .isEqualTo(2);
    }

    private static Results answer(Workload<Results> workload) throws Exception {
        Results answer = workload.merge(List.of(workload.run(0, workload.taskCount())));
        workload.check(answer);
        return answer;
    }

    private static Workload<Results> of(Map<String, String> values) {
        return Given.workload(DEFINITION, values);
    }
}
