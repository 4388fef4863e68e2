package org.concurrencybench.cli;

import java.util.List;
import org.concurrencybench.sample.Params;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fingerprint}: what work our cases do, for a live comparison that asks this program as one of its sides. */
@Command(
        name = "fingerprint",
        hidden = true,
        description =
                "Prints the fingerprint of each case's work before its label; cases that are not ours are left out.")
final class FingerprintCommand implements Words {

    @Parameters(paramLabel = "CASE", description = "benchmark, a blank, and name=value;name=value")
    private List<String> labels = List.of();

    private final Console console;

    FingerprintCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() throws UsageException {
        for (String label : labels) {
            String[] parts = label.split(" ", 2);
            try {
                Fingerprints.of(parts[0], Params.parse(parts.length == 1 ? "" : parts[1]))
                        .ifPresent(hash -> console.out().println(hash + " " + label));
            } catch (IllegalArgumentException e) {
                throw new UsageException("no case '%s': %s".formatted(label, e.getMessage()));
            }
        }
        return ExitCode.DONE;
    }
}
