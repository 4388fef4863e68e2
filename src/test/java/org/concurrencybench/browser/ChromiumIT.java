package org.concurrencybench.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The eyes of the tests of pages: they see what is wrong with a page, and nothing in one that is right. */
class ChromiumIT {

    private static final String RIGHT = """
            <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>right</title>
            <style>body { background: white; color: black } @media print { body { color: #333 } }</style>
            <h1>Two lines of text that follow each <em>other</em></h1><p id="p">as they should, <a href="#p">here</a></p>
            <figure id="chart-one"><svg viewBox="0 0 400 100" width="400" height="100">
            <rect width="400" height="100" style="fill:white"/><rect x="200" width="200" height="100" style="fill:black"/>
            <text x="10" y="50">left</text><text x="210" y="50" style="fill:white">right</text></svg></figure>
            <details><summary>More</summary><p style="position:absolute;top:0">nobody sees this yet</p></details>
            """;

    private static final String WRONG = """
            <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>wrong</title>
            <h1>A heading</h1>
            <p style="position:absolute; top:20px; left:20px">Something across it</p>
            <p style="color:#bbb">Hardly there</p>
            <p style="width:3000px">Too wide</p>
            <p><a href="#nowhere">Somewhere</a></p>
            <figure id="chart-two"><svg viewBox="0 0 400 100" width="400" height="100" style="overflow:visible">
            <rect width="400" height="100" style="fill:white"/>
            <text x="10" y="50">one label</text><text x="30" y="52">another</text>
            <text x="380" y="90">far too long for this</text></svg></figure>
            <img src="missing.png" alt="">
            <script>
            console.error('something broke');
            fetch('http://127.0.0.1:1/numbers.csv').catch(() => {});
            setTimeout(() => { throw new Error('much later'); }, 0);
            </script>
            """;

    @TempDir
    static Path directory;

    private static Optional<Chromium> browser = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> found = Chromium.find();
        assumeTrue(found.isPresent(), Chromium.MISSING);
        browser = Optional.of(Chromium.start(found.orElseThrow(), directory));
    }

    @AfterAll
    static void end() throws Exception {
        if (browser.isPresent()) {
            browser.get().close();
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.filter(Files::isDirectory))
                    .as("profiles that stayed")
                    .isEmpty();
        }
    }

    private static Seen look(String html, Tab.Scheme scheme) throws Exception {
        Path page = Files.writeString(directory.resolve("page with a space.html"), html);
        return browser.orElseThrow().tab().open(page, scheme, 800);
    }

    @Test
    void nothingIsWrongWithAPageThatIsRight() throws Exception {
        for (Tab.Scheme scheme : Tab.Scheme.values()) {
            Seen seen = look(RIGHT, scheme);

            assertThat(seen.messages()).isEmpty();
            assertThat(seen.requests()).isEmpty();
            assertThat(seen.overlaps()).isEmpty();
            assertThat(seen.cutOff()).isEmpty();
            assertThat(seen.tooPale()).isEmpty();
            assertThat(seen.brokenLinks()).isEmpty();
            assertThat(seen.overflow()).isZero();
            assertThat(seen.charts()).containsExactly("one");
            assertThat(seen.smallest()).isEqualTo(16);
        }
    }

    @Test
    void everythingIsWrongWithAPageThatIsNot() throws Exception {
        Seen seen = look(WRONG, Tab.Scheme.LIGHT);

        assertThat(seen.messages())
                .anySatisfy(message -> assertThat(message).contains("something broke"))
                .anySatisfy(message -> assertThat(message).contains("much later"));
        assertThat(seen.requests())
                .contains("http://127.0.0.1:1/numbers.csv")
                .anySatisfy(request -> assertThat(request).endsWith("/missing.png"));
        assertThat(seen.overlaps())
                .hasSize(2)
                .anySatisfy(pair -> assertThat(pair).contains("A heading", "Something across it"))
                .anySatisfy(pair -> assertThat(pair).contains("one label", "another"));
        assertThat(seen.cutOff()).containsExactly("far too long for this");
        assertThat(seen.tooPale())
                .singleElement()
                .satisfies(pale -> assertThat(pale).contains("Hardly there"));
        assertThat(seen.brokenLinks()).isEqualTo(List.of("#nowhere"));
        assertThat(seen.overflow()).isGreaterThan(1000);
    }

    @Test
    void aPageIsShownInTheSchemeThatWasAskedFor() throws Exception {
        Path file = Files.writeString(directory.resolve("right.html"), RIGHT);
        String asked = "matchMedia('(prefers-color-scheme: dark)').matches + ' ' + matchMedia('print').matches";

        Tab tab = browser.orElseThrow().tab();
        tab.open(file, Tab.Scheme.LIGHT, 400);
        assertThat(tab.evaluate(asked).asString()).isEqualTo("false false");
        tab.open(file, Tab.Scheme.DARK, 400);
        assertThat(tab.evaluate(asked).asString()).isEqualTo("true false");
        assertThat(tab.evaluate("innerWidth").asInt()).isEqualTo(400);
        tab.open(file, Tab.Scheme.PRINT, 400);
        assertThat(tab.evaluate(asked).asString()).isEqualTo("true true");
    }
}
