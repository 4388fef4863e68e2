package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.concurrencybench.report.RunMarkdown;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Disturbances;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.SampleCsv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/**
 * The table and the picture of the README, and all of {@code charts/reference}, are those of {@code results/reference}.
 *
 * <p>After a new reference run, or a wanted change of the table, of the page's words or of what a chart says,
 * {@code mvn test -Dtest=ReadmeTest -Dgolden.regenerate=true} makes all of it anew; such a run is skipped, not passed.
 */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path RUN = Path.of("results/reference");
    private static final Path PAGE = Path.of("charts/reference");
    private static final Path PICTURE = PAGE.resolve("speedup.png");
    private static final String REGENERATE =
            "where this is wanted, make it anew: mvn test -Dtest=ReadmeTest -Dgolden.regenerate=true";
    private static final String BEGIN = "<!-- made from results/reference: see ReadmeTest -->\n";
    private static final String END = "<!-- end of what is made from results/reference -->\n";

    @TempDir
    Path root;

    @Test
    void theReadmeHasTheTableOfTheReferenceRun() throws Exception {
        String readme = Files.readString(README);
        int from = readme.indexOf(BEGIN) + BEGIN.length();
        int to = readme.indexOf(END);
        assertThat(from).isGreaterThan(BEGIN.length());
        assertThat(to).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("golden.regenerate")) {
            Files.writeString(README, readme.substring(0, from) + region() + readme.substring(to));
            abort("regenerated the README's table");
        }

        assertThat(readme.substring(from, to)).isEqualTo(region());
    }

    @Test
    void theCommittedPageAndItsPicturesSayWhatTheReferenceRunMakesOfThem() throws Exception {
        if (Boolean.getBoolean("golden.regenerate")) {
            assertThat(Call.of(Path.of(""), "report", "reference").exitCode()).isZero();
            abort("regenerated charts/reference");
        }
        copyRun();
        assertThat(Call.of(root, "report", "reference").exitCode()).isZero();
        Path made = root.resolve(PAGE.toString());

        assertThat(Files.readString(README)).contains("](" + PICTURE + ")");
        assertThat(descriptionInPng(PICTURE)).contains("sum-of-squares", "ideal");
        assertThat(names(PAGE)).as(REGENERATE).isEqualTo(names(made));
        for (String name : names(made)) {
            if (name.endsWith(".svg")) {
                String description = descriptionOf(made.resolve(name));
                String png = name.replace(".svg", ".png");
                assertThat(descriptionOf(PAGE.resolve(name)))
                        .as("%s: %s", name, REGENERATE)
                        .isEqualTo(description);
                assertThat(descriptionInPng(PAGE.resolve(png)))
                        .as("%s: %s", png, REGENERATE)
                        .isEqualTo(description)
                        .isEqualTo(descriptionInPng(made.resolve(png)));
            }
        }
        assertThat(PAGE.resolve("report.md")).as(REGENERATE).hasSameTextualContentAs(made.resolve("report.md"));
        assertThat(textOf(PAGE.resolve("index.html"))).as(REGENERATE).isEqualTo(textOf(made.resolve("index.html")));
    }

    /** A picture of somebody's own code is a file of its own: the run that it is from is no reference and is not kept. */
    @Test
    void thePictureOfOwnCodeShowsWhatTheCommandBesideItMeasures() throws Exception {
        String readme = Files.readString(README);
        String section = readme.substring(readme.indexOf("## Your own code"), readme.indexOf("## How to read"));
        Matcher picture = Pattern.compile("!\\[[^\\]]*\\]\\((src/examples/[a-z-]+\\.png)\\)")
                .matcher(section);
        Matcher command = Pattern.compile("--function (\\S+) ").matcher(section);

        assertThat(picture.find()).isTrue();
        assertThat(command.find()).isTrue();
        assertThat(descriptionInPng(Path.of(picture.group(1))))
                .contains(
                        "own-function " + command.group(1).replaceAll(".*[.]", ""),
                        "platform-threads",
                        "virtual-threads",
                        "child-jvms",
                        "ideal");
    }

    /** What a reader reads, without the pictures, in which a letter stands where a machine's fonts put it. */
    private static String textOf(Path page) throws IOException {
        return Files.readString(page)
                .replaceAll("(?s)<(style|svg)\\b.*?</\\1>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String region() throws Exception {
        RunEnvironment environment = RunEnvironment.read(RUN.resolve("environment.json"));
        List<CaseSummary> all = Publisher.summarise(
                SampleCsv.read(RUN.resolve("samples.csv")).samples(), Optional.of(environment), Disturbances.NONE);
        List<CaseSummary> summaries = all.stream()
                .filter(summary -> !summary.key().isFigure() && !Textbook.isCPython(summary))
                .toList();
        return "*Speed-up over one thread, with 95 %% intervals, on %s, %s: the run [`%s`](%s), of which [this page](%s) tells all.*\n\n"
                        .formatted(
                                Machine.oneLine(environment.machine()),
                                environment.startedAt().substring(0, 10),
                                RUN,
                                RUN,
                                "charts/reference/index.html")
                + RunMarkdown.overview(summaries);
    }

    private void copyRun() throws IOException {
        Path copy = Files.createDirectories(root.resolve(RUN.toString()));
        for (String name : List.of("samples.csv", "environment.json", "timelines.csv")) {
            if (Files.exists(RUN.resolve(name))) {
                Files.copy(RUN.resolve(name), copy.resolve(name));
            }
        }
    }

    private static String descriptionOf(Path svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(svg.toFile())
                .getElementsByTagName("desc")
                .item(0)
                .getTextContent();
    }

    private static String descriptionInPng(Path png) throws IOException {
        List<String> found = new ArrayList<>();
        try (ImageInputStream in = ImageIO.createImageInputStream(png.toFile())) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            reader.setInput(in);
            Element metadata = (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
            var entries = metadata.getElementsByTagName("iTXtEntry");
            for (int i = 0; i < entries.getLength(); i++) {
                found.add(((Element) entries.item(i)).getAttribute("text"));
            }
            reader.dispose();
        }
        return String.join("", found);
    }
}
