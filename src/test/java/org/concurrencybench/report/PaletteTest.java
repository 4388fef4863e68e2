package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.concurrencybench.comparison.Verdict;
import org.junit.jupiter.api.Test;

/** Contrasts as WCAG 2.2 asks for them (1.4.3 and 1.4.11), on white paper and on a dark page. */
class PaletteTest {

    private static final List<Color> GROUNDS = List.of(Palette.PAPER, Palette.PANEL);

    private static final List<String> MODELS = List.of(
            "serial",
            "platform-threads",
            "platform-threads-cold",
            "virtual-threads",
            "child-jvms",
            "child-jvms-shared-memory",
            "child-jvms-spare",
            "child-jvms-cold",
            "gil-threads",
            "fork-join",
            "timer-thread");

    private static List<Color> marks() {
        return Stream.concat(
                        Stream.concat(MODELS.stream(), IntStream.range(0, 40).mapToObj(i -> "other-" + i))
                                .map(Palette::of),
                        Stream.of(Verdict.values()).map(Palette::of))
                .map(Palette.Look::color)
                .distinct()
                .toList();
    }

    private static double contrast(Color one, Color other) {
        double low = Math.min(light(one), light(other));
        double high = Math.max(light(one), light(other));
        return (high + 0.05) / (low + 0.05);
    }

    private static double light(Color color) {
        return 0.2126 * DarkColor.decoded(color.getRed())
                + 0.7152 * DarkColor.decoded(color.getGreen())
                + 0.0722 * DarkColor.decoded(color.getBlue());
    }

    @Test
    void noTwoModelsOfOursShareAColourOrAMarker() {
        assertThat(MODELS).allMatch(Palette::isModel);
        assertThat(MODELS).extracting(model -> Palette.of(model).color()).doesNotHaveDuplicates();
        assertThat(MODELS).extracting(model -> Palette.of(model).marker()).doesNotHaveDuplicates();
    }

    @Test
    void ofManyNamesEachHasALookOfItsOwnAndNoneOneOfOurs() {
        List<String> names = IntStream.range(0, 80).mapToObj(i -> "name-" + i).toList();
        List<Palette.Look> ours = MODELS.stream().map(Palette::of).toList();
        List<String> mixed = new ArrayList<>(names);
        mixed.add("platform-threads");

        assertThat(Palette.ofAll(names).values()).hasSize(80).doesNotHaveDuplicates();
        assertThat(Palette.ofAll(mixed).values()).hasSize(81).doesNotHaveDuplicates();
        assertThat(Palette.ofAll(mixed).get("platform-threads")).isEqualTo(Palette.of("platform-threads"));
        for (String name : names) {
            assertThat(ours).doesNotContain(Palette.ofAll(mixed).get(name), Palette.of(name));
        }
    }

    @Test
    void withinAReportModelsOfOthersAreToldApartWhoseNamesAloneGiveThemOneLook() {
        String first = "name-0";
        String same = IntStream.range(1, 1000)
                .mapToObj(i -> "name-" + i)
                .filter(name -> Palette.of(name).equals(Palette.of(first)))
                .findFirst()
                .orElseThrow();

        Palette.during(List.of("serial", first, same), () -> {
            assertThat(Palette.of(first)).isNotEqualTo(Palette.of(same));
            assertThat(Palette.of("serial"))
                    .isEqualTo(Palette.ofAll(List.of("serial")).get("serial"));
            return first;
        });
    }

    @Test
    void textCanBeReadInBothSchemes() {
        for (Color ground : GROUNDS) {
            for (Color text : List.of(Palette.INK, Palette.FAINT_INK)) {
                assertThat(contrast(text, ground)).isGreaterThanOrEqualTo(4.5);
                assertThat(contrast(Palette.dark(text), Palette.dark(ground))).isGreaterThanOrEqualTo(4.5);
            }
        }
    }

    @Test
    void everyMarkStandsOutInBothSchemes() {
        List<String> faint = new ArrayList<>();
        for (Color ground : GROUNDS) {
            for (Color mark : marks()) {
                if (contrast(mark, ground) < 3) {
                    faint.add(ChartStyles.hex(mark) + " on " + ChartStyles.hex(ground));
                }
                if (contrast(Palette.dark(mark), Palette.dark(ground)) < 3) {
                    faint.add(ChartStyles.hex(mark) + " in the dark on " + ChartStyles.hex(ground));
                }
            }
        }
        assertThat(faint).isEmpty();
    }

    @Test
    void coloursThatDifferInDaylightDifferInTheDark() {
        Set<Color> dark = new HashSet<>();
        marks().forEach(mark -> dark.add(Palette.dark(mark)));

        assertThat(dark).hasSameSizeAs(marks());
    }

    @Test
    void aModelKeepsItsHueInTheDark() {
        for (Color mark : marks()) {
            float[] day = Color.RGBtoHSB(mark.getRed(), mark.getGreen(), mark.getBlue(), null);
            Color dark = Palette.dark(mark);
            float[] night = Color.RGBtoHSB(dark.getRed(), dark.getGreen(), dark.getBlue(), null);
            if (day[1] > 0.2) {
                double apart = Math.abs(day[0] - night[0]);
                assertThat(Math.min(apart, 1 - apart)).as(ChartStyles.hex(mark)).isLessThan(0.06);
            }
        }
    }

    @Test
    void lightAndDarkChangePlaces() {
        assertThat(light(DarkColor.of(Color.WHITE))).isLessThan(0.03);
        assertThat(light(DarkColor.of(Color.BLACK))).isGreaterThan(0.9);
        assertThat(light(DarkColor.of(new Color(0xCC, 0xE4, 0xF2))))
                .isLessThan(light(DarkColor.of(new Color(0x00, 0x72, 0xB2))));
    }

    @Test
    void thePageAndItsChartsAreOfTheSamePaper() {
        assertThat(PageStyle.sheet())
                .contains("--card: " + ChartStyles.hex(Palette.dark(Palette.PAPER)))
                .contains("--card: " + ChartStyles.hex(Palette.PAPER));
    }
}
