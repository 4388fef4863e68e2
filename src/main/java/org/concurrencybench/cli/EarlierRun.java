package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SampleCsv;

/**
 * A run that was stopped, and goes on.
 *
 * @param path its directory
 * @param environment what it was taken on
 * @param samples of its whole forks
 * @param tornForks forks of which a part was on disk, and which are measured again
 */
record EarlierRun(Path path, RunEnvironment environment, List<Sample> samples, int tornForks) {

    /** What must be the same, by its name in {@code environment.json}. */
    private static final List<String> SAME =
            List.of("jar", "jdk", "vm", "processor", "cores", "memory", "architecture", "os", OwnCode.DIGEST);

    /**
     * Reads it and cuts off what is not whole.
     *
     * @throws UsageException if there is no such run
     */
    static EarlierRun open(Path results, String run) throws UsageException, IOException, FormatException {
        Path path = results.resolve(run);
        Path environmentFile = path.resolve(RunDirectory.ENVIRONMENT);
        Path samplesFile = path.resolve(RunDirectory.SAMPLES);
        if (!RunDirectory.isName(run) || !Files.isRegularFile(environmentFile) || !Files.isRegularFile(samplesFile)) {
            throw new UsageException("there is no run '%s' in %s to go on with".formatted(run, results));
        }
        RunEnvironment environment = RunEnvironment.read(environmentFile);
        SampleCsv.SampleFile file = SampleCsv.read(samplesFile);
        if (file.warnings().isEmpty() || file.samples().isEmpty()) {
            return new EarlierRun(path, environment, file.samples(), 0);
        }
        // The last line was cut off, and with it the fork that it belongs to: its rows were being written.
        Sample last = file.samples().getLast();
        List<Sample> whole = new ArrayList<>(file.samples());
        while (!whole.isEmpty()
                && whole.getLast().key().benchmark().equals(last.key().benchmark())
                && whole.getLast().key().model().equals(last.key().model())
                && whole.getLast().fork() == last.fork()) {
            whole.removeLast();
        }
        return new EarlierRun(path, environment, List.copyOf(whole), 1);
    }

    /**
     * Compares with what is here now.
     *
     * @param machine of now, by name
     * @throws UsageException if something is not the same: what was measured before could not be compared with what comes
     */
    void refuseUnlessSame(Map<String, String> machine) throws UsageException {
        for (String name : SAME) {
            String then = Optional.ofNullable(environment.machine().get(name)).orElse("not noted");
            String now = machine.getOrDefault(name, "not noted");
            if (!then.equals(now)) {
                throw new UsageException(
                        "run '%s' was begun with another %s (%s then, %s now), so it cannot go on; start a new one"
                                .formatted(environment.run(), name, then, now));
            }
        }
    }

    /** Makes the table hold exactly the whole forks, and opens the directory. */
    RunDirectory reopen() throws IOException {
        RunEnvironment running = environment.ended("", Map.of());
        if (tornForks > 0) {
            Path table = path.resolve(RunDirectory.SAMPLES);
            Path rewritten = path.resolve("." + RunDirectory.SAMPLES + ".tmp");
            Files.deleteIfExists(rewritten);
            try (SampleCsv.Writer writer = SampleCsv.create(rewritten)) {
                writer.append(samples);
            }
            Files.move(rewritten, table, StandardCopyOption.ATOMIC_MOVE);
        }
        return RunDirectory.reopen(path, running);
    }
}
