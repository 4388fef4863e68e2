package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.concurrencybench.foreign.ForeignCopy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A project that has nothing to do with ours, and its functions under our models. */
class OwnCodeIT {

    /** What forks compute here is checked and not measured. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final String SOURCE = """
            package com.acme;

            public final class Thumbnails {
                private static final StringBuilder SHARED = new StringBuilder();

                public static String fetch(String name) throws InterruptedException {
                    Thread.sleep(20);
                    return name + ".png";
                }

                public static long compute(long number) {
                    long value = number;
                    for (int i = 0; i < 200_000; i++) {
                        value = value * 6364136223846793005L + 1442695040888963407L;
                    }
                    return value;
                }

                public static String unsafe(int number) {
                    SHARED.setLength(0);
                    for (int i = 0; i < 20_000; i++) {
                        SHARED.append((char) ('a' + number % 26));
                    }
                    return SHARED.toString();
                }

                public static int broken(int number) {
                    if (number == 3) {
                        throw new IllegalStateException("three");
                    }
                    return number;
                }

                public static int hangs(int number) throws InterruptedException {
                    if (number == 3) {
                        Thread.sleep(1_000_000);
                    }
                    return number;
                }

                public static int exits(int number) {
                    System.exit(0);
                    return number;
                }

                public static int leaves(int number) {
                    Thread left = new Thread(() -> {
                        try {
                            Thread.sleep(1_000_000);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }, "left-behind");
                    left.start();
                    return number;
                }

                public static String where(int number) {
                    System.out.println("a line on stdout");
                    System.err.println("a line on stderr");
                    System.out.close();
                    // Fails in forks without the flag, that of the look among them.
                    return new java.io.File("").getAbsolutePath() + " " + System.getProperty("com.acme.mark").length();
                }

                private static void sleep(int number) {
                    try {
                        Thread.sleep(2);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }

                public static synchronized int behindALock(int number) {
                    sleep(number);
                    return number;
                }
            }
            """;

    private static final String OWN_WORKLOAD = """
            package com.acme;

            import java.io.DataInput;
            import java.io.DataOutput;
            import java.io.IOException;
            import java.util.List;
            import org.concurrencybench.workload.*;

            public class Orders implements WorkloadDefinition {
                @Override public String name() { return "orders"; }
                @Override public Kind kind() { return Kind.CPU_BOUND; }
                @Override public String lesson() { return "orders are counted under a lock"; }
                @Override public List<Parameter> parameters() {
                    return List.of(new Parameter.WholeNumber("orders", 100, 1, 1000000, "how many"));
                }
                @Override public int naturalParallelism(Settings settings, int cores) { return 2; }
                @Override public double idealSpeedup(Settings settings, int parallelism, int cores) { return 1; }
                @Override public Workload<Long> create(Settings settings, SharedState shared) {
                    LockedLong count = shared.lockedLong(LockKind.OWN);
                    int orders = settings.number("orders");
                    return new Workload<>() {
                        @Override public int taskCount() { return orders; }
                        @Override public void reset() { count.set(0); }
                        @Override public Long run(int first, int end) {
                            for (int i = first; i < end; i++) { count.add(1); }
                            return (long) end - first;
                        }
                        @Override public Long merge(List<Long> parts) {
                            return parts.stream().mapToLong(Long::longValue).sum();
                        }
                        @Override public void check(Long answer) throws WrongAnswerException {
                            if (answer != orders || count.get() != orders) {
                                throw new WrongAnswerException("orders", orders, count.get());
                            }
                        }
                        @Override public Codec<Long> codec() {
                            return new Codec<>() {
                                @Override public void write(Long part, DataOutput out) throws IOException {
                                    out.writeLong(part);
                                }
                                @Override public Long read(DataInput in) throws IOException { return in.readLong(); }
                            };
                        }
                    };
                }
            }
            """;

    @TempDir
    static Path shared;

    private static Program program;
    private static Path jar;

    @BeforeAll
    static void theirProject() throws IOException {
        program = new Program(shared);
        Path sources = Files.createDirectories(shared.resolve("src/com/acme"));
        Path classes = Files.createDirectory(shared.resolve("classes"));
        Files.writeString(sources.resolve("Thumbnails.java"), SOURCE);
        Files.writeString(sources.resolve("Orders.java"), OWN_WORKLOAD);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        sources.resolve("Thumbnails.java").toString(),
                        sources.resolve("Orders.java").toString());
        assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("org.concurrencybench.workload.WorkloadDefinition"), "com.acme.Orders\n");
        jar = pack(classes);
    }

    private static Path pack(Path classes) throws IOException {
        Path packed = shared.resolve("my.jar");
        try (OutputStream file = Files.newOutputStream(packed);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(one).toString().replace('\\', '/')));
                Files.copy(one, out);
                out.closeEntry();
            }
        }
        return packed;
    }

    @Test
    void aLockIsSeenAndTheReportMadeAgainFromFilesSaysTheSame() throws Exception {
        Program.Outcome outcome = own("behindALock", "1..20", "lock", "serial,platform-threads");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("Your tasks wait ")
                .containsPattern(
                        "they stand before locks for [1-9][0-9]% of their time, most of it before java.lang.Class")
                .contains("like bank-balance they meet at a lock");
        List<String> said = advice(outcome);
        Program.Outcome again = program.run("report", "lock");
        assertThat(advice(again)).isNotEmpty().isEqualTo(said);
        assertThat(Files.readString(program.file("charts/lock/index.html")))
                .contains("<h2 id=\"own\">Your code</h2>", "like bank-balance they meet at a lock");

        Program.Outcome same = program.run("compare", "lock", "lock");
        assertThat(same.exitCode()).as(same.err()).isIn(ExitCode.DONE.number(), ExitCode.UNDECIDED.number());
        assertThat(same.out()).contains("OwnCodeBenchmark.run", "com.acme.Thumbnails::behindALock");
    }

    private static List<String> advice(Program.Outcome outcome) {
        return outcome.out()
                .lines()
                .dropWhile(line -> !line.startsWith("Your tasks wait "))
                .takeWhile(line -> !line.isBlank())
                .toList();
    }

    @Test
    void childJvmsHaveTheDirectoryAndTheFlagsAndWhatIsPrintedOrClosedHarmsNobody() throws Exception {
        Program.Outcome outcome = program.run(
                "run",
                "--profile",
                "smoke",
                "--classpath",
                jar.toString(),
                "--function",
                "com.acme.Thumbnails::where",
                "--inputs",
                "1..4",
                "--jvm-args",
                "-Dcom.acme.mark=here -XX:+UseParallelGC",
                "--model",
                "child-jvms",
                "--name",
                "where");

        // An answer that differed from the fork's own would fail the case.
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Files.readString(program.file("results/where/summary.csv"))).contains(",child-jvms,");
    }

    @Test
    void aRunOfOwnCodeGoesOnWithTheSameClassesAlone() throws Exception {
        Program.Outcome whole = own("fetch", "1..4", "goes-on", "serial");
        assertThat(whole.exitCode()).as(whole.err()).isZero();
        Path samples = program.file("results/goes-on/samples.csv");
        List<String> rows = Files.readAllLines(samples);
        // Rows come fork by fork; the run is cut off after the first of each case.
        String half = rows.stream()
                .filter(row -> !row.split(",", -1)[5].matches("[2-9]"))
                .map(row -> row + "\r\n")
                .collect(Collectors.joining());
        Files.writeString(samples, half);
        Path other = shared.resolve("other.jar");
        Files.copy(jar, other);
        try (OutputStream more = Files.newOutputStream(other, StandardOpenOption.APPEND)) {
            more.write(0);
        }

        Program.Outcome without = program.run("run", "--resume", "goes-on");
        Program.Outcome changed = program.run("run", "--resume", "goes-on", "--classpath", other.toString());
        Program.Outcome resumed = program.run("run", "--resume", "goes-on", "--classpath", jar.toString());

        assertThat(without.exitCode()).isEqualTo(ExitCode.BAD_CALL.number());
        assertThat(without.err()).contains("give the same --classpath again");
        assertThat(changed.exitCode()).isEqualTo(ExitCode.BAD_CALL.number());
        assertThat(changed.err()).contains("was begun with another own code");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        // How long a fork's warm-up is follows from the first fork's samples, of which some were lost.
        assertThat(measured(Files.readAllLines(samples))).containsExactlyInAnyOrderElementsOf(measured(rows));
    }

    /** Model, parameters, fork and iteration of each row that counts. */
    private static List<String> measured(List<String> rows) {
        return rows.stream()
                .map(row -> row.split(",", -1))
                .filter(cells -> cells[7].equals("measurement"))
                .map(cells -> String.join(" ", Arrays.copyOfRange(cells, 3, 7)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "broken|1 of 5 calls threw; the first, for '3' (input 1..5): java.lang.IllegalStateException: three",
                "hangs|the call for '3' (input 1..5) has not returned after 300 ms",
                "exits|the JVM was ended by System.exit in com.acme.Thumbnails.exits; a call has to return",
                "leaves|threads that your code started still run after the batch (the first is 'left-behind')"
            })
    void oneThatFailsInOneThreadIsNotMeasured(String method, String message) throws Exception {
        Program.Outcome outcome = program.run(
                "run",
                "--classpath",
                jar.toString(),
                "--function",
                "com.acme.Thumbnails::" + method,
                "--inputs",
                "1..5",
                "--timeout",
                "300ms",
                "--name",
                "not-" + method);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOTHING_MEASURED.number());
        assertThat(outcome.err()).contains("before any measurement: ", message);
        assertThat(program.file("results/not-" + method)).doesNotExist();
    }

    @Test
    void aWorkloadOfTheirsGoesThroughTheSameInterfaceAsOurs() throws Exception {
        Program.Outcome outcome = program.run(
                "run",
                "--profile",
                "smoke",
                "--classpath",
                jar.toString(),
                "--workload",
                "orders",
                "-p",
                "orders=500",
                "--model",
                "child-jvms",
                "--name",
                "orders");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Files.readString(program.file("results/orders/summary.csv")))
                .contains(",orders,cpu-bound,child-jvms,orders=500;parallelism=2,");
    }

    @Test
    void oneOfOursFromSomebodyElsesPackageIsMeasuredByItsClass() throws Exception {
        Path copy = shared.resolve("copy");
        assertThat(ForeignCopy.compile(Program.PROJECT, copy)).isEmpty();

        Program.Outcome outcome = program.run(
                "run",
                "--profile",
                "smoke",
                "--classpath",
                copy.resolve("classes").toString(),
                "--workload",
                "com.acme.BankBalance",
                "-p",
                "transfers=500,1000",
                "--jvm-args",
                QUICK,
                "--model",
                "serial,child-jvms",
                "--name",
                "ours-as-theirs");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Files.readString(program.file("results/ours-as-theirs/summary.csv")))
                .containsPattern(
                        "OwnCodeBenchmark.run,their-bank-balance,lock-contended,child-jvms,[^,]*transfers=500,.*,1\\.0,[0-9.E-]+,")
                .containsPattern("their-bank-balance,lock-contended,child-jvms,[^,]*transfers=1000,");
        assertThat(outcome.out()).contains("transfers 500: The hardware allows 1", "transfers 1000: ");
        assertThat(Files.readString(program.file("results/ours-as-theirs/environment.json")))
                .containsPattern("OwnCodeBenchmark.run [^\"]*transfers=500\" : \"[0-9a-f]{16}\"")
                .containsPattern("OwnCodeBenchmark.run [^\"]*transfers=500\" : 1\\.0")
                .contains("\"look setting\" : \"transfers=500\"");
        Program.Outcome again = program.run("report", "ours-as-theirs");
        assertThat(again.out()).contains("transfers 500: The hardware allows 1");
    }

    private static Program.Outcome own(String method, String inputs, String name, String models) throws Exception {
        return program.run(List.of(
                        "run",
                        "--profile",
                        "smoke",
                        "--classpath",
                        jar.toString(),
                        "--function",
                        "com.acme.Thumbnails::" + method,
                        "--inputs",
                        inputs,
                        "--jvm-args",
                        QUICK,
                        "--model",
                        models,
                        "--name",
                        name)
                .toArray(new String[0]));
    }
}
