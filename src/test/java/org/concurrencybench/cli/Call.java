package org.concurrencybench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of the program within this JVM, and what came of it.
 *
 * @param exitCode what a script would see
 * @param out all that went to stdout
 * @param err all that went to stderr
 */
record Call(int exitCode, String out, String err) {

    static Call of(Path root, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("--root", root.toString()));
        arguments.addAll(List.of(words));
        Console console =
                new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false);
        ExitCode code = new Main(console).run(arguments);
        return new Call(code.number(), out.toString(UTF_8), err.toString(UTF_8));
    }
}
