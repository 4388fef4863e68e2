package org.concurrencybench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.concurrencybench.runner.RunDirectory;

/** Where the files are that a call names. */
final class Sources {

    private Sources() {}

    /**
     * The file of measurements that is meant by a run's name, a run's directory or a file.
     *
     * @param root the directory that holds {@code results}
     * @throws UsageException where there is none
     */
    static Path measurements(Path root, String source) throws UsageException {
        List<Path> places = List.of(
                root.resolve("results").resolve(source).resolve(RunDirectory.SAMPLES),
                Path.of(source).resolve(RunDirectory.SAMPLES),
                Path.of(source));
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                return place;
            }
        }
        throw new UsageException(
                "no run and no file '%s'; runs stand in %s".formatted(source, root.resolve("results")));
    }
}
