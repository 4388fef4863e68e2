package org.concurrencybench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.concurrencybench.runner.RunDirectory;

/** Where the files are that a call names. */
final class Sources {

    private Sources() {}

    /** The history that is meant by {@code history}, by its directory or by its file; none where it is something else. */
    static Optional<Path> history(Path root, String source) {
        Path given = Path.of(source);
        return Stream.of(
                        root.resolve("results").resolve(source).resolve(HistoryCommand.FILE),
                        given.resolve(HistoryCommand.FILE),
                        given.endsWith(HistoryCommand.FILE) ? given : given.resolve(HistoryCommand.FILE))
                .filter(Files::isRegularFile)
                .findFirst();
    }

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
