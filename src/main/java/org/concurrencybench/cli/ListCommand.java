package org.concurrencybench.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import picocli.CommandLine.Command;

/** {@code list}: what can be measured. */
@Command(
        name = "list",
        description = "Shows the cases, their parameters and the profiles that hold them.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ListCommand implements Words {

    private final Console console;

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() {
        int cores = new Machine().cores();
        for (Suite entry : Suite.values()) {
            line(entry.workload() + " (" + entry.kind().label() + ")");
            line("  teaches: " + entry.lesson());
            line("  models: " + entry.models().stream().map(Model::label).collect(Collectors.joining(", ")));
            for (Parameter parameter : entry.definition().parameters()) {
                line("  -p " + parameter.name() + "=" + parameter.defaultValue() + "  " + parameter.description() + "; "
                        + parameter.allowed());
            }
            line("  -p " + Suite.PARALLELISM.name() + "=…  " + Suite.PARALLELISM.description());
            for (Profile profile : Profile.values()) {
                bySettings(entry, profile, cores)
                        .forEach((settings, cases) ->
                                line("  " + padded(profile.label(), 9) + spelt(settings) + ": " + spelt(cases)));
            }
            line("");
        }
        line("models (name×units above)");
        for (Model model : Model.values()) {
            line("  " + padded(model.label(), 23) + "times " + model.execution().timedRegion());
        }
        line("");
        line("profiles");
        for (Profile profile : Profile.values()) {
            line("  " + padded(profile.label(), 9) + profile.forks() + " forks a case; " + profile.purpose());
        }
        return ExitCode.DONE;
    }

    private static Map<Settings, List<Suite.Case>> bySettings(Suite entry, Profile profile, int cores) {
        return entry.cases(profile, Map.of(), List.of(), cores).stream()
                .collect(Collectors.groupingBy(Suite.Case::settings, LinkedHashMap::new, Collectors.toList()));
    }

    private static String spelt(Settings settings) {
        return settings.asMap().entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static String spelt(List<Suite.Case> cases) {
        return cases.stream()
                .map(one -> one.model().label() + "×" + one.parallelism())
                .collect(Collectors.joining(", "));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private void line(String text) {
        console.out().println(text);
    }
}
