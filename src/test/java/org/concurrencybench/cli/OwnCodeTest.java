package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words and classes that are wrong: one line each, before anything is measured. */
class OwnCodeTest {

    private static final String FUNCTIONS = """
            package com.acme;

            public final class Functions {
                public enum Broken {
                    A;
                    static {
                        if (true) {
                            throw new IllegalStateException("no palette");
                        }
                    }
                }
                public enum Mute {
                    A;
                    @Override public String toString() { throw new IllegalStateException("two\\nlines"); }
                }
                public static long compute(long number) { return number; }
                public static int object(Object any) { return 0; }
                public static int colour(Broken colour) { return 0; }
                public static int mute(Mute colour) { return 0; }
                public int bound(int number) { return number; }
            }
            """;

    /** What a workload of theirs has at least; each of the others has one method that is not as it should be. */
    private static final String ORDERS = """
            package com.acme;

            import java.util.List;
            import org.concurrencybench.workload.*;

            public class Orders implements WorkloadDefinition {
                @Override public String name() { return "orders"; }
                @Override public Kind kind() { return Kind.CPU_BOUND; }
                @Override public String lesson() { return "none"; }
                @Override public List<Parameter> parameters() {
                    return List.of(new Parameter.WholeNumber("orders", 100, 1, 1000000, "how many"));
                }
                @Override public int naturalParallelism(Settings settings, int cores) { return 2; }
                @Override public double idealSpeedup(Settings settings, int parallelism, int cores) { return 1; }
                @Override public Workload<?> create(Settings settings, SharedState shared) {
                    throw new IllegalStateException("never made");
                }
            }
            """;

    private static final String THROW = "{ throw new IllegalStateException(\"not today\"); }";

    /** Class and what it has in its body. */
    private static final List<List<String>> MISTAKEN = List.of(
            List.of("Unmade", "public Unmade() " + THROW),
            List.of("Initial", "static final int NUMBER = Integer.parseInt(\"none\");"),
            List.of("Nameless", "@Override public String name() " + THROW),
            List.of("Null", "@Override public String name() { return null; }"),
            List.of("Loud", "@Override public String name() { return \"LOUD words\"; }"),
            List.of("Clash", "@Override public String name() { return \"bank-balance\"; }"),
            List.of("Deep", "@Override public List<Parameter> parameters() { return parameters(); }"),
            List.of(
                    "Taken",
                    "@Override public List<Parameter> parameters() {"
                            + " return List.of(new Parameter.WholeNumber(\"model\", 1, 1, 2, \"which\")); }"),
            List.of("Natural", "@Override public int naturalParallelism(Settings settings, int cores) " + THROW),
            List.of("Zero", "@Override public int naturalParallelism(Settings settings, int cores) { return 0; }"),
            List.of(
                    "Ideal",
                    "@Override public double idealSpeedup(Settings settings, int parallelism, int cores) " + THROW),
            List.of("Answer", "@Override public String rightAnswer(Settings settings) " + THROW));

    @TempDir
    static Path shared;

    private static Path classes;

    @TempDir
    private Path root;

    @BeforeAll
    static void theirProject() throws Exception {
        Path sources = Files.createDirectories(shared.resolve("src/com/acme"));
        classes = Files.createDirectory(shared.resolve("classes"));
        List<String> command = new ArrayList<>(List.of(
                "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn", "-d", classes.toString()));
        command.add(
                Files.writeString(sources.resolve("Functions.java"), FUNCTIONS).toString());
        command.add(Files.writeString(sources.resolve("Orders.java"), ORDERS).toString());
        for (List<String> one : MISTAKEN) {
            String text = "package com.acme;\n\nimport java.util.List;\nimport org.concurrencybench.workload.*;\n\n"
                    + "public class %s extends Orders {\n%s\n}\n".formatted(one.getFirst(), one.getLast());
            command.add(Files.writeString(sources.resolve(one.getFirst() + ".java"), text)
                    .toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, said, said, command.toArray(new String[0]));
        assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
        byte[] newer = Files.readAllBytes(classes.resolve("com/acme/Orders.class"));
        newer[6] = 0x7F;
        Files.write(classes.resolve("com/acme/Newer.class"), newer);
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("org.concurrencybench.workload.WorkloadDefinition"),
                "com.acme.Missing\ncom.acme.Unmade\ncom.acme.Nameless\ncom.acme.Orders\n");
        Files.writeString(shared.resolve("inputs.txt"), "1\nsix\n");
        Files.writeString(shared.resolve("text.jar"), "no jar\n");
    }

    private Call run(String words) {
        return Call.of(
                root,
                Stream.concat(Stream.of("run"), Stream.of(words.split(" ")))
                        .map(word -> word.replace("CLASSES", classes.toString()).replace("SHARED", shared.toString()))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--function com.acme.Functions::nope --inputs 1..5|class 'com.acme.Functions' has no public method 'nope'",
                "--function com.acme.Nope::make --inputs 1..5|no class 'com.acme.Nope' on the class path",
                "--function com.acme.Functions::compute|--function needs --classpath",
                "--function com.acme.Functions::compute --inputs 1..5 --timeout soon|--timeout takes a time such as",
                "--function com.acme.Functions::bound --inputs 1..5|com.acme.Functions::bound cannot be called: it is not static",
                "--function com.acme.Functions::object --inputs 1..5|takes a java.lang.Object; it may take",
                "--function com.acme.Newer::name --inputs 1..5|class 'com.acme.Newer' was compiled for a newer JDK",
                "--function com.acme.Functions::compute --inputs SHARED/inputs.txt|line 2: 'six' is no long",
                "--function com.acme.Functions::colour --inputs 1..1|(its constants cannot be made: java.lang.IllegalStateException: no palette)",
                "--function com.acme.Functions::mute --inputs 1..1|com.acme.Functions$Mute.toString threw java.lang.IllegalStateException: two | lines",
                "--function com.acme.Functions::compute --inputs 1..5 -p size=3|a function has no parameter but parallelism",
                "--function com.acme.Functions::compute --inputs 1..5 -p parallelism=0|-p parallelism: '0' is no number of units",
                "--workload com.acme.Nothing|no class 'com.acme.Nothing' on the class path, and no service file lists a workload of that name; one that is listed is broken: ",
                "--workload com.acme.Functions|class 'com.acme.Functions' is no org.concurrencybench.workload",
                "--workload com.acme.Newer|class 'com.acme.Newer' was compiled for a newer JDK",
                "--workload com.acme.Unmade|cannot be made without arguments: java.lang.IllegalStateException: not today",
                "--workload com.acme.Initial|class 'com.acme.Initial' cannot be made without arguments: java.lang.NumberFormatException",
                "--workload com.acme.Nameless|com.acme.Nameless.name threw java.lang.IllegalStateException: not today",
                "--workload com.acme.Null|com.acme.Null.name returned null",
                "--workload com.acme.Loud|the workload's name is 'LOUD words'; take small letters, digits and hyphens",
                "--workload com.acme.Clash|run-benchmarks: 'bank-balance' is a workload of ours; give yours another name",
                "--workload sum-of-squares|run-benchmarks: 'sum-of-squares' is a workload of ours",
                "--workload com.acme.Deep|com.acme.Deep.parameters threw java.lang.StackOverflowError",
                "--workload com.acme.Taken|workload 'orders' has a parameter 'model', which means something else",
                "--workload com.acme.Natural|com.acme.Natural.naturalParallelism threw java.lang.IllegalStateException: not today",
                "--workload com.acme.Zero|com.acme.Zero.naturalParallelism is 0; it has to be 1 at least",
                "--workload com.acme.Ideal|com.acme.Ideal.idealSpeedup threw java.lang.IllegalStateException: not today",
                "--workload com.acme.Answer|com.acme.Answer.fingerprint threw java.lang.IllegalStateException: not today",
                "--workload com.acme.Orders -p orders=0|parameter orders is '0', but must be a whole number",
                "--workload com.acme.Orders -p orders=5,0|parameter orders is '0', but must be a whole number",
                "--workload com.acme.Orders -p 5|-p takes name=value, not '5'",
                "--workload com.acme.Orders --precision 200%|--precision '200%' is not a share from 0 to 100%",
                "--workload com.acme.Orders --budget soon|--budget takes a time such as",
                "--workload com.acme.Orders --jvm SHARED|there is no java to run at",
                "--workload com.acme.Orders --profile textbok|unknown profile for your own code 'textbok' (there are smoke, standard)",
                "--workload com.acme.Orders --profile smok|did you mean smoke?",
                "--workload com.acme.Orders --timeout 5s|--timeout is for --function",
                "--workload com.acme.Orders --inputs 1..5|--inputs is for --function",
                "--workload com.acme.Orders --function com.acme.Functions::compute --inputs 1..5|take one of them"
            })
    void wrongWordsAndClassesAreAnsweredInOneLine(String words, String message) {
        assertIsRefused(run(words + " --classpath CLASSES"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--workload com.acme.Orders --classpath no-such.jar|--classpath: 'no-such.jar' is no jar and no directory",
                "--function com.acme.Functions::compute --inputs 1..5 --classpath no-such.jar|--classpath: 'no-such.jar' is no jar",
                "--function com.acme.Functions::compute --inputs 1..5 --classpath SHARED/text.jar|text.jar' is no jar and no directory",
                "--function com.acme.Functions::compute --inputs 1..5|--function needs --classpath",
                "--classpath CLASSES|--classpath needs --function, or the class of one workload"
            })
    void soIsAWrongClassPath(String words, String message) {
        assertIsRefused(run(words), message);
    }

    @Test
    void aRunOfThatNameIsToldBeforeTheLook() throws Exception {
        Files.createDirectories(root.resolve("results/taken"));

        assertIsRefused(
                run("--workload com.acme.Orders --name taken --classpath CLASSES"),
                "results/taken is there already; take another --name");
    }

    private void assertIsRefused(Call call, String message) {
        assertThat(call.err()).hasLineCount(1).contains(message);
        assertThat(call.exitCode()).isEqualTo(ExitCode.BAD_CALL.number());
        assertThat(root.resolve("charts")).doesNotExist();
    }

    @Test
    void oneThatIsListedIsFoundByItsNameAmongOthersThatAreBroken() throws Exception {
        OwnCode code = OwnCode.workload(classes.toString(), "orders", List.of("orders=5", "7", "parallelism=3"));

        assertThat(code.definition().getClass().getName()).isEqualTo("com.acme.Orders");
        assertThat(code.variants().stream().map(one -> one.word("orders"))).containsExactly("5", "7");
        assertThat(code.parallelisms()).containsExactly(3);
    }
}
