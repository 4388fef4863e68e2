package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryCommandTest {

    private static final String HEADER =
            "commit,date,machine,jdk,benchmark,params,work,score,score_low,score_high,unit,direction,forks\r\n";

    @TempDir
    Path root;

    @Test
    void aRunIsAddedOnceHoweverOftenItIsAdded() throws IOException {
        run("first", 10);

        Call call = Call.of(root, "history", "first", "--commit", "a".repeat(40));

        assertThat(call.exitCode()).as(call.err()).isZero();
        Path history = root.resolve("results/history/history.csv");
        String once = Files.readString(history);
        assertThat(once).startsWith(HEADER).hasLineCount(2).contains("a.B.c,model=serial;n=1,0123,9.96");
        assertThat(Call.of(root, "history", "first", "--commit", "a".repeat(40)).out())
                .contains("1 of them in place of earlier ones");
        assertThat(Files.readString(history)).isEqualTo(once);
        Call.of(root, "history", "first", "--commit", "b".repeat(40), "--date", "2026-11-25T01:00:00+02:00");
        assertThat(Files.readString(history)).startsWith(once).hasLineCount(3).contains("2026-11-24T23:00:00Z");
    }

    @Test
    void theCommitOfTheRunIsTakenAndWhereThereIsNoneItHasToBeSaid() throws IOException {
        run("first", 10);

        Call call = Call.of(root, "history", "first");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("say it with --commit").hasLineCount(1);
        assertThat(Call.of(root, "history", "first", "--commit", "main").err()).contains("is no commit's hash");
        assertThat(Call.of(root, "history", "first", "--commit", "abcdef0", "--date", "today")
                        .err())
                .contains("'today' is no time");
        assertThat(root.resolve("results/history")).doesNotExist();
    }

    @Test
    void aStepIsMarkedWithItsCommitAndMachinesAreNotJoined() throws IOException {
        Random random = new Random(5);
        // The other machine is half as fast throughout: joined, every other commit would be a step.
        history(IntStream.range(0, 24)
                .mapToObj(i -> row(i, "here", (i < 14 ? 10 : 11.5) * Math.exp(0.01 * random.nextGaussian()))
                        + row(i, "elsewhere", 20 * Math.exp(0.01 * random.nextGaussian())))
                .collect(Collectors.joining()));

        Call call = Call.of(root, "report", "history");

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).containsPattern("\\+1[0-9.]+%  [0-9a-f]{40}").contains("1 change in 1 cases");
        String page = Files.readString(root.resolve("charts/history/index.html"));
        assertThat(page).contains("Changes, the latest first", "<svg", "here, a VM", "elsewhere, a VM");
        assertThat(Files.size(root.resolve("charts/history/history-1.png"))).isPositive();
        assertThat(Call.of(root, "report", root.resolve("results/history").toString())
                        .out())
                .isEqualTo(call.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "commit,date | :1:1: the header of a history is",
                "H;main,2026-11-24T00:00:00Z,m,j,b,,,1,,,ms/op,lower,1 | :2:commit: 'main' is not a commit's hash",
                "H;abcdef0,today,m,j,b,,,1,,,ms/op,lower,1 | :2:date: 'today' is not a time",
                "H;abcdef0,2026-11-24T00:00:00Z,m,j,b,n,,1,,,ms/op,lower,1 | :2:params: 'n' is not name=value",
                "H;abcdef0,2026-11-24T00:00:00Z,m,j,b,,,-1,,,ms/op,lower,1 | :2:score: a score is above 0",
                "H;abcdef0,2026-11-24T00:00:00Z,m,j,b,,,1e999,,,ms/op,lower,1 | :2:score: the number is beyond",
                "H;abcdef0,2026-11-24T00:00:00Z,m,j,b,,,1,2,3,ms/op,lower,1 | :2:score: a score is above 0 and within",
                "H;abcdef0,2026-11-24T00:00:00Z,m,j,b,,,1,,,ms/op,up,1 | :2:direction: it is lower or higher",
                "H;abcdef0,2026-11-24T00:00:00Z,m,j,,,,1,,,ms/op,lower,1 | :2:benchmark: a plain text is missing",
                "H;abcdef0,2026-11-24T00:00:00Z,m | :2:4: the row has 3 fields where the header has 13",
                "H;abcdef0,\"2026 | was the file cut off?",
            })
    void aBrokenHistoryIsToldInOneLineThatSaysWhere(String rows, String message) throws IOException {
        Path file = root.resolve("results/history/history.csv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, rows.replace("H;", HEADER));

        Call call = Call.of(root, "report", "history");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains(message).hasLineCount(1);
        assertThat(root.resolve("charts")).doesNotExist();
    }

    @Test
    void anEmptyHistoryHasNothingToDraw() throws IOException {
        history("");

        assertThat(Call.of(root, "report", "history").exitCode()).isEqualTo(4);
    }

    private static String row(int commit, String machine, double score) {
        return "%040x,2026-11-%02dT00:00:00Z,%s,a VM,a.B.c,n=1,,%s,%s,%s,ms/op,lower,5\r\n"
                .formatted(commit + 1, commit + 1, machine, score, score * 0.99, score * 1.01);
    }

    private void history(String rows) throws IOException {
        Path file = root.resolve("results/history/history.csv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, HEADER + rows);
    }

    private void run(String name, double score) throws IOException {
        Path directory = Files.createDirectories(root.resolve("results").resolve(name));
        Files.writeString(directory.resolve("environment.json"), """
                {"run":"%s","profile":"p","seed":1,"forks":3,"startedAt":"2026-11-24T00:00:00Z","endedAt":"","cores":2,
                 "machine":{"processor":"a processor","vm":"a VM"},"before":{},"after":{},"failures":[],
                 "work":{"a.B.c model=serial;n=1":"0123"}}
                """.formatted(name));
        Files.writeString(
                directory.resolve("samples.csv"),
                "benchmark,workload,kind,model,params,fork,iteration,phase,score,unit,direction,cpu_ms,rss_mb\r\n"
                        + IntStream.rangeClosed(1, 3)
                                .mapToObj(fork -> "a.B.c,w,cpu-bound,serial,n=1,%d,1,measurement,%s,ms/op,lower,,\r\n"
                                        .formatted(fork, score + fork - 2))
                                .collect(Collectors.joining()));
    }
}
