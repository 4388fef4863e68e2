package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.concurrencybench.browser.Chromium;
import org.concurrencybench.browser.Seen;
import org.concurrencybench.browser.Tab;
import org.concurrencybench.browser.Tab.Scheme;
import org.concurrencybench.report.FullRun;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SampleCsv;
import org.concurrencybench.sample.TimelineCsv;
import org.concurrencybench.sample.TimelineSpan;
import org.concurrencybench.sample.TimelineSpan.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages as people open them: from disk, in a browser, on a telephone, on a wide screen and on paper, light and dark. Pictures
 * of what it looked like stay in {@code target/screenshots}.
 */
class PageInBrowserIT {

    private static final Path PICTURES = Program.PROJECT.resolve("target/screenshots");

    private static final int TELEPHONE = 400;
    private static final int TABLET = 1000;
    private static final int WIDE_SCREEN = 1600;

    /** A4, landscape, less its margins, at 96 pixels an inch. */
    private static final int PAPER = 1032;

    /** Letters smaller than this are no text for most people. */
    private static final double READABLE_PIXELS = 8.5;

    @TempDir
    static Path directory;

    private static Optional<Chromium> browser = Optional.empty();
    private static Optional<Tab> tab = Optional.empty();

    /** The pages, by the directory of their charts. */
    enum Page {
        REFERENCE("reference"),
        LONG_NAMES("long-names"),
        COMPARISON("comparison"),
        /** All that a run can have: curves, phases, timelines, the textbook's table. */
        EVERYTHING("everything"),
        /** Results of JMH, a CSV and a JSON side by side. */
        JMH("jmh");

        private final String name;

        Page(String name) {
            this.name = name;
        }

        Path directory() {
            return PageInBrowserIT.directory.resolve("root/charts").resolve(name);
        }

        Path picture(String how, String suffix) {
            return PICTURES.resolve(name + "-" + how + suffix);
        }
    }

    @BeforeAll
    static void writeThePages() throws Exception {
        Optional<Path> found = Chromium.find();
        assumeTrue(found.isPresent(), Chromium.MISSING);
        Path root = Files.createDirectory(directory.resolve("root"));
        for (String run : List.of("reference", "again")) {
            Path results = Files.createDirectories(root.resolve("results").resolve(run));
            for (String file : List.of("samples.csv", "environment.json")) {
                Files.copy(Program.PROJECT.resolve("results/reference").resolve(file), results.resolve(file));
            }
        }
        Path longNames = Files.writeString(directory.resolve("long.csv"), longNames());
        assertThat(Call.of(root, "report", "reference").err()).isEmpty();
        assertThat(Call.of(root, "report", longNames.toString(), "--name", "long-names")
                        .exitCode())
                .isZero();
        assertThat(Call.of(root, "compare", "reference", "again").exitCode()).isZero();
        writeEverything(Files.createDirectory(root.resolve("results/everything")));
        assertThat(Call.of(root, "report", "everything").err()).isEmpty();
        Path jmh = Program.PROJECT.resolve("src/test/resources/org/concurrencybench/sample");
        assertThat(Call.of(
                                root,
                                "report",
                                jmh.resolve("jmh-1.37.csv").toString(),
                                jmh.resolve("jmh-1.37.json").toString(),
                                "--name",
                                "jmh")
                        .exitCode())
                .isZero();
        browser = Optional.of(Chromium.start(found.orElseThrow(), directory));
        tab = Optional.of(browser.get().tab());
    }

    @AfterAll
    static void end() throws IOException {
        if (browser.isPresent()) {
            browser.get().close();
        }
    }

    private static void writeEverything(Path run) throws Exception {
        String environment = Files.readString(Program.PROJECT.resolve("results/reference/environment.json"));
        Files.writeString(
                run.resolve("environment.json"),
                environment.replace("\"profile\" : \"standard\"", "\"profile\" : \"textbook\""));
        List<Sample> samples = new ArrayList<>(FullRun.samples());
        for (PlannedCase one : PlanBuilder.build("everything", "textbook", List.of(), List.of(), List.of(), 1, 2)
                .cases()) {
            CaseKey key = one.key();
            if (samples.stream().noneMatch(sample -> sample.key().equals(key))) {
                samples.add(new Sample(
                        key,
                        1,
                        1,
                        Phase.MEASUREMENT,
                        1000,
                        "ms/op",
                        Direction.LOWER,
                        OptionalDouble.empty(),
                        OptionalDouble.empty()));
            }
        }
        try (SampleCsv.Writer out = SampleCsv.create(run.resolve("samples.csv"))) {
            out.append(samples);
        }
        List<TimelineSpan> spans = new ArrayList<>();
        for (String model : List.of("serial", "platform-threads", "child-jvms")) {
            int workers = model.equals("serial") ? 1 : 4;
            Params params = Params.parse("split=by-item;parallelism=" + workers);
            spans.add(new TimelineSpan("square-cube", model, params, "caller", State.BATCH, 0, 8, 0, 10_000_000));
            for (int task = 0; task < 8; task++) {
                long start = task / workers * 1_100_000L;
                spans.add(new TimelineSpan(
                        "square-cube",
                        model,
                        params,
                        "worker-" + (task % workers + 1),
                        State.TASK,
                        task,
                        task + 1,
                        start,
                        start + 1_000_000));
            }
        }
        TimelineCsv.write(run.resolve("timelines.csv"), spans);
    }

    /** Names as nobody should choose them, and somebody does. */
    private static String longNames() {
        StringBuilder csv = new StringBuilder(
                "benchmark,workload,kind,model,params,fork,iteration,phase,score,unit,direction,cpu_ms,rss_mb\n");
        String workload = "a-workload-whose-name-goes-on-and-on-because-somebody-described-all-that-it-does-in-it";
        for (String kind : List.of("sleep-bound", "cpu-bound", "a-kind-that-nobody-has-ever-heard-of-before")) {
            for (String model : List.of(
                    "serial",
                    "virtual-threads",
                    "com.example.concurrency.models.experimental.WorkStealingWithBackPressure",
                    "x".repeat(70))) {
                for (int fork = 1; fork <= 3; fork++) {
                    csv.append("com.example.Benchmark.run,%s,%s,%s,aParameterWithALongName=%s;parallelism=2,"
                            .formatted(workload, kind, model, "v".repeat(60)));
                    csv.append("%d,1,measurement,%s,ms/op,lower,1234567.8,99999\n"
                            .formatted(fork, 1e-4 * model.length() * (1 + fork / 10.0)));
                }
            }
        }
        return csv.toString();
    }

    @ParameterizedTest
    @EnumSource(names = "REFERENCE")
    void onATelephoneInDaylight(Page page) throws Exception {
        check(page, Scheme.LIGHT, TELEPHONE);
    }

    @ParameterizedTest
    @EnumSource
    void onATelephoneInTheDark(Page page) throws Exception {
        check(page, Scheme.DARK, TELEPHONE);
    }

    /** Where the wide pictures are at their smallest, or just give way to the narrow ones. */
    @ParameterizedTest
    @EnumSource(names = {"REFERENCE", "EVERYTHING"})
    void onATabletInDaylight(Page page) throws Exception {
        check(page, Scheme.LIGHT, TABLET);
    }

    @ParameterizedTest
    @EnumSource
    void onAWideScreenInDaylight(Page page) throws Exception {
        check(page, Scheme.LIGHT, WIDE_SCREEN);
    }

    @ParameterizedTest
    @EnumSource(names = "REFERENCE")
    void onAWideScreenInTheDark(Page page) throws Exception {
        check(page, Scheme.DARK, WIDE_SCREEN);
    }

    @ParameterizedTest
    @EnumSource
    void onPaper(Page page) throws Exception {
        check(page, Scheme.PRINT, PAPER);
        Path pdf = page.picture("print", ".pdf");
        tab.orElseThrow().print(pdf);
        assertThat(Files.size(pdf)).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {TELEPHONE, WIDE_SCREEN})
    void withTheNumbersOfAllChartsUnfolded(int width) throws Exception {
        for (Page page : Page.values()) {
            Tab opened = tab.orElseThrow();
            opened.open(page.directory().resolve("index.html"), Scheme.DARK, width);
            int unfolded = opened.evaluate("""
                            [...document.querySelectorAll('details')].filter(details => details.open = true)
                                .filter(details => details.closest('figure')).length
                            """).asInt();
            Seen seen = opened.look();

            assertThat(unfolded).isEqualTo(seen.charts().size());
            assertThat(seen.overlaps()).as("texts that cover each other").isEmpty();
            assertThat(seen.tooPale()).as("texts that are too pale").isEmpty();
            assertThat(seen.overflow()).as("pixels too wide").isZero();
        }
    }

    /** Nothing but the keyboard: every stop shows where one is, the first one leads past the contents. */
    @Test
    void theKeyboardReachesEverythingThatScrollsOrLeadsSomewhere() throws Exception {
        Tab opened = tab.orElseThrow();
        opened.open(Page.REFERENCE.directory().resolve("index.html"), Scheme.LIGHT, TELEPHONE);

        String first = opened.press(Tab.Key.TAB);
        opened.press(Tab.Key.ENTER);
        String into = opened.evaluate("document.activeElement.id").asString();

        assertThat(first).startsWith("A To the answers").endsWith("visible");
        assertThat(into).isEqualTo("main");
        assertThat(opened.evaluate("""
                        [...document.querySelectorAll('*')].filter(element => element.checkVisibility()
                            && element.scrollWidth > element.clientWidth + 1
                            && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
                            && element.tabIndex < 0).map(element => element.outerHTML.slice(0, 80)).join('; ')
                        """).asString())
                .as("what only a mouse can scroll")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aScreenReaderFindsItsWayAndANameForEverything(Page page) throws Exception {
        Tab opened = tab.orElseThrow();
        opened.open(page.directory().resolve("index.html"), Scheme.LIGHT, WIDE_SCREEN);

        List<Tab.Spoken> spoken = opened.spoken();

        assertThat(spoken).filteredOn(one -> one.role().equals("main")).hasSize(1);
        assertThat(spoken).filteredOn(one -> one.role().equals("banner")).hasSize(1);
        assertThat(spoken)
                .filteredOn(one -> List.of("image", "table", "region", "navigation", "link")
                        .contains(one.role()))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.name()).as(one.role()).isNotBlank());
        assertThat(spoken)
                .as("where the keyboard scrolls and where the contents are")
                .filteredOn(one -> one.role().equals("group") && one.name().contains(": "))
                .doesNotHaveDuplicates();
        assertThat(opened.press(Tab.Key.TAB)).startsWith("A To the ");
        List<Integer> levels = spoken.stream()
                .filter(one -> one.role().equals("heading"))
                .map(Tab.Spoken::level)
                .toList();
        assertThat(levels.getFirst()).isEqualTo(1);
        for (int i = 1; i < levels.size(); i++) {
            assertThat(levels.get(i)).as("heading " + (i + 1)).isBetween(2, levels.get(i - 1) + 1);
        }
    }

    private static void check(Page page, Scheme scheme, int width) throws Exception {
        Tab opened = tab.orElseThrow();
        Seen seen = opened.open(page.directory().resolve("index.html"), scheme, width);
        String how = scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        opened.screenshot(page.picture(how, ".png"));
        List<String> drawn;
        try (Stream<Path> files = Files.list(page.directory())) {
            drawn = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".svg"))
                    .map(name -> name.substring(0, name.length() - ".svg".length()))
                    .toList();
        }
        // What would make the page too large lies beside it.
        List<String> beside = seen.brokenLinks().stream()
                .filter(link -> link.endsWith(".svg"))
                .map(link -> link.substring(0, link.length() - ".svg".length()))
                .filter(drawn::contains)
                .toList();
        List<String> shown =
                Stream.concat(seen.charts().stream(), beside.stream()).toList();
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(seen.messages()).as("console").isEmpty();
        softly.assertThat(seen.requests()).as("requests").isEmpty();
        softly.assertThat(seen.overlaps()).as("texts that cover each other").isEmpty();
        softly.assertThat(seen.cutOff()).as("texts that leave their chart").isEmpty();
        softly.assertThat(seen.tooPale()).as("texts that are too pale").isEmpty();
        softly.assertThat(seen.brokenLinks()).as("links that lead nowhere").hasSameSizeAs(beside);
        softly.assertThat(seen.overflow()).as("pixels too wide").isZero();
        softly.assertThat(shown).as("charts").containsExactlyInAnyOrderElementsOf(drawn);
        if (!drawn.isEmpty()) {
            softly.assertThat(seen.smallest()).as("smallest letters").isGreaterThanOrEqualTo(READABLE_PIXELS);
            softly.assertThat(seen.chartBackground())
                    .as("paper of the charts")
                    .isEqualTo(scheme == Scheme.DARK ? "rgb(29, 33, 37)" : "rgb(255, 255, 255)");
        }
        softly.assertThat(seen.background())
                .as("background")
                .isEqualTo(
                        switch (scheme) {
                            case LIGHT -> "rgb(252, 252, 250)";
                            case DARK -> "rgb(20, 23, 26)";
                            case PRINT -> "rgb(255, 255, 255)";
                        });
        softly.assertAll();
    }
}
