package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter.WholeNumber("tasks", 10, 1, 2_000_000_000, "how many"),
            new Parameter.WholeNumber("sleepMillis", 0, 0, 99, "how long"),
            new Parameter.Choice("split", List.of("by-item", "by-function"), "how"));

    @Test
    void whatIsNotGivenHasItsDefaultAndStandsInTheOrderOfTheDefinition() {
        Settings settings = Settings.of(PARAMETERS, Map.of("sleepMillis", "7"));

        assertThat(settings.asMap())
                .containsExactly(entry("tasks", "10"), entry("sleepMillis", "7"), entry("split", "by-item"));
        assertThat(settings.number("tasks")).isEqualTo(10);
        assertThat(settings.word("split")).isEqualTo("by-item");
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThatThereAre() {
        assertThatThrownBy(() -> Settings.of(PARAMETERS, Map.of("task", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no parameter 'task'; there are tasks, sleepMillis, split");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "2000000001",
                "-1",
                "+1",
                "01",
                "00",
                "",
                " ",
                "1 ",
                " 1",
                "1\n",
                "1.0",
                "1e3",
                "0x10",
                "ten",
                "١",
                "2147483648",
                "4294967297",
                "9999999999",
                "18446744073709551617",
                "99999999999999999999999999"
            })
    void aWordThatIsNoNumberInRangeIsRefused(String value) {
        assertThatThrownBy(() -> Settings.of(PARAMETERS, Map.of("tasks", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter tasks is '" + value + "', but must be a whole number from 1 to 2000000000");
    }

    @Test
    void bothEndsOfARangeAreAllowed() {
        assertThat(Settings.of(PARAMETERS, Map.of("tasks", "1", "sleepMillis", "0"))
                        .number("tasks"))
                .isEqualTo(1);
        assertThat(Settings.of(PARAMETERS, Map.of("tasks", "2000000000", "sleepMillis", "99"))
                        .number("tasks"))
                .isEqualTo(2_000_000_000);
    }

    @Property
    void aNumberIsAcceptedOnlyInItsOneSpelling(@ForAll int number) {
        Parameter parameter = new Parameter.WholeNumber("n", 0, 0, Integer.MAX_VALUE, "any");

        assertThat(parameter.accepts(Integer.toString(number))).isEqualTo(number >= 0);
        assertThat(parameter.accepts("0" + number)).isFalse();
        assertThat(parameter.accepts("+" + number)).isFalse();
    }

    @Property(tries = 100)
    void aListIsReadAsItIsSpelt(@ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1) Integer> numbers) {
        Parameter parameter = new Parameter.Numbers("list", List.of(1), 20, Integer.MAX_VALUE, "any");
        Settings settings = Settings.of(List.of(parameter), Map.of("list", Parameter.Numbers.spell(numbers)));

        assertThat(settings.numbers("list")).isEqualTo(numbers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "1:", ":1", "1::2", "0", "1:01", "1,2", "1 2", "-1", "11", "1:2:3:4"})
    void whatIsNoListOfNumbersInItsRangeIsRefused(String value) {
        Parameter parameter = new Parameter.Numbers("list", List.of(3, 6, 9), 3, 10, "any");

        assertThat(parameter.accepts(parameter.defaultValue())).isTrue();
        assertThatThrownBy(() -> Settings.of(List.of(parameter), Map.of("list", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "parameter list is '" + value + "', but must be 1 to 3 whole numbers from 1 to 10, e.g. 3:6:9");
    }

    @Test
    void aWordThatIsNoChoiceIsRefusedWithTheChoices() {
        assertThatThrownBy(() -> Settings.of(PARAMETERS, Map.of("split", "By-Item")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter split is 'By-Item', but must be one of by-item, by-function");
    }

    @Test
    void askingForWhatIsNoParameterIsRefused() {
        Settings settings = Settings.of(PARAMETERS, Map.of());

        assertThatThrownBy(() -> settings.number("pairs")).hasMessage("no parameter 'pairs'");
    }

    @Test
    void nobodyChangesSettings() {
        Settings settings = Settings.of(PARAMETERS, Map.of());

        assertThatThrownBy(() -> settings.asMap().put("tasks", "99")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void settingsAreEqualIfTheirValuesAre() {
        assertThat(Settings.of(PARAMETERS, Map.of("tasks", "10")))
                .isEqualTo(Settings.of(PARAMETERS, Map.of()))
                .hasSameHashCodeAs(Settings.of(PARAMETERS, Map.of()))
                .isNotEqualTo(Settings.of(PARAMETERS, Map.of("tasks", "11")));
    }
}
