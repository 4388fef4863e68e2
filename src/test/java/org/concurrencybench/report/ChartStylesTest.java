package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.concurrencybench.sample.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartStylesTest {

    @Test
    void stylesBecomeClassesAndColoursBecomePropertiesOfBothSchemes() {
        ChartStyles styles = new ChartStyles();

        String adopted = styles.adopt("<rect x='1' style='fill:rgb(255,255,255)'/><text style='fill: rgb(34,34,34); "
                + "fill-opacity: 1.0; font-size: 11px;'>a</text><rect style='fill:rgb(255,255,255)'/>");

        assertThat(adopted).isEqualTo("<rect x='1' class='k0'/><text class='k1'>a</text><rect class='k0'/>");
        assertThat(styles.rules())
                .contains(":root{--k0:#ffffff;--k1:#222222;}")
                .contains("@media screen and (prefers-color-scheme:dark){:root{--k0:#1d2125;--k1:#e7e9ec;}}")
                .contains(".k0{fill:var(--k0)}")
                .contains(".k1{fill: var(--k1);  font-size: 11px;}");
    }

    @Test
    void textThatLooksLikeAStyleStaysText(@TempDir Path directory) throws Exception {
        String hostile = "style='fill:rgb(1,2,3)}</style><b>'";

        WrittenReport written = ReportWriter.write(
                directory,
                Runs.report(
                        new Runs()
                                .exactly("cpu-bound", hostile, "serial", "", Direction.LOWER, 1, 10, 11)
                                .exactly("cpu-bound", hostile, hostile, "", Direction.LOWER, 1, 10, 11)
                                .summaries(),
                        List.of()));

        String page = Files.readString(written.page());
        assertThat(page).contains("fill:rgb(1,2,3)").doesNotContain("<b>", "--k0:#010203");
        assertThat(page.split("</style>", -1)).hasSize(2);
    }

    @Test
    void noChartOfAPageKeepsAColourOfItsOwnAndEachClassHasItsRule(@TempDir Path directory) throws Exception {
        String page = Files.readString(ReportWriter.write(directory, Runs.report(Runs.standard(), List.of()))
                .page());
        String body = page.substring(page.indexOf("<body>"));

        assertThat(body).doesNotContain("rgb(", " style=");
        Set<String> used = new TreeSet<>();
        Pattern.compile("class='(k\\d+)'").matcher(body).results().forEach(match -> used.add(match.group(1)));
        assertThat(used)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(page).contains("\n." + name + "{"));
        assertThat(Files.readString(directory.resolve("speedup.svg")))
                .contains("rgb(")
                .doesNotContain("var(");
    }
}
