package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.concurrencybench.benchmark.TextbookProgram;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.sample.Sample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CPython's column, with a shell script in the place of {@code python3}. */
class CPythonTest {

    @TempDir
    Path root;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<Sample> table = new ArrayList<>();

    @BeforeEach
    void aScriptThatIsThere() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        Path script = root.resolve(CPython.SCRIPT);
        Files.createDirectories(script.getParent());
        Files.createFile(script);
    }

    /** The two tickers and the tracebacks that a worker leaves before the seconds. */
    @Test
    void eachProgramRunsOnceAForkAndItsLastLineAreItsSeconds() throws Exception {
        CPython cpython = cpython(interpreter("echo Traceback >&2; echo 0.25"), CPythonTest::never);

        CPython.Side side = cpython.measure(plan("ticker"), List.of(), table::addAll);

        assertThat(side.missing()).isEmpty();
        assertThat(side.samples()).isEqualTo(table).extracting(Sample::score).containsOnly(250.0);
        assertThat(table)
                .extracting(sample -> sample.key().params().get("slowTimes").orElse("") + "#" + sample.fork())
                .containsExactly("2#1", "3#1", "3#2", "3#3");
    }

    @Test
    void whatAnEarlierProcessMeasuredIsNotMeasuredAgain() throws Exception {
        CPython cpython = cpython(interpreter("echo 0.25"), CPythonTest::never);
        List<Sample> before =
                cpython.measure(plan("failure"), List.of(), table::addAll).samples();
        table.clear();

        CPython.Side side = cpython.measure(plan("failure"), before.subList(0, 2), table::addAll);

        assertThat(table).extracting(Sample::fork).containsExactly(3);
        assertThat(side.samples()).isEqualTo(before);
    }

    @Test
    void withoutAnInterpreterTheColumnIsLeftOutAndSaidToBe() throws Exception {
        CPython.Side side =
                cpython("no-such-python3", CPythonTest::never).measure(plan("failure"), List.of(), table::addAll);

        assertThat(side.samples()).isEmpty();
        assertThat(side.missing()).startsWith("'no-such-python3' cannot be started");
        assertThat(told())
                .contains("the column of CPython is left out: 'no-such-python3'")
                .hasLineCount(1);
    }

    @Test
    void withoutItsProgramsTheColumnIsLeftOutAndSaidToBe() throws Exception {
        Files.delete(root.resolve(CPython.SCRIPT));

        assertThat(cpython(interpreter("echo 1"), CPythonTest::never)
                        .measure(plan("failure"), List.of(), table::addAll)
                        .missing())
                .isEqualTo("there is no src/peers/python/textbook.py");
    }

    @Test
    void aProgramThatFailsIsToldInOneLineEachTimeAndTheOthersGoOn() throws Exception {
        CPython cpython = cpython(
                interpreter("case \"$*\" in *slowTimes=2*) echo wrong; echo answer; exit 1;; esac; echo 2"),
                CPythonTest::never);

        CPython.Side side = cpython.measure(plan("ticker"), List.of(), table::addAll);

        assertThat(side.missing()).endsWith("exited with code 1: wrong | answer");
        assertThat(told()).contains("CPython's side is not measured").hasLineCount(1);
        assertThat(table)
                .hasSize(3)
                .allSatisfy(sample -> assertThat(sample.key()).isEqualTo(Textbook.key(TextbookProgram.SLOWER_TICKERS)));
    }

    @Test
    void whatPrintsNoSecondsIsAFailure() throws Exception {
        CPython.Side side = cpython(interpreter("echo done"), CPythonTest::never)
                .measure(plan("failure"), List.of(), table::addAll);

        assertThat(side.missing()).endsWith("printed 'done' in place of its seconds");
        assertThat(table).isEmpty();
    }

    @Test
    void aRunThatIsStoppedBeforeItSaysSoAndNotThatPythonIsAbsent() throws Exception {
        CPython.Side side = cpython("no-such-python3", () -> true).measure(plan("failure"), List.of(), table::addAll);

        assertThat(side.missing()).isEqualTo("the run was stopped before it");
        assertThat(told()).isEmpty();
    }

    @Test
    void aRunThatIsStoppedMeanwhileKeepsWhatThereIs() throws Exception {
        CPython.Side side = cpython(interpreter("echo 1"), () -> !table.isEmpty())
                .measure(plan("failure"), List.of(), table::addAll);

        assertThat(side.missing()).isEqualTo("the run was stopped while it went on");
        assertThat(side.samples()).hasSize(1);
    }

    @Test
    void aPlanThatReplaysNothingNeedsNoCPython() throws Exception {
        Plan smoke = PlanBuilder.build("run", "smoke", List.of(), List.of(), List.of(), 1, 2);

        assertThat(cpython("no-such-python3", CPythonTest::never).measure(smoke, List.of(), table::addAll))
                .isEqualTo(new CPython.Side(List.of(), ""));
    }

    private CPython cpython(String interpreter, BooleanSupplier stop) {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new CPython(interpreter, root, new Console(stream, stream, false, false), stop);
    }

    private static boolean never() {
        return false;
    }

    private String told() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /** What says its version and does that with whatever it is given. */
    private String interpreter(String does) throws IOException {
        Path file = Files.writeString(
                root.resolve("python"), "#!/bin/sh\n[ \"$1\" = --version ] && exit 0\n" + does + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private static Plan plan(String workload) throws UsageException {
        return PlanBuilder.build("run", "textbook", List.of(workload), List.of(), List.of(), 1, 2);
    }
}
