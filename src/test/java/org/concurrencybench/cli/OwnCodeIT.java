package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A project that has nothing to do with ours, and its functions under our models. */
class OwnCodeIT {

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
            }
            """;

    private static final String OWN_WORKLOAD = """
            package com.acme;

            import java.io.DataInput;
            import java.io.DataOutput;
            import java.io.IOException;
            import java.util.List;
            import org.concurrencybench.workload.*;

            public final class Orders implements WorkloadDefinition {
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
    void aFunctionThatWaitsIsSeenToWait() throws Exception {
        Program.Outcome outcome = own("fetch", "1..10", "waits", "serial,virtual-threads");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("like square-cube, it waits");
        assertThat(outcome.out()).contains("sleep-bound: own-function", "Fastest: virtual-threads with ", "It costs ");
        assertThat(Files.readString(program.file("results/waits/summary.csv")))
                .contains(",own-function,sleep-bound,virtual-threads,");
    }

    @Test
    void aFunctionThatComputesIsSeenToCompute() throws Exception {
        Program.Outcome outcome = own("compute", "1..40", "computes", "serial,platform-threads");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("like sum-of-squares, it computes");
        assertThat(outcome.out()).contains("cpu-bound: own-function", "platform-threads");
    }

    @Test
    void aFunctionThatIsNotThreadSafeIsCaughtBeforeAnybodyBelievesItsSpeed() throws Exception {
        Program.Outcome outcome = own("unsafe", "1..200", "unsafe", "serial,platform-threads");

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.SOME_FAILED.number());
        assertThat(outcome.err())
                .contains("failed: own-function platform-threads ")
                .contains("usually means that the function is not thread-safe");
        assertThat(Files.readString(program.file("charts/unsafe/index.html"))).contains("is not thread-safe");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "broken|1 of 5 calls threw; the first, for '3' (input 1..5): java.lang.IllegalStateException: three",
                "hangs|the call for '3' (input 1..5) has not returned after 300 ms",
                "exits|VM prematurely exited"
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
                "com.acme.Orders",
                "-p",
                "orders=500",
                "--model",
                "serial,child-jvms",
                "--name",
                "orders");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Files.readString(program.file("results/orders/summary.csv")))
                .contains(",orders,cpu-bound,child-jvms,orders=500;parallelism=2,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--function com.acme.Thumbnails::nope --inputs 1..5|class 'com.acme.Thumbnails' has no public method 'nope'",
                "--function com.acme.Nope::make --inputs 1..5|no class 'com.acme.Nope' on the class path",
                "--function com.acme.Thumbnails::compute|--function needs --classpath",
                "--function com.acme.Thumbnails::compute --inputs 1..5 --timeout soon|--timeout takes a time such as",
                "--workload com.acme.Nothing|no class 'com.acme.Nothing' on the class path",
                "--workload com.acme.Thumbnails|class 'com.acme.Thumbnails' is no org.concurrencybench.workload",
                "--workload com.acme.Orders -p orders=0|parameter orders is '0', but must be a whole number"
            })
    void wrongWordsAreAnsweredInOneLine(String words, String message) throws Exception {
        Program.Outcome outcome =
                program.run(Stream.concat(Stream.of("run", "--classpath", jar.toString()), Stream.of(words.split(" ")))
                        .toArray(String[]::new));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_CALL.number());
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains(message);
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
                        "--model",
                        models,
                        "--name",
                        name)
                .toArray(new String[0]));
    }
}
