package org.concurrencybench.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.concurrencybench.benchmark.PeerFigures;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.AotCache;
import org.concurrencybench.workload.WrongAnswerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code figures}: our side of the table in {@code src/peers}, whose driver reads it. */
@Command(
        name = "figures",
        hidden = true,
        description =
                "Prints figures of this machine's JVMs for src/peers/table.sh: name, value and unit, tabs between.")
final class FiguresCommand implements Words {

    private final Console console;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "1", description = "measure each figure so often")
    private int rounds;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "only these figures")
    private List<String> only = List.of();

    @Option(names = "--list", description = "name them and measure nothing")
    private boolean list;

    FiguresCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() throws UsageException, IOException {
        PeerFigures figures = new PeerFigures();
        List<String> names = new ArrayList<>();
        for (String name : only.isEmpty() ? figures.names() : only) {
            if (!figures.names().contains(name)) {
                throw Nearest.unknown("figure", name, figures.names());
            }
            names.add(name);
        }
        if (list) {
            names.forEach(console.out()::println);
            return ExitCode.DONE;
        }
        AotCache.prepare().ifPresent(console::warn);
        boolean complete = true;
        for (int round = 0; round < rounds; round++) {
            for (String name : names) {
                complete &= print(figures, name);
            }
        }
        return complete ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private boolean print(PeerFigures figures, String name) throws IOException {
        try {
            PeerFigures.Value value = figures.measure(name);
            console.out().printf(Locale.ROOT, "%s\t%s\t%s%n", value.name(), value.value(), value.unit());
            console.out().flush();
            return true;
        } catch (ExecutionException | WrongAnswerException e) {
            console.error(name + ": " + e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            console.error(name + ": interrupted");
            return false;
        }
    }
}
