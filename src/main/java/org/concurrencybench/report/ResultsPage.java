package org.concurrencybench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.concurrencybench.sample.SecondaryResult;
import org.concurrencybench.statistics.Estimate;

/**
 * The page of results from elsewhere: one file without a script or anything fetched. There are no cards with winners by kind
 * of work, because a foreign file says neither what bounds its work nor which of its benchmarks is serial.
 */
final class ResultsPage {

    private static final int MOST_SECONDARY = 500;
    private static final int MOST_LEADERS = 40;

    private final Results results;
    private final Placement placement;
    private final List<ChartFiles> charts;
    private final List<String> warnings;
    private final Markup html = new Markup();
    private final Extent.Embedding embedding = new Extent.Embedding();

    /** Headings by id, in the order in which they stand there. */
    private final Map<String, String> contents = new LinkedHashMap<>();

    ResultsPage(Results results, Placement placement, List<ChartFiles> charts, List<String> warnings) {
        this.results = results;
        this.placement = placement;
        this.charts = charts;
        this.warnings = warnings;
    }

    String render() {
        appendTaken();
        appendLeaders();
        appendCharts();
        appendTable();
        appendUnplaced();
        appendSecondary();
        appendFiles();
        appendReadingHelp();
        ChartStyles styles = new ChartStyles();
        String main = styles.adopt(html.toString());
        Markup page = new Markup();
        page.line("<!DOCTYPE html>");
        page.line("<html lang=\"en\">");
        page.raw(PageStyle.head(results.title() + ": JMH results", styles));
        page.line("<body>");
        page.line("<a class=\"skip\" href=\"#main\">To the results</a>");
        appendHeader(page);
        page.line("<main id=\"main\" tabindex=\"-1\">");
        page.raw(main);
        page.line("</main>");
        page.line("<footer><p>%s</p></footer>", results.title());
        page.line("</body>");
        page.line("</html>");
        return page.toString();
    }

    private void appendHeader(Markup page) {
        page.line("<header>");
        page.line("<h1>%s</h1>", results.title());
        page.line("<p class=\"taken\">%s</p>", extent(results, placement));
        for (String warning : warnings) {
            page.line("<p class=\"warning\">%s</p>", warning);
        }
        page.line("<nav aria-label=\"Contents\">");
        page.line("<ul>");
        contents.forEach((id, heading) -> page.line("<li><a href=\"#%s\">%s</a></li>", id, heading));
        page.line("</ul>");
        page.line("</nav>");
        page.line("</header>");
    }

    /** {@code 12 results of 3 benchmarks in 2 files}. */
    static String extent(Results results, Placement placement) {
        long benchmarks = placement.results().stream()
                .map(result -> result.measured().benchmark())
                .distinct()
                .count();
        int files = results.sources().size();
        return "%s of %s in %s"
                .formatted(
                        counted(placement.results().size(), "result"),
                        counted(benchmarks, "benchmark"),
                        counted(files, "file"));
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void appendTaken() {
        open("taken", "How it is arranged");
        html.line("<ul class=\"notes\">");
        placement.taken().stream().limit(MOST_LEADERS).forEach(sentence -> html.line("<li>%s</li>", sentence));
        html.line("</ul>");
        if (placement.taken().size() > MOST_LEADERS) {
            html.line("<p>And %s more.</p>", Integer.toString(placement.taken().size() - MOST_LEADERS));
        }
        html.line(
                "<p>Another arrangement: <code>report FILE --series NAME --group NAME --x NAME</code>; the names are %s.</p>",
                Text.enumeration(results.names()));
        close();
    }

    private void appendLeaders() {
        List<String> leaders = Leaders.of(placement);
        if (leaders.isEmpty()) {
            return;
        }
        open("leaders", "What leads");
        html.line("<ul class=\"notes\">");
        leaders.stream().limit(MOST_LEADERS).forEach(sentence -> html.line("<li>%s</li>", sentence));
        html.line("</ul>");
        if (leaders.size() > MOST_LEADERS) {
            html.line("<p>And %s more groups; see the table.</p>", Integer.toString(leaders.size() - MOST_LEADERS));
        }
        close();
    }

    private void appendCharts() {
        if (charts.isEmpty()) {
            return;
        }
        open("charts", "Charts");
        charts.forEach(chart -> embedding.append(html, chart));
        close();
    }

    private void appendTable() {
        open("results", "Every result");
        boolean runs = results.sources().size() > 1;
        boolean speedups = !placement.speedups().isEmpty();
        html.line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"results\">");
        html.line("<table class=\"cases\">");
        html.line("<caption>Every result: its parameters, its score and the score's interval</caption>");
        html.append("<thead><tr><th scope=\"col\">Benchmark</th>");
        html.append(runs ? "<th scope=\"col\">Run</th>" : "");
        html.append("<th scope=\"col\">Parameters</th><th scope=\"col\">Mode</th>");
        html.append("<th scope=\"col\" class=\"number\">Score</th><th scope=\"col\" class=\"interval\">Interval</th>");
        html.append(
                speedups
                        ? "<th scope=\"col\" class=\"number\">Over serial</th><th scope=\"col\" class=\"interval\">Interval</th>"
                        : "");
        html.line("<th scope=\"col\" class=\"number\">Forks</th><th scope=\"col\">Better</th></tr></thead>");
        html.line("<tbody>");
        int rows = 0;
        for (NamedResult result : placement.results()) {
            if (rows == Extent.MOST_ROWS || html.bytes() > Extent.MOST_BYTES) {
                break;
            }
            appendRow(result, runs, speedups);
            rows++;
        }
        html.line("</tbody>");
        html.line("</table>");
        html.line("</div>");
        int more = placement.results().size() - rows;
        if (more > 0) {
            html.line("<p>And %s more, which stand in the files themselves.</p>", Integer.toString(more));
        }
        close();
    }

    private void appendRow(NamedResult result, boolean runs, boolean speedups) {
        html.append("<tr><th scope=\"row\" class=\"long\">%s</th>", result.benchmark());
        if (runs) {
            html.append("<td>%s</td>", result.run());
        }
        html.append(
                "<td class=\"long\">%s</td><td>%s</td><td class=\"number\">%s</td><td class=\"interval\">%s</td>",
                parameters(result),
                result.measured().mode(),
                Numbers.value(result.score()) + " " + result.measured().unit(),
                interval(result.score()));
        if (speedups) {
            Optional<Estimate> speedup =
                    Optional.ofNullable(placement.speedups().get(result));
            html.append(
                    "<td class=\"number\">%s</td><td class=\"interval\">%s</td>",
                    speedup.map(value -> Numbers.value(value) + "×").orElse(""),
                    speedup.filter(value -> value.low() < value.high())
                            .map(ResultsPage::interval)
                            .orElse(""));
        }
        html.line(
                "<td class=\"number\">%s</td><td>%s</td></tr>",
                result.forks(), result.quantity().better().replace(" is better", ""));
    }

    static String interval(Estimate estimate) {
        return estimate.isBounded() ? Numbers.interval(estimate) : "none";
    }

    /** Its parameters, and its threads where there is more than one. */
    static String parameters(NamedResult result) {
        String params = result.measured().params().asMap().entrySet().stream()
                .map(param -> param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining(", "));
        int threads = result.measured().threads();
        String own = threads > 1 ? threads + " threads" : "";
        return params.isEmpty() || own.isEmpty() ? params + own : params + ", " + own;
    }

    /** {@code Maps.get size=10 (avgt)}. */
    static String label(NamedResult result) {
        return "%s %s (%s)"
                .formatted(
                        result.benchmark(),
                        parameters(result),
                        result.measured().mode())
                .replace("  ", " ");
    }

    private void appendUnplaced() {
        if (placement.unplaced().isEmpty()) {
            return;
        }
        open("unplaced", "In no chart");
        html.line("<p>These results have no place in the arrangement; they stand in the table.</p>");
        html.line("<ul class=\"notes\">");
        placement.unplaced().stream()
                .limit(MOST_SECONDARY)
                .forEach(one -> html.line("<li>%s: %s</li>", label(one.result()), one.why()));
        html.line("</ul>");
        int more = placement.unplaced().size() - MOST_SECONDARY;
        if (more > 0) {
            html.line("<p>And %s more.</p>", Integer.toString(more));
        }
        close();
    }

    private void appendSecondary() {
        Map<String, List<SecondaryResult>> byRun = results.sources().stream()
                .collect(Collectors.toMap(
                        Results.Source::run, source -> source.file().secondary(), (a, _) -> a, LinkedHashMap::new));
        int count = byRun.values().stream().mapToInt(List::size).sum();
        if (count == 0) {
            return;
        }
        open("secondary", "Measured beside the scores");
        html.line(
                "<p>JMH's secondary results: profilers, percentiles, methods of a group. They are in no chart, because "
                        + "what is better is not known of them. Errors are JMH's, at 99.9%.</p>");
        html.line("<details><summary>%s</summary>", counted(count, "secondary result"));
        html.line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"secondary\">");
        html.line("<table class=\"cases\">");
        html.line("<caption>What JMH measured beside the scores</caption>");
        html.line(
                "<thead><tr><th scope=\"col\">Benchmark</th><th scope=\"col\">Run</th><th scope=\"col\">Parameters</th>"
                        + "<th scope=\"col\">Figure</th><th scope=\"col\" class=\"number\">Score</th>"
                        + "<th scope=\"col\" class=\"number\">Error</th></tr></thead>");
        html.line("<tbody>");
        int left = MOST_SECONDARY;
        for (Map.Entry<String, List<SecondaryResult>> of : byRun.entrySet()) {
            for (SecondaryResult one :
                    of.getValue().subList(0, Math.min(left, of.getValue().size()))) {
                html.line(
                        "<tr><th scope=\"row\" class=\"long\">%s</th><td>%s</td><td class=\"long\">%s</td><td>%s</td>"
                                + "<td class=\"number\">%s</td><td class=\"number\">%s</td></tr>",
                        Cases.shortBenchmark(one.benchmark()),
                        of.getKey(),
                        one.params().asMap().entrySet().stream()
                                .map(param -> param.getKey() + "=" + param.getValue())
                                .collect(Collectors.joining(", ")),
                        one.name(),
                        (number(one.score()) + " " + one.unit()).strip(),
                        one.error().isPresent() ? "±" + number(one.error()) : "");
                left--;
            }
        }
        html.line("</tbody>");
        html.line("</table>");
        html.line("</div>");
        html.line("</details>");
        if (count > MOST_SECONDARY) {
            html.line("<p>The first %s are here; all stand in the files.</p>", Integer.toString(MOST_SECONDARY));
        }
        close();
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? Numbers.plain(number.getAsDouble()) : "not a number";
    }

    private void appendFiles() {
        open("files", "Where it comes from");
        html.line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"files\">");
        html.line("<table class=\"facts\">");
        html.line("<caption>Each file, its machine and its JVM</caption>");
        html.line("<tbody>");
        for (Results.Source source : results.sources()) {
            html.line(
                    "<tr><th scope=\"row\">%s</th><td>%s</td></tr>",
                    source.run(),
                    "%s; machine: %s; JVM: %s"
                            .formatted(
                                    counted(source.file().cases().size(), "result"),
                                    source.file().machine().orElse("not told"),
                                    source.file().jvm().orElse("not told")));
        }
        html.line("</tbody>");
        html.line("</table>");
        html.line("</div>");
        close();
    }

    private void appendReadingHelp() {
        open("reading", "How to read this");
        html.line("<dl>");
        term(
                "Score",
                "Where a file has raw data: the geometric mean over forks of each fork's median iteration, so it may differ "
                        + "a little from the mean over all iterations that JMH prints. Otherwise JMH's own.");
        term(
                "Interval",
                "[low, high], at 95% confidence, over forks: forks are what was repeated, iterations within one are not "
                        + "independent. One fork has no interval.");
        term(
                "Pooled",
                "The file has no forks one by one, only JMH's error over all iterations; the interval is that error at 95% "
                        + "and too narrow where forks differ. JMH's JSON (-rf json) has what it takes.");
        term(
                "Better",
                "From JMH's mode and unit: time is better the less, throughput the more. They never share a chart.");
        html.line("</dl>");
        close();
    }

    private void term(String term, String meaning) {
        html.line("<dt>%s</dt><dd>%s</dd>", term, meaning);
    }

    private void open(String id, String heading) {
        contents.put(id, heading);
        html.line("<section aria-labelledby=\"%s\">", id);
        html.line("<h2 id=\"%s\">%s</h2>", id, heading);
    }

    private void close() {
        html.line("</section>");
    }
}
