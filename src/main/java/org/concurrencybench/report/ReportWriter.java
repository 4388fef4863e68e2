package org.concurrencybench.report;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes a run's page and charts. */
public final class ReportWriter {

    /** Name of the page in its directory. */
    public static final String PAGE = "index.html";

    /** Of this much heap, a picture may be drawn: the largest takes a quarter of it, and what is reported needs the rest. */
    private static final long MEMORY_OF_A_PICTURE = 256L << 20;

    private ReportWriter() {}

    /**
     * Writes {@value #PAGE}, the same as Markdown, and each chart as SVG and PNG. A machine that cannot draw text gets the page without charts,
     * and a warning. Every file appears whole or not at all. No window is opened, but a JVM that was not told to be headless
     * may look for a display first: start it with {@code -Djava.awt.headless=true}.
     *
     * @param directory is created, with its parents; files of other names in it stay
     * @throws IOException where a file cannot be written; those that were finished before stay
     */
    public static WrittenReport write(Path directory, RunReport report) throws IOException {
        return write(directory, report, RunDetail.NONE);
    }

    /** The same with pictures of what lies behind the summaries. */
    public static WrittenReport write(Path directory, RunReport report, RunDetail detail) throws IOException {
        Set<String> models = new TreeSet<>();
        report.summaries().forEach(summary -> models.add(summary.key().model()));
        report.failures().forEach(failure -> models.add(failure.key().model()));
        detail.timelines().forEach(span -> models.add(span.model()));
        return Palette.during(models, () -> writeAll(directory, report, detail));
    }

    private static WrittenReport writeAll(Path directory, RunReport report, RunDetail detail) throws IOException {
        Files.createDirectories(directory);
        List<String> warnings = new ArrayList<>();
        List<ChartFiles> drawings = draw(Extent.drawable(report, warnings), detail, warnings);
        List<Path> charts = new ArrayList<>();
        for (ChartFiles drawing : drawings) {
            charts.addAll(put(directory, drawing));
        }
        put(
                directory.resolve(RunMarkdown.FILE),
                RunMarkdown.of(report, drawings.stream().map(ChartFiles::chart).toList(), warnings)
                        .getBytes(StandardCharsets.UTF_8));
        Path page = put(
                directory.resolve(PAGE),
                new HtmlPage(report, drawings, warnings).render().getBytes(StandardCharsets.UTF_8));
        return new WrittenReport(page, charts, warnings);
    }

    private static List<ChartFiles> draw(RunReport report, RunDetail detail, List<String> warnings) throws IOException {
        Optional<Typeface> found = typeface(warnings);
        if (found.isEmpty()) {
            return List.of();
        }
        Typeface typeface = found.get();
        Cases cases = Cases.of(Curve.rest(report.summaries()), Curve.rest(report.failures(), report.summaries()));
        String footer = "Run %s, %s, %s".formatted(report.run(), report.machine(), report.takenOn());
        List<Chart> charts = new ArrayList<>();
        SpeedupChart.of(cases, typeface, footer).ifPresent(charts::add);
        SettingsChart.of(cases, typeface, footer).ifPresent(charts::add);
        MapChart.of(report.summaries(), typeface, footer).ifPresent(charts::add);
        CostChart.of(cases, typeface, footer).ifPresent(charts::add);
        charts.addAll(UnitCostChart.of(report.summaries(), typeface, footer));
        PhasesChart.of(report.summaries(), typeface, footer).ifPresent(charts::add);
        charts.addAll(TimeChart.of(cases, typeface, footer));
        charts.addAll(CurveChart.of(report.summaries(), typeface, footer));
        charts.addAll(TimelineChart.of(detail.timelines(), typeface, footer));
        charts.addAll(IterationChart.of(report.summaries(), detail.samples(), typeface, footer));
        return drawAll(charts, typeface);
    }

    /** Several at once, because most of a report's time is that of its pictures. */
    private static List<ChartFiles> drawAll(List<Chart> charts, Typeface typeface) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        long atOnce = Math.clamp(runtime.maxMemory() / MEMORY_OF_A_PICTURE, 1, runtime.availableProcessors());
        try (ExecutorService threads = Executors.newFixedThreadPool((int) atOnce)) {
            List<Future<ChartFiles>> drawings = new ArrayList<>();
            for (Chart chart : charts) {
                drawings.add(threads.submit(Palette.carriedTo(() -> ChartFiles.draw(chart, typeface))));
            }
            try {
                List<ChartFiles> drawn = new ArrayList<>();
                for (Future<ChartFiles> drawing : drawings) {
                    drawn.add(drawing.get());
                }
                return drawn;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while charts were drawn");
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case IOException failure -> throw failure;
                    case RuntimeException failure -> throw failure;
                    case Error failure -> throw failure;
                    case null, default -> throw new IllegalStateException(e);
                }
            } finally {
                // Nothing is left to do but after a failure.
                drawings.forEach(drawing -> drawing.cancel(true));
            }
        }
    }

    /** The JDK reports missing fonts as any of several exceptions and errors, on first use and differently on later ones. */
    static Optional<Typeface> typeface(List<String> warnings) {
        try {
            Typeface typeface = Typeface.find();
            // Some only find out when they measure a word.
            Typeface.width("Fonts?", typeface.plain(12));
            return Optional.of(typeface);
        } catch (Exception | Error e) {
            warnings.add("no charts: this machine has no fonts to draw text with ("
                    + e.getClass().getSimpleName()
                    + "); install fontconfig and a font, such as the package fonts-dejavu-core, and report again");
            return Optional.empty();
        }
    }

    /** Writes a chart as SVG and PNG; returns both files. */
    static List<Path> put(Path directory, ChartFiles drawn) throws IOException {
        String name = drawn.chart().name();
        String svg = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawn.svg();
        return List.of(
                put(directory.resolve(name + ".svg"), svg.getBytes(StandardCharsets.UTF_8)),
                put(directory.resolve(name + ".png"), drawn.png()));
    }

    static Path put(Path file, byte[] content) throws IOException {
        // A name of this process alone, so that two reports at once do not write into each other's file.
        Path unfinished = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.write(unfinished, content);
            try {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException _) {
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return file;
    }
}
