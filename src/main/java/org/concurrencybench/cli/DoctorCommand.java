package org.concurrencybench.cli;

import java.util.List;
import org.concurrencybench.runner.Doctor;
import org.concurrencybench.runner.Finding;
import picocli.CommandLine.Command;

/** {@code doctor}: what on this machine would spoil a measurement. */
@Command(
        name = "doctor",
        description = "Says what on this machine would spoil a measurement, and what to do about it.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DoctorCommand implements Words {

    private final Console console;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        List<Finding> findings = new Doctor().examine();
        findings.forEach(finding -> console.out().println(line(finding)));
        return ExitCode.DONE;
    }

    /** The head of whatever measures: what would spoil it. */
    static void warn(List<Finding> findings, Console console) {
        findings.stream()
                .filter(Finding::spoils)
                .forEach(finding ->
                        console.err().println("machine: " + line(finding).substring(2)));
    }

    /** One line: what was found, what it does, what to do. */
    static String line(Finding finding) {
        return "%s %s: %s; %s%s"
                .formatted(
                        finding.spoils() ? "!" : " ",
                        finding.name(),
                        finding.found(),
                        finding.effect(),
                        finding.advice().isEmpty() ? "" : "; " + finding.advice());
    }
}
