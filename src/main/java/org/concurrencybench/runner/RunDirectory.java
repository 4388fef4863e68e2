package org.concurrencybench.runner;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.ForkRecord;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SampleCsv;

/** {@code results/<run>/} while the run is under way: samples fork by fork, and the environment beside them. */
public final class RunDirectory implements AutoCloseable {

    /** File of the samples within the directory. */
    public static final String SAMPLES = "samples.csv";

    /** File of the summary within the directory. */
    public static final String SUMMARY = "summary.csv";

    /** File of the environment within the directory. */
    public static final String ENVIRONMENT = "environment.json";

    /** File of what each fork ran under, within the directory. */
    public static final String FORKS = "forks.csv";

    /** File of who did what when in a few batches, within the directory. */
    public static final String TIMELINES = "timelines.csv";

    /** File for tools that read JMH's own format, within the directory. */
    public static final String JMH_JSON = "jmh.json";

    /** Name of the link to the newest run. */
    public static final String LATEST = "latest";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Path path;
    private final SampleCsv.Writer samples;
    private RunEnvironment environment;
    private final List<FailedCase> failures = new ArrayList<>();

    private RunDirectory(Path path, SampleCsv.Writer samples, RunEnvironment environment) {
        this.path = path;
        this.samples = samples;
        this.environment = environment;
    }

    /** Whether a run may be called so: one path element that no file system or shell reads otherwise. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.equals(LATEST);
    }

    /**
     * Refuses a directory that could not be written to: itself, or where it would be made.
     *
     * @throws NoRoomException if the disk has too little room to begin with
     * @throws IOException if it is none, or may not be written to
     */
    public static void requireWritable(Path directory) throws IOException {
        Path standing = directory.toAbsolutePath();
        Path parent = standing.getParent();
        while (!Files.exists(standing) && parent != null) {
            standing = parent;
            parent = standing.getParent();
        }
        if (!Files.isDirectory(standing)) {
            throw new FileSystemException(standing.toString(), null, "it is no directory");
        }
        if (!Files.isWritable(standing)) {
            throw new AccessDeniedException(standing.toString());
        }
        requireRoom(standing);
    }

    private static void requireRoom(Path directory) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < RunDefaults.LEAST_FREE_BYTES) {
            throw new NoRoomException(directory, free);
        }
    }

    /**
     * Makes the directory, with an empty table in it.
     *
     * @param results the directory of all runs; made if it is not there
     * @param environment its {@code run} names the directory
     * @throws FileAlreadyExistsException if there is a run of that name
     * @throws NoRoomException if the disk has too little room to begin with
     * @throws IOException if it cannot be written; nothing is left behind then
     */
    public static RunDirectory create(Path results, RunEnvironment environment) throws IOException {
        Files.createDirectories(results);
        requireRoom(results);
        Path path = results.resolve(environment.run());
        Files.createDirectory(path);
        try {
            environment.write(path.resolve(ENVIRONMENT));
            Files.write(path.resolve(FORKS), ForkRecord.header());
            return new RunDirectory(path, SampleCsv.create(path.resolve(SAMPLES)), environment);
        } catch (IOException e) {
            Files.deleteIfExists(path.resolve(SAMPLES));
            Files.deleteIfExists(path.resolve(FORKS));
            Files.deleteIfExists(path.resolve(ENVIRONMENT));
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /**
     * Opens a directory that {@link #create} made, to go on with its run.
     *
     * @param path the directory
     * @param environment what is known of the run, its failures included
     * @throws IOException if it cannot be written
     */
    public static RunDirectory reopen(Path path, RunEnvironment environment) throws IOException {
        environment.write(path.resolve(ENVIRONMENT));
        RunDirectory directory = new RunDirectory(path, SampleCsv.reopen(path.resolve(SAMPLES)), environment);
        directory.failures.addAll(environment.failedCases());
        return directory;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The environment as it is known now. */
    public RunEnvironment environment() {
        return environment;
    }

    /** Adds a fork's samples; they are with the operating system when this returns. */
    public void append(List<Sample> forkSamples) throws IOException {
        samples.append(forkSamples);
    }

    /** Adds what a fork ran under. */
    void append(ForkRecord fork) throws IOException {
        Files.write(path.resolve(FORKS), fork.row(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Adds a failure. */
    void append(FailedCase failure) throws IOException {
        failures.add(failure);
        environment = environment.withFailures(failures);
        environment.write(path.resolve(ENVIRONMENT));
    }

    /**
     * Notes the end of the run.
     *
     * @param at ISO 8601, UTC
     * @param load of the machine
     */
    public void end(String at, Map<String, String> load) throws IOException {
        environment = environment.ended(at, load);
        environment.write(path.resolve(ENVIRONMENT));
    }

    /** Closes the table. Does not end the run. */
    @Override
    public void close() throws IOException {
        samples.close();
    }

    /** Removes a directory in which nothing was measured, so that nothing half-made is left. */
    public void discard() throws IOException {
        close();
        for (String file : List.of(SAMPLES, SUMMARY, FORKS, JMH_JSON, ENVIRONMENT)) {
            Files.deleteIfExists(path.resolve(file));
        }
        Files.deleteIfExists(path);
    }

    /**
     * Points {@code latest} beside {@code directory} at it, in one step.
     *
     * @throws IOException where the file system has no symbolic links, or something else is called {@code latest}
     */
    public static void linkLatest(Path directory) throws IOException {
        Path link = directory.resolveSibling(LATEST);
        if (Files.exists(link) && !Files.isSymbolicLink(link)) {
            throw new FileAlreadyExistsException(link.toString(), null, "it is no link");
        }
        Path fresh = directory.resolveSibling(
                "." + LATEST + "." + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(fresh);
            Files.createSymbolicLink(fresh, directory.getFileName());
            Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
        } catch (UnsupportedOperationException | AtomicMoveNotSupportedException e) {
            throw new IOException("this file system has no symbolic links", e);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** The disk has too little room. */
    public static final class NoRoomException extends IOException {

        private static final long serialVersionUID = 1L;

        NoRoomException(Path where, long freeBytes) {
            super("%s has %d MB free, and a run wants %d to begin with"
                    .formatted(where, freeBytes >> 20, RunDefaults.LEAST_FREE_BYTES >> 20));
        }
    }
}
