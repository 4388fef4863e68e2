package org.concurrencybench.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.report.RunReport.About;
import org.concurrencybench.report.RunReport.Fact;
import org.concurrencybench.runner.Doctor;
import org.concurrencybench.runner.Finding;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.RunEnvironment;

/** Where and how a run was taken, as facts for its page; none of them names a directory of the machine. */
final class HowMeasured {

    /** What {@code environment.json} calls it, and what the page does, in the page's order. */
    private static final Map<String, String> MACHINE = named(
            "processor", "processor",
            "architecture", "architecture",
            "cores", "cores",
            "memory", "memory",
            "os", "operating system",
            "cgroup cpu.max", "cgroup cpu.max",
            "cgroup memory.max", "cgroup memory.max");

    private static final Map<String, String> JVM = named(
            "jdk", "JDK",
            "vm", "virtual machine",
            "fork flags", "flags of the forks",
            "runner flags", "flags of the runner, which measures nothing");

    private HowMeasured() {}

    /** All that is known of the run itself. */
    static List<Fact> of(RunEnvironment run, List<CaseSummary> summaries) {
        List<Fact> facts = new ArrayList<>();
        Map<String, String> rest = new LinkedHashMap<>(run.machine());
        rest.keySet().removeIf(name -> name.startsWith(CallWords.PREFIX));
        take(About.MACHINE, MACHINE, rest, facts);
        take(About.JVM, JVM, rest, facts);
        for (Finding finding : Doctor.fromWords(run.machine())) {
            rest.remove(finding.name());
            facts.add(new Fact(
                    finding.spoils() ? About.SPOILING : About.HARMLESS,
                    finding.name(),
                    finding.found(),
                    finding.advice().isEmpty() ? finding.effect() : finding.effect() + " — " + finding.advice()));
        }
        addRun(run, rest, facts);
        facts.addAll(timedRegions(summaries));
        RepeatCommand.of(run).ifPresent(command -> facts.add(new Fact(About.REPEAT, "", command, "")));
        return facts;
    }

    private static void addRun(RunEnvironment run, Map<String, String> rest, List<Fact> facts) {
        add(facts, About.RUN, "profile", run.profile());
        add(facts, About.RUN, "forks of a case, at most", Integer.toString(run.forks()));
        add(facts, About.RUN, "seed of the order", Long.toString(run.seed()));
        add(facts, About.RUN, "started", run.startedAt());
        add(facts, About.RUN, "ended", run.endedAt().isEmpty() ? "not regularly" : run.endedAt());
        rest.forEach((name, value) -> add(facts, About.RUN, name, value));
        run.before().forEach((name, value) -> {
            String after = run.after().get(name);
            add(facts, About.RUN, name, after == null ? value + " before" : value + " before, " + after + " after");
        });
        run.after().forEach((name, value) -> {
            if (!run.before().containsKey(name) && !RunCommand.KNOWN_AFTER_THE_PAGE.contains(name)) {
                add(facts, About.RUN, name, value);
            }
        });
    }

    /** What each model's time holds, for the models of these cases. */
    static List<Fact> timedRegions(List<CaseSummary> summaries) {
        return Arrays.stream(Model.values())
                .filter(model -> summaries.stream()
                        .anyMatch(summary -> summary.key().model().equals(model.label())))
                .map(model -> new Fact(
                        About.TIMED_REGION, model.label(), model.execution().timedRegion(), ""))
                .toList();
    }

    private static void take(About about, Map<String, String> names, Map<String, String> from, List<Fact> facts) {
        names.forEach((inFile, onPage) -> {
            String value = from.remove(inFile);
            if (value != null) {
                add(facts, about, onPage, withoutTwin(value));
            }
        });
    }

    /** {@code Debian GNU/Linux 13} for {@code GNU/Linux Debian GNU/Linux 13}: some systems name their maker in their name. */
    private static String withoutTwin(String value) {
        String[] words = value.split(" ", 2);
        return words.length == 2 && (" " + words[1] + " ").contains(" " + words[0] + " ") ? words[1] : value;
    }

    private static void add(List<Fact> facts, About about, String name, String value) {
        facts.add(new Fact(about, name, RepeatCommand.withoutPaths(value), ""));
    }

    private static Map<String, String> named(String... pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            names.put(pairs[i], pairs[i + 1]);
        }
        return names;
    }
}
