package org.concurrencybench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the page, the charts and the Markdown of results from elsewhere. */
public final class ResultsWriter {

    private ResultsWriter() {}

    /**
     * As {@link ReportWriter#write} does for a run: each file appears whole or not at all, and a machine that cannot draw
     * text gets the page without charts, and a warning.
     *
     * @throws IOException where a file cannot be written; those that were finished before stay
     */
    public static WrittenReport write(Path directory, Results results) throws IOException {
        Files.createDirectories(directory);
        Placement placement = Placement.of(results);
        List<String> warnings = new ArrayList<>();
        results.sources().forEach(source -> warnings.addAll(source.file().warnings()));
        int fromFiles = warnings.size();
        List<ChartFiles> drawings = new ArrayList<>();
        Optional<Typeface> typeface = ReportWriter.typeface(warnings);
        if (typeface.isPresent()) {
            ResultCharts.Drawn drawn = ResultCharts.of(
                    placement, typeface.get(), results.title() + ", " + ResultsPage.extent(results, placement));
            for (Chart chart : drawn.charts()) {
                drawings.add(ChartFiles.draw(chart, typeface.get()));
            }
            if (drawn.leftOut() > 0) {
                warnings.add(
                        "the charts leave out %d of %d results, which would be too many to see; the files have all of them"
                                .formatted(drawn.leftOut(), placement.results().size()));
            }
        }
        List<Path> files = new ArrayList<>();
        for (ChartFiles drawing : drawings) {
            files.addAll(ReportWriter.put(directory, drawing));
        }
        List<Chart> charts = drawings.stream().map(ChartFiles::chart).toList();
        ReportWriter.put(
                directory.resolve(RunMarkdown.FILE),
                ResultsText.markdown(results, placement, charts, warnings).getBytes(StandardCharsets.UTF_8));
        Path page = ReportWriter.put(
                directory.resolve(ReportWriter.PAGE),
                new ResultsPage(results, placement, drawings, warnings).render().getBytes(StandardCharsets.UTF_8));
        return new WrittenReport(page, files, warnings.subList(fromFiles, warnings.size()));
    }
}
