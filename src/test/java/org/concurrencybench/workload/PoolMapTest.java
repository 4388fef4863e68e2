package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PoolMapTest {

    @Test
    void squaresAndCubesAreTheTextbooks() throws Exception {
        assertThat(answer(4, 2, "square")).containsExactly(4, 9, 16, 25);
        assertThat(answer(5, 1, "square")).containsExactly(1, 4, 9, 16, 25);
        assertThat(answer(10, 0, "cube")).containsExactly(0, 1, 8, 27, 64, 125, 216, 343, 512, 729);
        assertThat(answer(1, 9, "cube")).containsExactly(729);
    }

    @Test
    void resultsOfOtherNumbersAreRefused() {
        assertThatThrownBy(() -> of(2, 2, "square").check(new long[] {0, 1}))
                .hasMessage("wrong answer: result for 2 is 0, expected 4");
    }

    private static long[] answer(int numbers, int first, String function) throws Exception {
        Workload<long[]> workload = of(numbers, first, function);
        long[] answer = workload.run(0, numbers);
        workload.check(answer);
        return answer;
    }

    @Test
    void aWrongResultIsNamedWithItsNumberAndAMissingOneByItsCount() {
        assertThatThrownBy(() -> of(3, "square").check(new long[] {0, 1, 5}))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: result for 2 is 5, expected 4");
        assertThatThrownBy(() -> of(3, "square").check(new long[] {0, 1}))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContainingAll("number of results", "2", "3");
    }

    @Property(tries = 100)
    void howeverItIsCutTheResultsStandInTheirOrder(
            @ForAll @IntRange(min = 1, max = 300) int numbers,
            @ForAll @IntRange(max = 300) int cut,
            @ForAll boolean square)
            throws Exception {
        Workload<long[]> workload = of(numbers, square ? "square" : "cube");
        int middle = Math.min(cut, numbers);

        long[] answer = workload.merge(List.of(workload.run(0, middle), workload.run(middle, numbers)));

        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @Property(tries = 50)
    void workIsAddedToEveryResult(
            @ForAll @IntRange(min = 1, max = 50) int numbers, @ForAll @IntRange(max = 500) int work) throws Exception {
        Workload<long[]> plain = of(numbers, "cube");
        Workload<long[]> working = Given.workload(
                new PoolMap(),
                Map.of("numbers", Integer.toString(numbers), "function", "cube", "work", Integer.toString(work)));
        long squares = LongStream.range(0, work).map(x -> x * x).sum();

        long[] answer = working.run(0, numbers);

        assertThat(answer)
                .containsExactly(Arrays.stream(plain.run(0, numbers))
                        .map(result -> result + squares)
                        .toArray());
        assertThatCode(() -> working.check(answer)).doesNotThrowAnyException();
    }

    @Test
    void resultsCrossToAnotherJvmAsTheyAre() throws IOException {
        Codec<long[]> codec = of(4, "square").codec();
        long[] part = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        codec.write(part, new DataOutputStream(bytes));

        assertThat(codec.read(in(bytes.toByteArray()))).containsExactly(part);
    }

    @Test
    void aPartThatIsCutOffOrHasALengthThatCannotBeIsRefused() {
        Codec<long[]> codec = of(4, "square").codec();

        assertThatThrownBy(() -> codec.read(in(new byte[] {0, 0, 0, 2, 1, 2, 3})))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> codec.read(in(new byte[] {-1, 0, 0, 0}))).isInstanceOf(IOException.class);
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static Workload<long[]> of(int numbers, String function) {
        return of(numbers, 0, function);
    }

    private static Workload<long[]> of(int numbers, int first, String function) {
        return Given.workload(
                new PoolMap(),
                Map.of(
                        "numbers", Integer.toString(numbers),
                        "first", Integer.toString(first),
                        "function", function));
    }
}
