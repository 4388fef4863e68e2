package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.TimelineSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class ReportWriterTest {

    private static final String HOSTILE = "</title><script>alert('1')</script>\"' onload=\"x\" &amp; \u001b[31m\u202e";

    @TempDir
    Path directory;

    @Test
    void writesThePageAndEveryChartInBothFormatsAndNothingElse() throws IOException {
        WrittenReport written =
                ReportWriter.write(directory.resolve("new/run"), Runs.report(Runs.standard(), List.of()));

        assertThat(written.warnings()).isEmpty();
        assertThat(names(directory.resolve("new/run")))
                .containsExactlyInAnyOrder(
                        "index.html",
                        "report.md",
                        "speedup.svg",
                        "speedup.png",
                        "map.svg",
                        "map.png",
                        "cost.svg",
                        "cost.png",
                        "time-square-cube.svg",
                        "time-square-cube.png",
                        "time-sum-of-squares.svg",
                        "time-sum-of-squares.png",
                        "time-bank-balance.svg",
                        "time-bank-balance.png");
        assertThat(written.charts())
                .hasSize(12)
                .allSatisfy(chart -> assertThat(chart).isNotEmptyFile());
        assertThat(written.page()).isEqualTo(directory.resolve("new/run/index.html"));
    }

    @Test
    void replacesAnEarlierReportInTheSameDirectory() throws IOException {
        Files.writeString(directory.resolve("index.html"), "old");

        ReportWriter.write(directory, Runs.report(Runs.standard(), List.of()));

        assertThat(directory.resolve("index.html")).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void pngsAreTwiceTheSizeOfTheirSvgAndNotBlank() throws Exception {
        WrittenReport written = ReportWriter.write(directory, Runs.report(Runs.standard(), List.of()));

        for (Path svg : written.charts().stream()
                .filter(file -> file.toString().endsWith(".svg"))
                .toList()) {
            Document drawing = parse(Files.readAllBytes(svg));
            int height = Integer.parseInt(drawing.getDocumentElement().getAttribute("height"));
            BufferedImage png =
                    ImageIO.read(Path.of(svg.toString().replace(".svg", ".png")).toFile());
            assertThat(png.getWidth()).isEqualTo(2400);
            assertThat(png.getHeight()).isEqualTo(2 * height).isBetween(500, 2000);
            assertThat(colours(png)).hasSizeGreaterThan(50);
        }
    }

    @Test
    void hostileTextStaysTextInThePageAndInTheCharts() throws Exception {
        List<CaseSummary> summaries = new Runs()
                .exactly(HOSTILE, HOSTILE, "serial", "a=1", Direction.LOWER, 1, 10, 10.1, 10.2)
                .exactly(HOSTILE, HOSTILE, HOSTILE, "a=1", Direction.LOWER, 2, 6, 6.1, 6.2)
                .exactly(HOSTILE, HOSTILE, HOSTILE, "a=<b>;parallelism=<i>", Direction.LOWER, 2, 6, 6.1, 6.2)
                .summaries();
        FailedCase failure = new FailedCase(Runs.key(HOSTILE, HOSTILE, "serial", "a=2"), 1, HOSTILE);
        RunReport report = new RunReport(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                summaries,
                List.of(failure),
                List.of(new RunReport.Fact(HOSTILE, HOSTILE)),
                List.of(HOSTILE));

        WrittenReport written = ReportWriter.write(directory, report);

        String page = Files.readString(written.page());
        assertThat(page)
                .contains("&lt;script&gt;")
                .doesNotContainIgnoringCase("<script")
                .doesNotContain("\u001b", "\u202e");
        assertThat(Pattern.compile("<[^>]*\\sonload=\"", Pattern.CASE_INSENSITIVE)
                        .matcher(page)
                        .find())
                .isFalse();
        assertThat(page).doesNotContain("<b>", "<i>");
        for (Path chart : written.charts()) {
            if (chart.toString().endsWith(".svg")) {
                Document drawing = parse(Files.readAllBytes(chart));
                assertThat(drawing.getElementsByTagName("script").getLength()).isZero();
                assertThat(drawing.getDocumentElement().getAttribute("onload")).isEmpty();
                assertThat(drawing.getDocumentElement().getTextContent()).contains("<script>");
            }
            assertThat(chart.getFileName().toString()).matches("[a-z0-9-]+\\.(svg|png)");
        }
    }

    @Test
    void thePageFetchesNothingAndRunsNothing() throws IOException {
        String page = Files.readString(ReportWriter.write(directory, Runs.report(Runs.standard(), List.of()))
                .page());

        assertThat(page).doesNotContain("src=", "@import", "<script");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")
                        .replace("http://www.w3.org/1999/xlink", "")
                        .replace("http://www.jfree.org/jfreesvg/svg", ""))
                .doesNotContain("http:", "https:", "url(http");
    }

    @Test
    void noIdStandsTwiceInThePageAndEveryReferenceHasItsTarget() throws IOException {
        String page = Files.readString(ReportWriter.write(directory, Runs.report(Runs.standard(), List.of()))
                .page());

        List<String> ids = found("\\sid=[\"']([^\"']+)[\"']", page);
        assertThat(ids).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        assertThat(ids).containsAll(found("url\\(#([^)]+)\\)", page));
        assertThat(ids).containsAll(found("aria-labelledby=\"([^\"]+)\"", page));
    }

    @Test
    void thePageCarriesAnswersNumbersFailuresFactsAndNotes() throws IOException {
        FailedCase failure = new FailedCase(
                Runs.key("cpu-bound", "sum-of-squares", "child-jvms", "tasks=7"), 2, "exit code 137: killed");

        String page = Files.readString(ReportWriter.write(directory, Runs.report(Runs.standard(), List.of(failure)))
                .page());

        assertThat(page)
                .contains("Nothing beats one thread")
                .contains("role=\"img\" aria-label=\"Speed-up over ")
                .contains("exit code 137: killed")
                .contains("Temurin 25.0.3+9")
                .contains("the start of the JVMs is timed too")
                .contains("scope=\"rowgroup\"")
                .contains("<th scope=\"col\" class=\"number\">Memory</th>");
    }

    @Test
    void theContentsListThePartsThatAreThereAndTheBrowserIsForbiddenToFetch() throws IOException {
        String page = Files.readString(ReportWriter.write(directory, Runs.report(Runs.standard(), List.of()))
                .page());

        List<String> ids = found("\\sid=\"([^\"]+)\"", page);
        assertThat(found("<li><a href=\"#([^\"]+)\"", page))
                .containsSubsequence("answers", "kinds", "cases", "facts")
                .doesNotContain("replay")
                .isSubsetOf(ids);
        assertThat(page)
                .contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';")
                .contains("<a class=\"skip\" href=\"#main\">");
        assertThat(ids).contains("main");
    }

    @Test
    void everyChartCarriesItsNumbersAsATableAndASecondPictureForNarrowScreens() throws IOException {
        Runs run = Runs.standardRun();
        List<TimelineSpan> timelines = List.of(
                TimelineChartTest.span("w", "serial", "n=1", "caller", TimelineSpan.State.BATCH, 0, 2_000_000),
                TimelineChartTest.span("w", "serial", "n=1", "caller", TimelineSpan.State.TASK, 0, 1_500_000));
        WrittenReport written = ReportWriter.write(
                directory, Runs.report(run.summaries(), List.of()), new RunDetail(run.samples(), timelines));

        String page = Files.readString(written.page());
        int charts = written.charts().size() / 2;
        assertThat(names(directory)).contains("iterations-square-cube.svg", "timeline-w.svg");
        assertThat(found("<summary>(The numbers in this picture)</summary>", page))
                .hasSize(charts);
        assertThat(found("<svg class=\"(wide)\" role=\"img\"", page)).hasSize(charts);
        assertThat(found("<svg class=\"(narrow)\" role=\"img\"", page)).hasSize(charts);
        assertThat(found(
                        "<details class=\"numbers\" id=\"[^\"]+\">\\s*<summary>[^<]*</summary>\\s*<(div) class=\"scroll\"",
                        page))
                .hasSize(charts);
        assertThat(numbers("timeline-w", page)).containsPattern("<th scope=\"row\">caller</th><td[^>]*>0 to 1.50</td>");
        assertThat(numbers("iterations-square-cube", page))
                .contains("<th scope=\"col\" class=\"number\">Measured</th>")
                .containsPattern("<th scope=\"row\">fork 5</th><td class=\"number\">\\d+");
        assertThat(numbers("time-square-cube", page))
                .contains("<th scope=\"col\" class=\"number\">Each fork</th>")
                .contains("sleep-bound, square-cube (split=by-function): ms/op, less is better")
                .containsPattern("<th scope=\"row\">virtual-threads</th><td class=\"number\">1\\d\\d</td>"
                        + "<td class=\"number\">\\[\\d+, 1\\d\\d]</td><td class=\"number\">[\\d.]+</td>"
                        + "<td class=\"(many|number)\">[\\d.]+, ");
    }

    @Test
    void columnsThatNoCaseFillsAreLeftOut() throws IOException {
        List<CaseSummary> summaries = Runs.standard().stream()
                .map(summary -> new CaseSummary(
                        summary.key(),
                        summary.forks(),
                        summary.samples(),
                        summary.score(),
                        summary.unit(),
                        summary.direction(),
                        summary.speedup(),
                        summary.ideal(),
                        java.util.OptionalDouble.empty(),
                        java.util.OptionalDouble.empty(),
                        summary.note()))
                .toList();

        String page = Files.readString(
                ReportWriter.write(directory, Runs.report(summaries, List.of())).page());

        assertThat(page)
                .doesNotContain("number\">Memory</th>", "number\">CPU</th>")
                .contains("number\">Forks</th>");
    }

    @Test
    void aRunWithoutModelsAndKindsGetsOneChartForEachBenchmark() throws IOException {
        List<CaseSummary> summaries = new Runs()
                .exactly("", "", "", "size=1", Direction.HIGHER, 0, 100, 101)
                .exactly("", "", "", "size=2", Direction.HIGHER, 0, 200)
                .summaries();

        WrittenReport written = ReportWriter.write(directory, Runs.report(summaries, List.of()));

        assertThat(names(directory))
                .containsExactlyInAnyOrder(
                        "index.html", "report.md", "time-benchmark-run.svg", "time-benchmark-run.png");
        assertThat(directory.resolve("time-benchmark-run.svg"))
                .content()
                .contains("Rate", "ops/s", "more is better", "(no model)", "size=2");
        assertThat(written.warnings()).isEmpty();
    }

    @Test
    void workloadsWhoseNamesDifferOnlyInSignsKeepTheirOwnCharts() throws IOException {
        List<CaseSummary> summaries = new Runs()
                .exactly("cpu-bound", "a b", "serial", "", Direction.LOWER, 1, 1, 2)
                .exactly("cpu-bound", "a/b", "serial", "", Direction.LOWER, 1, 1, 2)
                .exactly("cpu-bound", "../..", "serial", "", Direction.LOWER, 1, 1, 2)
                .summaries();

        ReportWriter.write(directory, Runs.report(summaries, List.of()));

        assertThat(names(directory)).contains("time-a-b.svg", "time-a-b-2.svg", "time-unnamed.svg");
    }

    @Test
    void anEmptyRunStillGetsItsPage() throws IOException {
        WrittenReport written = ReportWriter.write(directory, Runs.report(List.of(), List.of()));

        assertThat(written.charts()).isEmpty();
        assertThat(written.page()).content().contains("No case was measured");
    }

    /** Without any font that fontconfig knows of, and with a configuration of the JDK's own that names none. */
    @ParameterizedTest
    @ValueSource(strings = {"user.home", "sun.awt.fontconfig"})
    void aMachineWithoutFontsGetsThePageAndAWarning(String property) throws Exception {
        Path noFonts = Files.writeString(directory.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig/>");
        Path nothing = Files.writeString(directory.resolve("nothing.properties"), "");
        Path log = directory.resolve("child.log");
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                // The JDK remembers in the home directory which fonts it found before.
                "-D" + property + "=" + (property.equals("user.home") ? directory : nothing),
                "-cp",
                System.getProperty("java.class.path"),
                WithoutFonts.class.getName(),
                directory.resolve("out").toString());
        child.environment().put("FONTCONFIG_FILE", noFonts.toString());
        child.redirectErrorStream(true).redirectOutput(log.toFile());

        Process process = child.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(log).content().contains("charts: 0").contains("no charts: this machine has no fonts");
        assertThat(names(directory.resolve("out"))).containsExactlyInAnyOrder("index.html", "report.md");
        assertThat(directory.resolve("out/index.html"))
                .content()
                .contains("no charts: this machine has no fonts", "<table class=\"cases\">", "virtual-threads");
    }

    /** Runs in a JVM that finds no fonts. */
    static final class WithoutFonts {

        private WithoutFonts() {}

        public static void main(String[] arguments) throws IOException {
            WrittenReport written = ReportWriter.write(Path.of(arguments[0]), Runs.report(Runs.standard(), List.of()));
            System.out.println("charts: " + written.charts().size());
            written.warnings().forEach(System.out::println);
        }
    }

    private static String numbers(String chart, String page) {
        String numbers = page.substring(page.indexOf("id=\"" + chart + "-numbers\""));
        return numbers.substring(0, numbers.indexOf("</details>"));
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 2) {
            for (int x = 0; x < image.getWidth(); x += 2) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours;
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Document parse(byte[] xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
