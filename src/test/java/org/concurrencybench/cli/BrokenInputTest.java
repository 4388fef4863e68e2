package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no measurements, or not quite: {@code report} tells where, and leaves nothing behind. */
class BrokenInputTest {

    private static final String OURS = """
            benchmark,workload,kind,model,params,fork,iteration,phase,score,unit,direction,cpu_ms,rss_mb
            a.B.c,w,cpu-bound,serial,n=1,1,1,measurement,2.5,ms/op,lower,,
            a.B.c,w,cpu-bound,pool,n=1,1,1,measurement,1.5,ms/op,lower,,
            """;

    private static final String JMH_CSV = """
            "Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit","Param: n"
            "a.B.c","avgt",1,6,2.5,0.5,"ms/op",1
            "a.B.d","avgt",1,6,1.5,0.5,"ms/op",1
            """;

    private static final String JMH_JSON = """
            [
            {"benchmark":"a.B.c","mode":"avgt","threads":1,"params":{"n":"1"},
            "primaryMetric":{"score":2.5,"scoreError":0.5,"scoreUnit":"ms/op","rawData":[[2.5,2.6]]}},
            {"benchmark":"a.B.d","mode":"avgt","threads":1,"params":{"n":"1"},
            "primaryMetric":{"score":1.5,"scoreError":0.5,"scoreUnit":"ms/op","rawData":[[1.5,1.6]]}}
            ]
            """;

    @TempDir
    Path root;

    private static String text(String kind) {
        return switch (kind) {
            case "ours" -> OURS;
            case "csv" -> JMH_CSV;
            default -> JMH_JSON;
        };
    }

    private Path file(String kind, String text) throws Exception {
        return Files.writeString(root.resolve("input." + (kind.equals("json") ? "json" : "csv")), text);
    }

    /** One line with file, line and column, exit code 2, and no page, not even a half of one. */
    private void assertIsRefused(Path file, String place, String reason) {
        Call call = Call.of(root, "report", file.toString());

        assertThat(call.err()).hasLineCount(1).startsWith("run-benchmarks: " + file + ":" + place + ": ");
        assertThat(call.err()).contains(reason);
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(root.resolve("charts")).doesNotExist();
        assertThat(root.resolve("results")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // missing column
                "ours | ,score, | ,Score, | 1:9 | is no column of samples",
                "ours | ,rss_mb\\n | \\n | 1:rss_mb | this column is missing",
                "csv  | \"Samples\", | | 1:4 | JMH writes 'Samples' here",
                "json | \"mode\":\"avgt\",\"threads\":1,\"params\":{\"n\":\"1\"},\\n\"primaryMetric\":{\"score\":1.5 | \"primaryMetric\":{\"score\":1.5 | 4:1 | $[1].mode: a text is missing",
                // text for a number
                "ours | 1.5 | fast | 3:score | 'fast' is not a finite number",
                "csv  | 1.5 | fast | 3:Score | 'fast' is not a finite number",
                "json | [[1.5 | [[\"fast\" | 5:79 | 'fast' is not a finite number",
                // no number, infinity
                "ours | 1.5 | NaN | 3:score | 'NaN' is not a finite number",
                "csv  | 1.5 | NaN | 3:Score | the score is not a number",
                "json | [[1.5 | [[NaN | 5:79 | 'NaN' is not a finite number",
                "ours | 1.5 | Infinity | 3:score | 'Infinity' is not a finite number",
                "csv  | 1.5 | Infinity | 3:Score | 'Infinity' is not a finite number",
                "json | [[1.5 | [[1e999 | 5:79 | 'Infinity' is not a finite number",
                // duplicate row
                "ours | a.B.c,w,cpu-bound,pool | a.B.c,w,cpu-bound,serial | 3:iteration | stands twice",
                "csv  | \"a.B.d\" | \"a.B.c\" | 3:Benchmark | stands twice",
                "json | a.B.d | a.B.c | 4:1 | stands twice",
                // a line that breaks off, but is not the last
                "ours | ,ms/op,lower,,\\na.B.c,w,cpu-bound,pool | \\na.B.c,w,cpu-bound,pool | 2:unit | the line ends before this column",
                "csv  | ,0.5,\"ms/op\",1\\n\"a.B.d\" | \\n\"a.B.d\" | 2:Score Error (99.9%) | the row has 5 fields",
                "json | ]]}}\\n]\\n | ]]}} | 5:90 | this is not whole JSON",
                // a lost quote
                "ours | ,w,cpu-bound,pool | ,\"w,cpu-bound,pool | 3:workload | a quote is opened and not closed",
                "csv  | ,\"ms/op\",1\\n\"a.B.d | ,\"ms/op,1\\n\"a.B.d | 2:Unit | text follows a closing quote",
            })
    void isRefusedWithItsPlace(String kind, String good, String bad, String place, String reason) throws Exception {
        String before = text(kind);
        int at = before.lastIndexOf(good.replace("\\n", "\n"));
        assertThat(at).as(good).isNotNegative();
        String after = before.substring(0, at)
                + (bad == null ? "" : bad.replace("\\n", "\n"))
                + before.substring(at + good.replace("\\n", "\n").length());

        assertIsRefused(file(kind, after), place, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1:1 | the file is empty",
                "<html></html> | 1:1 | this is neither a samples.csv nor JMH's JSON nor JMH's CSV",
                "name,value | 1:1 | this is neither",
                "[] | 1:1 | nothing was measured",
                "{} | 1:1 | JMH's JSON is an array",
            })
    void aFileOfAnotherKindIsRefused(String text, String place, String reason) throws Exception {
        assertIsRefused(file("other", text), place, reason);
    }

    @ParameterizedTest
    @CsvSource({"ours, 3:workload, ',w,'", "csv, 3:Benchmark, a.B.d", "json, 4:17, a.B.d"})
    void aByteThatIsNotUtf8IsRefusedWithItsPlace(String kind, String place, String marked) throws Exception {
        Path file = file(kind, "");
        String text = text(kind);
        int at = text.lastIndexOf(marked) + 1;
        Files.write(
                file, (text.substring(0, at) + "\u00fc" + text.substring(at)).getBytes(StandardCharsets.ISO_8859_1));

        assertIsRefused(file, place, "UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"ours, 4:workload", "csv, 4:Mode", "json, 1:1"})
    void aFieldOfAHundredMegabytesIsRefused(String kind, String place) throws Exception {
        Path file = file(kind, text(kind) + (kind.equals("json") ? "" : "a.B.e,x"));
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(hole.length() + 100_000_000);
        }

        assertIsRefused(file, place, kind.equals("json") ? "64 are the most" : "more than 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource({"ours, 'a.B.c,w,cpu-bound,pool,n=1,2,1,measu'", "csv, '\"a.B.e\",\"avgt\",1,6,1'", "csv, '\"a.B.e'"})
    void aLastLineThatWasCutOffIsAWarning(String kind, String rest) throws Exception {
        Path file = file(kind, text(kind) + rest);

        Call call = Call.of(root, "report", file.toString());

        assertThat(call.exitCode()).isZero();
        assertThat(call.err())
                .contains("warning: " + file + ":4:", "the last line has no line end and was cut off; it is left out");
        assertThat(root.resolve("charts/input/index.html")).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ours", "csv", "json"})
    void namesThatWouldBeMarkupOrAFormulaStayNames(String kind) throws Exception {
        Path file = file(
                kind, text(kind).replace("a.B.c", "<script>alert(1)</script>").replace("a.B.d", "=cmd()"));
        if (kind.equals("ours")) {
            Files.writeString(
                    file, Files.readString(file).replace("pool", "'=cmd()|x").replace(",w,", ",@w,"));
        }

        Call call = Call.of(root, "report", file.toString());

        assertThat(call.exitCode()).as(call.err()).isZero();
        Path charts = root.resolve("charts/input");
        assertThat(charts.resolve("index.html")).content().contains("cmd()").doesNotContainIgnoringCase("<script");
        String markdown = Files.readString(charts.resolve("report.md"));
        assertThat(markdown.replaceAll("`[^`]+`", "")).doesNotContain("<", "@w");
        if (kind.equals("ours")) {
            try (var rows = CSVFormat.RFC4180.parse(Files.newBufferedReader(charts.resolve("summary.csv")))) {
                for (CSVRecord row : rows) {
                    assertThat(row.toList()).noneMatch(cell -> cell.matches("[=+@\\t\\r].*"));
                }
            }
        } else {
            // Nothing that a spreadsheet opens is made of them.
            try (Stream<Path> files = Files.list(charts)) {
                assertThat(files).noneMatch(one -> one.toString().matches(".*\\.(csv|tsv|xls.?)"));
            }
        }
    }

    @Test
    void brokenTimelinesBesideSamplesLeaveEverythingAsItWas() throws Exception {
        Path run = Files.createDirectories(root.resolve("results/run"));
        Path reference = Program.PROJECT.resolve("results/reference");
        Files.copy(reference.resolve("environment.json"), run.resolve("environment.json"));
        Files.writeString(run.resolve("samples.csv"), OURS);
        Path timelines = Files.writeString(
                run.resolve("timelines.csv"),
                "workload,model,params,worker,state,first_task,end_task,start_ns,end_ns\nw,serial,n=1,caller,batch,0,1,0,soon\n");

        Call call = Call.of(root, "report", "run");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).hasLineCount(1).contains("timelines.csv:2:end_ns: ");
        assertThat(root.resolve("charts")).doesNotExist();
        assertThat(run.resolve("summary.csv")).doesNotExist();
        assertThat(timelines).exists();
    }

    @Test
    void anEnvironmentThatBreaksOffIsNamedWithItsPlace() throws Exception {
        Path run = Files.createDirectories(root.resolve("results/run"));
        Files.writeString(run.resolve("samples.csv"), OURS);
        Files.writeString(run.resolve("environment.json"), "{\n \"run\" : \"a\",\n \"seed\" : x");

        Call call = Call.of(root, "report", "run");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).hasLineCount(1).contains("environment.json:3:", "remove it");
    }

    @Test
    void aFileThatFollowsAGoodOneIsRefusedAllTheSame() throws Exception {
        Path good = Files.writeString(root.resolve("good.csv"), JMH_CSV);
        Path bad = file("json", JMH_JSON.replace("avgt", "odd"));

        Call call = Call.of(root, "report", good.toString(), bad.toString());

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).hasLineCount(1).contains(bad + ":2:29: $[0].mode: 'odd' is not one of JMH's modes");
        assertThat(root.resolve("charts")).doesNotExist();
    }

    @Test
    void anUnknownNameToArrangeByIsToldWithThoseThatThereAre() throws Exception {
        Path file = file("csv", JMH_CSV);

        Call call = Call.of(root, "report", file.toString(), "--series", "methd");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err())
                .hasLineCount(1)
                .contains("unknown name 'methd'; did you mean method? (there are class, method, n, threads, mode)");
        assertThat(root.resolve("charts")).doesNotExist();
    }

    @Test
    void filesOfAllKindsStandSideBySide() throws Exception {
        Path csv = Files.writeString(root.resolve("csv.csv"), JMH_CSV);
        Path json = Files.writeString(root.resolve("json.json"), JMH_JSON);
        Path ours = Files.writeString(root.resolve("ours.csv"), OURS);

        Call call = Call.of(root, "report", csv.toString(), json.toString(), ours.toString(), "--name", "all");

        assertThat(call.err()).isEmpty();
        assertThat(call.exitCode()).isZero();
        assertThat(call.out())
                .contains(
                        "6 results of 2 benchmarks in 3 files", "series: run", "json  ", "pooled", "page and charts: ");
        assertThat(root.resolve("charts/all/report.md"))
                .content()
                .contains("](scores-time-per-operation.svg)")
                .doesNotContain("[scores-time-per-operation]");
    }
}
