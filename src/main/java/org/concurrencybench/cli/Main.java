package org.concurrencybench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.concurrencybench.runner.RawJmh;
import org.concurrencybench.sample.FormatException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: finds the command, runs it, and turns what came of it into an exit code. */
@Command(
        name = "run-benchmarks.sh",
        description = "Which way of running work is fastest on this machine, by how much, and how sure is that?",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[run] | list | report | compare | history | doctor | jmh",
        versionProvider = Main.Version.class)
public final class Main {

    private final Console console;

    Main(Console console) {
        this.console = console;
    }

    /**
     * Runs and exits.
     *
     * @param arguments optionally {@code --root DIR} (the directory that holds {@code results} and {@code charts}), then
     *     the command and its own words; no command means {@code run}
     */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess(System.getenv());
        System.exit(new Main(console).run(List.of(arguments)).number());
    }

    /** Runs, and says what a script is to be told. */
    ExitCode run(List<String> arguments) {
        try {
            List<String> words = new ArrayList<>(arguments);
            Path root = Path.of("");
            if (words.size() >= 2 && words.getFirst().equals("--root")) {
                words.removeFirst();
                root = Path.of(words.removeFirst());
            }
            if (!words.isEmpty() && words.getFirst().equals("jmh")) {
                // JMH reads its own words.
                RawJmh.run(words.subList(1, words.size()).toArray(new String[0]));
                return ExitCode.DONE;
            }
            return execute(commandLine(root), words);
        } catch (UsageException | FormatException e) {
            console.error(String.valueOf(e.getMessage()));
        } catch (ParameterException e) {
            console.error(told(e));
        } catch (InvalidPathException e) {
            console.error("not a path: " + e.getMessage());
        } catch (IOException e) {
            console.error(told(e));
        } catch (RuntimeException e) {
            console.error("a fault of this program, please report it: " + e);
            e.printStackTrace(console.err());
            return ExitCode.INTERNAL_ERROR;
        }
        return ExitCode.BAD_CALL;
    }

    private CommandLine commandLine(Path root) {
        return new CommandLine(this)
                .addSubcommand(new RunCommand(console, root))
                .addSubcommand(new ListCommand(console))
                .addSubcommand(new ReportCommand(console, root))
                .addSubcommand(new CompareCommand(console, root))
                .addSubcommand(new HistoryCommand(console, root))
                .addSubcommand(new DoctorCommand(console))
                .addSubcommand(new FiguresCommand(console))
                .addSubcommand(new TimelinesCommand(console))
                .addSubcommand(new FingerprintCommand(console))
                .addSubcommand(new JmhHelp())
                .setOut(new PrintWriter(console.out(), true, console.out().charset()));
    }

    private static ExitCode execute(CommandLine commandLine, List<String> words)
            throws UsageException, FormatException, IOException {
        Collection<String> commands = commandLine.getSubcommands().keySet();
        if (words.isEmpty() || isOptionOfRun(commandLine, words.getFirst())) {
            words.addFirst("run");
        } else if (!words.getFirst().startsWith("-") && !commands.contains(words.getFirst())) {
            throw Nearest.unknown("command", words.getFirst(), commands);
        }
        ParseResult parsed = commandLine.parseArgs(words.toArray(new String[0]));
        if (CommandLine.printHelpIfRequested(parsed)) {
            return ExitCode.DONE;
        }
        Object command = parsed.asCommandLineList().getLast().getCommand();
        if (command instanceof Words known) {
            return known.run();
        }
        throw new IllegalStateException("no such command: " + command);
    }

    /** Whether a first word belongs to {@code run}, so that {@code run} itself can be left out: any option but our own. */
    private static boolean isOptionOfRun(CommandLine commandLine, String word) {
        String option = word.split("=", 2)[0];
        return word.startsWith("-")
                && !commandLine.getCommandSpec().optionsMap().containsKey(option);
    }

    private static String told(ParameterException e) {
        CommandLine command = e.getCommandLine();
        if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            return Nearest.message(
                    "option",
                    unmatched.getUnmatched().getFirst().split("=", 2)[0],
                    command.getCommandSpec().optionsMap().keySet());
        }
        return e.getMessage() + " (see " + command.getCommandSpec().qualifiedName() + " --help)";
    }

    /** The JDK's file exceptions carry little more than a path; what went wrong is in their class. */
    static String told(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file or directory: " + missing.getFile();
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileSystemException system
            when system.getReason() != null -> system.getFile() + ": " + system.getReason();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"concurrency-benchmarks " + (version == null ? "(unpacked)" : version)};
        }
    }

    /** Stands in the help only: its words never get here. */
    @Command(name = "jmh", description = "JMH's own command line, for those who know it.")
    static final class JmhHelp {}
}
