package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {

    private static final String CSV_HEADER =
            "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\",\"Unit\"\r\n";

    @TempDir
    Path root;

    @Test
    void theSlowedCaseIsNamedAndNoOther() throws IOException {
        Path before = json(
                "before", result("a.B.slow", "avgt", "us/op", 10, "1"), result("a.B.same", "avgt", "us/op", 3, "1"));
        Path after = json(
                "after", result("a.B.slow", "avgt", "us/op", 11.5, "1"), result("a.B.same", "avgt", "us/op", 3, "1"));

        Call call = compare(before, after);

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.out().lines().filter(line -> line.contains("regressed ")))
                .anyMatch(line -> line.contains("a.B.slow"))
                .noneMatch(line -> line.contains("a.B.same"));
        assertThat(root.resolve("charts/comparison")).isDirectoryContaining("glob:**index.html");
        assertThat(Files.readString(root.resolve("charts/comparison/index.html")))
                .contains("a.B.slow", "<svg");
        assertThat(Files.size(root.resolve("charts/comparison/change.png"))).isPositive();
    }

    @Test
    void moreIsBetterForARate() throws IOException {
        Path before = json("before", result("a.B.c", "thrpt", "ops/ms", 10, "1"));
        Path after = json("after", result("a.B.c", "thrpt", "ops/ms", 12, "1"));

        assertThat(compare(before, after).exitCode()).isZero();
        assertThat(compare(after, before).exitCode()).isEqualTo(1);
        assertThat(compare(before, after).out()).contains("improved");
    }

    @Test
    void unitsAreConverted() throws IOException {
        Path before = json("before", result("a.B.c", "avgt", "us/op", 1500, "1"));
        Path after = json("after", result("a.B.c", "avgt", "ms/op", 1.5, "1"));

        assertThat(cases(compare(before, after, "--format", "json"))
                        .get(0)
                        .path("verdict")
                        .stringValue())
                .isEqualTo("unchanged");
    }

    @Test
    void otherParametersAreNotComparableAndNothingComparedIsFour() throws IOException {
        Call call = compare(
                json("before", result("a.B.c", "avgt", "us/op", 10, "1")),
                json("after", result("a.B.c", "avgt", "us/op", 90, "2")));

        assertThat(call.exitCode()).isEqualTo(4);
        assertThat(call.out()).contains("not comparable", "the baseline has n=1", "the candidate has n=2");
        assertThat(call.err()).contains("no case of").contains("could be compared");
    }

    @Test
    void filesWithoutABenchmarkInCommonAreListedAndNothingIsCompared() throws IOException {
        Call call = compare(
                json("before", result("a.B.old", "avgt", "us/op", 10, "1")),
                json("after", result("a.B.fresh", "avgt", "us/op", 10, "1")));

        assertThat(call.exitCode()).isEqualTo(4);
        assertThat(call.out())
                .containsPattern("only in baseline .*a.B.old")
                .containsPattern("only in candidate .*a.B.fresh");
        assertThat(call.err()).contains("are they of the same benchmarks?");
    }

    @Test
    void aBenchmarkOfOneSideIsListed() throws IOException {
        Call call = compare(
                json("before", result("a.B.c", "avgt", "us/op", 10, "1"), result("a.B.gone", "avgt", "us/op", 1, "1")),
                json("after", result("a.B.c", "avgt", "us/op", 10, "1"), result("a.B.fresh", "avgt", "us/op", 1, "1")));

        assertThat(call.exitCode()).isZero();
        assertThat(call.out())
                .containsPattern("only in baseline .*a.B.gone")
                .containsPattern("only in candidate .*a.B.fresh");
    }

    @Test
    void undecidedBesideWhatIsDecidedFailsOnlyWhereThatIsAskedFor() throws IOException {
        Path before = json(
                "before", result("a.B.c", "avgt", "us/op", 10, "1", 0.2), result("a.B.same", "avgt", "us/op", 10, "1"));
        Path after = json(
                "after",
                result("a.B.c", "avgt", "us/op", 10.3, "1", 0.2),
                result("a.B.same", "avgt", "us/op", 10, "1"));

        assertThat(compare(before, after).exitCode()).isZero();
        assertThat(compare(before, after).out()).contains("undecided", "more forks a side would decide it");
        assertThat(compare(before, after, "--fail-on", "undecided").exitCode()).isEqualTo(3);
        assertThat(compare(before, after, "--fail-on", "any-change").exitCode()).isEqualTo(3);
        assertThat(compare(before, after, "--threshold", "90%").out()).contains("2 unchanged");
    }

    @Test
    void whereNothingAtAllIsDecidedTheExitCodeSaysSo() throws IOException {
        Path before = json("before", result("a.B.c", "avgt", "us/op", 10, "1", 0.2));
        Path after = json("after", result("a.B.c", "avgt", "us/op", 10.3, "1", 0.2));

        assertThat(compare(before, after).exitCode()).isEqualTo(3);
    }

    @Test
    void oneWideCaseDoesNotHideHowSmallAChangeTheOthersWouldShow() throws IOException {
        Path before = json(
                "before",
                result("a.B.one", "avgt", "us/op", 10, "1"),
                result("a.B.two", "avgt", "us/op", 10, "1"),
                result("a.B.wide", "avgt", "us/op", 10, "1", 0.5));
        Call call = compare(before, before, "--format", "json");

        JsonNode whole = JsonMapper.shared().readTree(call.out());
        assertThat(whole.path("minimum_detectable_change").doubleValue()).isBetween(0.05, 0.1);
        assertThat(whole.path("minimum_detectable_change_all").doubleValue()).isGreaterThan(0.3);
        assertThat(whole.path("cases"))
                .allSatisfy(one -> assertThat(
                                one.path("minimum_detectable_change").doubleValue())
                        .isBetween(
                                0.05,
                                whole.path("minimum_detectable_change_all").doubleValue()));
        assertThat(compare(before, before).out()).contains("would be found in half of the cases, one of");
    }

    @Test
    void aRunWhoseWorkWasChangedIsNotComparable() throws IOException {
        Path before = run("before", "0123");
        Path same = run("same", "0123");
        Path other = run("other", "4567");

        assertThat(compare(before, same).exitCode()).isZero();
        Call call = compare(before, other);
        assertThat(call.exitCode()).isEqualTo(4);
        assertThat(call.out()).contains("not comparable", "the baseline's has the fingerprint 0123");
    }

    @Test
    void aCaseThatFailedInOneOfTwoRunsIsNamedWithItsReason() throws IOException {
        Path whole = run("whole", "0123");
        Path broken = run("broken", "0123", """
                {"benchmark":"a.B.c","workload":"w","kind":"cpu-bound","model":"serial","params":"n=1","fork":3,
                 "reason":"boom"}""");
        Path never = run("never", "0123", """
                {"benchmark":"a.B.d","workload":"w","kind":"cpu-bound","model":"serial","params":"","fork":1,
                 "reason":"bang"}""");

        Call call = compare(whole, broken);
        assertThat(call.exitCode()).isEqualTo(5);
        assertThat(call.out())
                .containsPattern("failed .*a.B.c model=serial;n=1")
                .contains("it failed in the candidate: boom", "1 failed");
        assertThat(call.err()).contains("every case that could have been compared failed");

        call = compare(never, whole);
        assertThat(call.exitCode()).isEqualTo(5);
        assertThat(call.out())
                .containsPattern("failed .*a.B.d model=serial")
                .contains("it failed in the baseline: bang", "1 failed, 1 unchanged");
    }

    /** A run of ten forks, with a fingerprint of its only case, and what failed in it. */
    private Path run(String name, String fingerprint, String... failures) throws IOException {
        Path directory = Files.createDirectories(root.resolve("results").resolve(name));
        String rows = IntStream.range(0, 10)
                .mapToObj(i -> "a.B.c,w,cpu-bound,serial,n=1,%d,1,measurement,%s,ms/op,lower,,\r\n"
                        .formatted(i + 1, 10 + 0.01 * i))
                .collect(Collectors.joining());
        Files.writeString(
                directory.resolve("environment.json"), """
                {"run":"%s","profile":"p","seed":1,"forks":10,"startedAt":"2026-11-24T00:00:00Z","endedAt":"","cores":2,
                 "machine":{},"before":{},"after":{},"failures":[%s],"work":{"a.B.c model=serial;n=1":"%s"}}
                """.formatted(name, String.join(",", failures), fingerprint));
        return Files.writeString(
                directory.resolve("samples.csv"),
                "benchmark,workload,kind,model,params,fork,iteration,phase,score,unit,direction,cpu_ms,rss_mb\r\n"
                        + rows);
    }

    @Test
    void improvedFailsOnlyOnAnyChange() throws IOException {
        Path before = json("before", result("a.B.c", "avgt", "us/op", 10, "1"));
        Path after = json("after", result("a.B.c", "avgt", "us/op", 5, "1"));

        assertThat(compare(before, after, "--fail-on", "undecided").exitCode()).isZero();
        assertThat(compare(before, after, "--fail-on", "any-change").exitCode()).isEqualTo(1);
    }

    @Test
    void otherJdksAreSaidFirstAndRefusedWhenStrict() throws IOException {
        Path before = json("before", result("a.B.c", "avgt", "us/op", 10, "1"));
        Path after = json("after", result("a.B.c", "avgt", "us/op", 10, "1").replace("\"25\"", "\"26\""));

        assertThat(compare(before, after).out())
                .startsWith("! the sides were taken on different JDKs: baseline on VM 25");
        Call strict = compare(before, after, "--strict");
        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err()).contains("different JDKs").hasLineCount(1);
        assertThat(strict.out()).isEmpty();
    }

    @Test
    void whatIsNotKnownOfMachinesAndJdksIsSaidAndRefusedWhenStrict() throws IOException {
        Path json = json("before", result("a.B.c", "avgt", "us/op", 10, "1"));
        Path csv =
                Files.writeString(root.resolve("a.csv"), CSV_HEADER + "\"a.B.c\",\"avgt\",1,50,10.0,0.1,\"us/op\"\r\n");

        assertThat(compare(json, json).out()).contains("the machine of both sides is not known");
        assertThat(compare(csv, json).out()).contains("the JDK of the baseline is not known");
        Call strict = compare(json, csv, "--strict");
        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err())
                .contains("the machine of both sides is not known; the JDK of the candidate is not known")
                .hasLineCount(1);
        assertThat(strict.out()).isEmpty();
    }

    @Test
    void pooledScoresAreMarkedAsSuch() throws IOException {
        Path before =
                Files.writeString(root.resolve("a.csv"), CSV_HEADER + "\"a.B.c\",\"avgt\",1,50,10.0,0.1,\"us/op\"\r\n");
        Path after =
                Files.writeString(root.resolve("b.csv"), CSV_HEADER + "\"a.B.c\",\"avgt\",1,50,12.0,NaN,\"us/op\"\r\n");
        Path slow =
                Files.writeString(root.resolve("c.csv"), CSV_HEADER + "\"a.B.c\",\"avgt\",1,50,12.0,0.1,\"us/op\"\r\n");

        assertThat(compare(before, slow).exitCode()).isEqualTo(1);
        assertThat(compare(before, slow).out()).contains("pooled  a.B.c", "as if it were a fork");
        assertThat(compare(before, slow, "--format", "junit").out())
                .contains("(pooled)", "<system-out>", "as if it were a fork");
        assertThat(Files.readString(root.resolve("charts/comparison/index.html")))
                .contains("regressed +20.0%, pooled");
        assertThat(compare(before, after).out()).contains("undecided", "no error is given");
    }

    @Test
    void digitsThatJmhRoundedAwayMakeNoAlarm() throws IOException {
        Path before = csv("before.csv", "0.000001");
        Path after = csv("after.csv", "0.000002");

        Call call = compare(before, after);

        assertThat(call.exitCode()).isEqualTo(ExitCode.UNDECIDED.number());
        assertThat(call.out()).contains("undecided", "+100.0%");
    }

    private Path csv(String name, String score) throws IOException {
        return Files.writeString(
                root.resolve(name), CSV_HEADER + "\"a.B.c\",\"avgt\",1,25,%s,0.000000,\"s/op\"\r\n".formatted(score));
    }

    @Test
    void twoJdksAreRefusedWhenStrictAndOneGivenTwiceIsNot() throws IOException {
        Path other = root.resolve("other-jdk/bin/java");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "#!/bin/sh\n");
        assertThat(other.toFile().setExecutable(true)).isTrue();
        Files.writeString(root.resolve("fake.jar"), "PK");
        String jar = root.resolve("fake.jar").toString();
        String same = System.getProperty("java.home");

        assertThat(Call.of(root, "compare", jar, jar, "--strict", "--baseline-jvm", other.toString())
                        .err())
                .contains("--strict refuses two JDKs");
        assertThat(Call.of(root, "compare", jar, jar, "--strict", "--baseline-jvm", same)
                        .err())
                .contains("is not a JMH jar");
    }

    @Test
    void casesThatDifferInThreadsAloneAreToldApart() throws Exception {
        String header = CSV_HEADER.strip() + "\r\n";
        Path before = Files.writeString(
                root.resolve("a.csv"),
                header
                        + "\"a.B.c\",\"avgt\",1,50,10.0,0.1,\"us/op\"\r\n\"a.B.c\",\"avgt\",4,50,10.0,0.1,\"us/op\"\r\n");
        Path after = Files.writeString(
                root.resolve("b.csv"),
                header
                        + "\"a.B.c\",\"avgt\",1,50,10.0,0.1,\"us/op\"\r\n\"a.B.c\",\"avgt\",4,50,12.0,0.1,\"us/op\"\r\n");

        assertThat(compare(before, after).out().lines().filter(line -> line.startsWith("  regressed")))
                .singleElement()
                .asString()
                .endsWith("a.B.c on 4 threads (avgt)");
        assertThat(compare(before, after, "--format", "junit").out()).contains("name=\"c on 4 threads (avgt)\"");
        assertThat(compare(before, after, "--format", "json").out()).contains("\"threads\" : 4");
    }

    @Test
    void mentionsAndAddressesInNamesStayTextInAPullRequest() throws Exception {
        String hostile = "@org/team www.example.org GH-1 #1";
        Path before = json("before", result("a.B.c", "avgt", "us/op", 10, hostile));
        Path after = json("after", result("a.B.c", "avgt", "us/op", 12, hostile));

        String text = compare(before, after, "--format", "markdown").out();

        assertThat(text.replaceAll("`[^`]*`", "")).doesNotContain("@", "www.", "GH-", "#1");
        assertThat(text).contains("`a.B.c n=" + hostile + " (avgt)`");
    }

    @Test
    void aFileIsUtf8WhateverTheTerminalIsAndTheTextStillIsShown() throws Exception {
        Path before = json("before", result("a.B.c", "avgt", "us/op", 10, "\u00e9\u20ac"));
        Path after = json("after", result("a.B.c", "avgt", "us/op", 12, "\u00e9\u20ac"));
        Path file = root.resolve("text.txt");

        Call call = compare(before, after, "--output", file.toString());

        assertThat(Files.readString(file)).contains("n=\u00e9\u20ac");
        assertThat(call.out()).contains("regressed");
    }

    @Test
    void jsonHasEveryFieldAndItsVerdictFollowsFromItsInterval() throws IOException {
        Path before = json("before", result("a.B.c", "avgt", "us/op", 10, "1"));
        Path after = json("after", result("a.B.c", "avgt", "us/op", 12, "1"));
        Path file = root.resolve("out.json");

        Call call = compare(before, after, "--format", "json", "--output", file.toString());

        assertThat(call.out()).contains("regressed");
        JsonNode whole = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(whole.path("verdict").stringValue()).isEqualTo("regressed");
        assertThat(whole.path("false_alarm_rate").doubleValue()).isEqualTo(0.01);
        assertThat(whole.path("minimum_detectable_change").doubleValue()).isBetween(0.05, 0.2);
        JsonNode one = whole.path("cases").get(0);
        assertThat(one.path("benchmark").stringValue()).isEqualTo("a.B.c");
        assertThat(one.path("params").path("n").stringValue()).isEqualTo("1");
        assertThat(one.path("change").doubleValue()).isBetween(0.15, 0.25);
        assertThat(one.path("change_low").doubleValue())
                .isGreaterThan(one.path("threshold").doubleValue());
        assertThat(one.path("change_high").doubleValue())
                .isGreaterThan(one.path("change").doubleValue());
        assertThat(one.path("forks_baseline").intValue()).isEqualTo(10);
        assertThat(one.path("forks_candidate").intValue()).isEqualTo(10);
    }

    @Test
    void junitAndMarkdownSayTheSameAndEscapeNames() throws Exception {
        Path before = json("before", result("a.B.c", "avgt", "us/op", 10, "<x>|`&"));
        Path after = json("after", result("a.B.c", "avgt", "us/op", 12, "<x>|`&"));
        Path file = root.resolve("junit.xml");

        compare(before, after, "--format", "junit", "--output", file.toString());
        var suite = javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();

        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(((org.w3c.dom.Element) suite.getElementsByTagName("testcase").item(0)).getAttribute("name"))
                .contains("<x>|`&");
        assertThat(compare(before, after, "--format", "markdown").out())
                .contains("### Benchmarks: regressed", "**regressed**", "| ``a.B.c n=<x>\\|`& (avgt)`` |");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.json before.json | no run and no file 'missing.json'",
                "before.json cut.json | cut.json:1:",
                "before.json html | neither a samples.csv nor JMH's JSON nor JMH's CSV",
                "before.json before.json --threshold 5 | --threshold '5' lacks its sign; write 5%",
                "before.json before.json --threshold 0.05 | --threshold '0.05' could be 0.05% or 5.0%; write it with its sign",
                "before.json before.json --threshold five | --threshold 'five' is not a share",
                "before.json before.json --threshold 0% | --threshold '0%' is not a share",
                "before.json before.json --confidence 40% | --confidence '40%' is not a share between 50% and 100%",
                "before.json before.json --format jsn | unknown format 'jsn'; did you mean json?",
                "before.json before.json --fail-on never | unknown --fail-on 'never'",
                "before.json before.json --name ../x | '../x' cannot be a directory's name",
                "before.json | compare takes a BASELINE and a CANDIDATE",
                "before.json fake.jar | a jar or commit is measured live and a file is not",
                "missing.jar fake.jar | no file 'missing.jar'; name a JMH jar",
                "fake.jar fake.jar | fake.jar is not a JMH jar that can be started",
                "fake.jar fake.jar --budget 5 | --budget takes a time such as 500ms, 10s or 5m, not '5'",
                "fake.jar fake.jar -i 0 | -i takes a number of iterations, 1 at least, not 0",
                "fake.jar fake.jar -wi -1 | -wi takes a number of iterations, 0 at least, not -1",
                "fake.jar fake.jar -r 5 | -r takes a time such as 500ms, 10s or 5m, not '5'",
                "fake.jar fake.jar --budget 0s | --budget takes a time such as 500ms, 10s or 5m, not '0s'",
                "--self-test fake.jar fake.jar | a self-test compares one jar with itself",
                "--self-test missing.jar | no file 'missing.jar'; name a JMH jar",
                "--self-test fake.jar | fake.jar is not a JMH jar that can be started",
                "--self-test fake.jar --slowdown 5 | --slowdown '5' lacks its sign; write 5%",
                "--self-test fake.jar --same-code 0 --slowdown none | a self-test of no comparison",
                "--self-test fake.jar --slow-only ( | --slow-only '(' is no regular expression",
                "--self-test fake.jar --jar x | a self-test has the same on both sides",
                "--self-test --resume | there is no",
                "fake.jar fake.jar --include ( | --include '(' is no regular expression",
                "before.json before.json --include x | --include cannot be given here: two files are compared as they are",
                "before.json before.json --budget 5m | --budget cannot be given here: two files are compared as they are",
                "before.json before.json --resume | --resume cannot be given here: it is an option of --self-test",
                "before.json before.json --output nowhere/x.json | --output: there is no directory",
                "before.json before.json --output . | is a directory; name a file",
                "fake.jar fake.jar --build x | --build cannot be given here: jars are built already",
                "--self-test fake.jar --fail-on undecided | --fail-on cannot be given here: a self-test",
                "fake.jar fake.jar --jvm nowhere | nowhere is neither a java nor a JDK's home",
            })
    void aWrongCallIsToldInOneLine(String words, String message) throws IOException {
        json("before", result("a.B.c", "avgt", "us/op", 10, "1"));
        Files.writeString(root.resolve("cut.json"), "[{\"benchmark\":");
        Files.writeString(root.resolve("html"), "<html></html>");
        Files.writeString(root.resolve("fake.jar"), "PK");
        String[] given = words.split(" ", -1);
        for (int i = 0; i < given.length; i++) {
            Path file = root.resolve(given[i]).normalize();
            given[i] = Files.isRegularFile(file) ? file.toString() : given[i];
        }

        Call call = Call.of(root, concat("compare", given));

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains(message).hasLineCount(1);
        assertThat(call.out()).isEmpty();
        assertThat(root.resolve("charts")).doesNotExist();
    }

    private Call compare(Path before, Path after, String... options) {
        return Call.of(root, concat("compare", concat(before.toString(), concat(after.toString(), options))));
    }

    private static String[] concat(String first, String... rest) {
        String[] all = new String[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private static JsonNode cases(Call call) {
        return JsonMapper.shared().readTree(call.out()).path("cases");
    }

    private Path json(String name, String... results) throws IOException {
        return Files.writeString(root.resolve(name + ".json"), "[" + String.join(",", results) + "]");
    }

    private static String result(String benchmark, String mode, String unit, double score, String n) {
        return result(benchmark, mode, unit, score, n, 0.01);
    }

    /** Ten forks that lie evenly within {@code spread} around a score. */
    private static String result(String benchmark, String mode, String unit, double score, String n, double spread) {
        String forks = IntStream.range(0, 10)
                .mapToObj(i -> String.format(Locale.ROOT, "[%s]", score * (1 + spread * (i - 4.5) / 4.5)))
                .collect(Collectors.joining(","));
        return """
                {"benchmark":"%s","mode":"%s","threads":1,"vmName":"VM","vmVersion":"25","params":{"n":"%s"},
                 "primaryMetric":{"score":1,"scoreError":1,"scoreUnit":"%s","rawData":[%s]}}""".formatted(benchmark, mode, n, unit, forks);
    }
}
