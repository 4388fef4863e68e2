package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.OwnProgram;
import org.concurrencybench.execution.childjvm.PeerProgram;
import org.concurrencybench.report.RunDetail;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.TimelineCsv;

/**
 * The timelines of a run: recorded once all forks have ended, in a JVM of its own that ends with them, so that no measurement
 * knows of them.
 */
final class Timelines {

    /** Ten times what they take on two busy cores. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A run of these shows the scenes of all workloads; one of others its own. */
    private static final Set<String> MAIN =
            Set.of(Suite.SQUARE_CUBE.workload(), Suite.SUM_OF_SQUARES.workload(), Suite.BANK_BALANCE.workload());

    private Timelines() {}

    /**
     * Records them beside the samples, unless the run only shows that everything works or measures somebody's own code. Where
     * that fails, the run is as good without them, and a warning says why.
     */
    static void record(Plan plan, RunDirectory directory, Console console) {
        Optional<Profile> profile = Profile.find(plan.profile()).filter(one -> one != Profile.SMOKE);
        if (profile.isEmpty()) {
            return;
        }
        Set<String> shown = profile.get().models().stream().map(Model::label).collect(Collectors.toSet());
        List<String> models = plan.cases().stream()
                .map(planned -> planned.key().model())
                .distinct()
                .filter(shown::contains)
                .toList();
        Set<String> workloads =
                plan.cases().stream().map(planned -> planned.key().workload()).collect(Collectors.toSet());
        if (models.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>(List.of(
                "timelines",
                "--model",
                String.join(",", models),
                "--output",
                directory.path().resolve(RunDirectory.TIMELINES).toString()));
        if (!workloads.containsAll(MAIN)) {
            words.addAll(List.of("--workload", String.join(",", workloads)));
        }
        try {
            PeerProgram.run(OwnProgram.words(Main.class.getName(), words), LIMIT);
        } catch (ExecutionException e) {
            console.warn("timelines are incomplete or left out: "
                    + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " | "));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What there is to show of a file of samples.
     *
     * @param file of the samples; timelines may stand beside it
     * @throws FormatException if those are broken
     */
    static RunDetail detail(List<Sample> samples, Path file) throws IOException, FormatException {
        Path timelines = file.resolveSibling(RunDirectory.TIMELINES);
        return new RunDetail(
                samples,
                file.endsWith(RunDirectory.SAMPLES) && Files.exists(timelines)
                        ? TimelineCsv.read(timelines)
                        : List.of());
    }

    /** The same at the end of a run, which a broken file of timelines does not spoil. */
    static RunDetail detailAfter(List<Sample> samples, Path directory, Console console) throws IOException {
        try {
            return detail(samples, directory.resolve(RunDirectory.SAMPLES));
        } catch (FormatException e) {
            console.warn(String.valueOf(e.getMessage()));
            return new RunDetail(samples, List.of());
        }
    }
}
