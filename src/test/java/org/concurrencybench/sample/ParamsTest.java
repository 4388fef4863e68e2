package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsTest {

    @Property(tries = 500)
    void everyCellReadsBackAsItWasWritten(@ForAll("anyParams") Map<String, String> values) {
        Params params = Params.of(values);

        assertThat(Params.parse(params.toCell())).isEqualTo(params);
        assertThat(params.toCell()).matches("\\P{Cntrl}*");
    }

    /** Whole characters of every plane, with those that have a meaning in a cell far more often than chance would. */
    @Provide
    Arbitrary<Map<String, String>> anyParams() {
        Arbitrary<String> text = Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.of(";", "=", "%", "%3", "%3B", "\n", "\u0085", "é", "😀")),
                        Tuple.of(
                                2,
                                Arbitraries.integers()
                                        .between(0, Character.MAX_CODE_POINT)
                                        .filter(point -> Character.getType(point) != Character.SURROGATE)
                                        .map(Character::toString)))
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
        return Arbitraries.maps(text.filter(name -> !name.isEmpty()), text).ofMaxSize(5);
    }

    @Test
    void standInNameOrder() {
        assertThat(Params.of(Map.of("b", "2", "a", "1", "c", "")).toCell()).isEqualTo("a=1;b=2;c=");
        assertThat(Params.parse("b=2;a=1")).isEqualTo(Params.parse("a=1;b=2"));
        assertThat(Params.none().toCell()).isEmpty();
        assertThat(Params.parse("")).isEqualTo(Params.none());
    }

    @Test
    void escapeWhatHasAMeaningInACell() {
        assertThat(Params.of(Map.of("a=b", "1;2=3%\n\u0085")).toCell()).isEqualTo("a%3Db=1%3B2=3%25%0A%C2%85");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=1", "a=1;", "a=1;a=2", "a=1;%61=2", "a=%", "a=%4", "a=%zz", "a=%FF", "a=\ud800"})
    void refuseACellThatIsNotNamesAndValues(String cell) {
        assertThatIllegalArgumentException().isThrownBy(() -> Params.parse(cell));
    }

    @Test
    void refuseWhatCouldNotBeReadBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> Params.of(Map.of("", "1")));
        assertThatIllegalArgumentException().isThrownBy(() -> Params.of(Map.of("a", "\udc00")));
        assertThatIllegalArgumentException().isThrownBy(() -> Params.of(Map.of("\ud83d", "1")));
    }

    @Test
    void withoutLeavesTheOthersAlone() {
        Params both = Params.parse("a=1;b=2");

        assertThat(both.without("a").toCell()).isEqualTo("b=2");
        assertThat(both.without("c")).isEqualTo(both);
        assertThat(both.get("a")).contains("1");
        assertThat(both.get("c")).isEmpty();
    }
}
