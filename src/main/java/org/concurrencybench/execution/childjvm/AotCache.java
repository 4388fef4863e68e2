package org.concurrencybench.execution.childjvm;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What child JVMs start from instead of loading and linking their classes anew: an ahead-of-time cache (JEP 483, 514 and
 * 515) of the child's class path as far as it is ours, kept beside our jar. Class path entries of a user's code come after
 * ours, and a JVM takes a cache whose class path is the beginning of its own; their classes are loaded as ever.
 *
 * <p>Its name holds a fingerprint of the JDK, the flags and every file of that class path, so that one that no longer fits is
 * never found, and another is made. Where none can be made, that is written down beside the jar as well, so that it is tried
 * once and not by every process.
 */
public final class AotCache {

    private static final String PREFIX = "child-jvm-";
    private static final String CACHE = ".aot";
    private static final String REFUSAL = ".none";

    /** A training run takes one second, and writing the cache another. */
    private static final long MAKING_LIMIT_SECONDS = 60;

    /**
     * What a training run says that exits with 0 all the same; a status above 128 is a signal. The second is said when
     * the signal reached the JDK's spawn helper, which is there for a moment before the writer is.
     */
    private static final Pattern WRITER_KILLED =
            Pattern.compile("Child process failed; status = 1(29|[3-9][0-9])|spawn helper: pid: [0-9]+, signal: [1-9]");

    private AotCache() {}

    /**
     * The flag with which children start from the cache; made now if it is not there.
     *
     * @return empty if there is none to be had
     */
    static List<String> flags() {
        Optional<Path> cache = place().filter(
                        place -> Files.exists(place.refusal()) || make(place).isEmpty())
                .map(Place::cache)
                .filter(Files::isReadable);
        return cache.map(file -> List.of("-XX:AOTCache=" + file)).orElse(List.of());
    }

    /**
     * Makes the cache unless it is there and whole, so that no fork has to.
     *
     * @return why there is none, in one line, if it was tried now and did not work; children then start without
     */
    public static Optional<String> prepare() {
        return place().filter(place -> !Files.exists(place.refusal())).flatMap(place -> {
            removeDamaged(place);
            return make(place);
        });
    }

    /** One that the JVM would pass over without a word, so that children only start later, or crash in. */
    private static void removeDamaged(Place place) {
        Path cache = place.cache();
        if (!Files.exists(cache)) {
            return;
        }
        List<String> command = new ArrayList<>();
        command.add(ChildCommand.java());
        command.addAll(ChildCommand.flags());
        command.addAll(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on", "-XX:+VerifySharedSpaces"));
        command.addAll(place.classPath());
        command.add("-version");
        try {
            Process trial = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                trial.getOutputStream().close();
                if (!trial.waitFor(MAKING_LIMIT_SECONDS, TimeUnit.SECONDS) || trial.exitValue() != 0) {
                    Files.deleteIfExists(cache);
                }
            } finally {
                trial.destroyForcibly();
            }
        } catch (IOException e) {
            // Where no JVM starts, or the file cannot be removed, the batch says so itself.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Where a cache for this JVM's class path belongs.
     *
     * @param ours the beginning of that class path, which it is made for
     */
    private record Place(Path directory, String name, String ours) {

        List<String> classPath() {
            return List.of("-cp", ours);
        }

        Path cache() {
            return directory.resolve(name + CACHE);
        }

        Path refusal() {
            return directory.resolve(name + REFUSAL);
        }
    }

    /** None where our classes are in no jar, or come after others in a directory: the JVM makes no cache of those. */
    private static Optional<Place> place() {
        Path jar = ownJar();
        if (jar == null) {
            return Optional.empty();
        }
        Path directory = jar.toAbsolutePath().getParent();
        List<String> ours = upTo(jar);
        if (directory == null || ours.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        add(digest, System.getProperty("java.home"));
        add(digest, System.getProperty("java.vm.version"));
        ChildCommand.flags().forEach(flag -> add(digest, flag));
        for (String entry : ours) {
            Path file = Path.of(entry);
            if (Files.isDirectory(file)) {
                return Optional.empty();
            }
            try {
                add(digest, entry);
                add(digest, Files.size(file) + " " + Files.getLastModifiedTime(file));
            } catch (IOException e) {
                // Not there: the JVM passes over it, and so does this.
                add(digest, "absent");
            }
        }
        String version = System.getProperty("java.vm.version").replaceAll("[^0-9A-Za-z.+-]", "_");
        String print = HexFormat.of().formatHex(digest.digest(), 0, 8);
        return Optional.of(new Place(directory, PREFIX + version + "-" + print, String.join(File.pathSeparator, ours)));
    }

    /** The entries of the class path up to our jar; none if it is not among them. */
    private static List<String> upTo(Path jar) {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(entry);
            if (Path.of(entry)
                    .toAbsolutePath()
                    .normalize()
                    .equals(jar.toAbsolutePath().normalize())) {
                return entries;
            }
        }
        return List.of();
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static @Nullable Path ownJar() {
        CodeSource source = AotCache.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return null;
        }
        try {
            Path path = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(path) ? path : null;
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Makes it unless it is there; why not, if that fails. */
    private static Optional<String> make(Place place) {
        if (Files.exists(place.cache())) {
            return Optional.empty();
        }
        try {
            Path made = Files.createTempFile(place.directory(), PREFIX, ".making");
            try {
                train(place, made);
                moveOver(made, place.cache());
            } finally {
                Files.deleteIfExists(made);
                // The JVM's own intermediate file.
                Files.deleteIfExists(made.resolveSibling(made.getFileName() + ".config"));
            }
            removeOutdated(place);
            return Optional.empty();
        } catch (InterruptedIOException e) {
            // No refusal: the next process makes it.
            return Optional.of("child JVMs start without an AOT cache: " + e.getMessage());
        } catch (IOException e) {
            String reason = "child JVMs start without an AOT cache: " + e.getMessage();
            try {
                Files.writeString(place.refusal(), reason + System.lineSeparator());
            } catch (IOException notWritable) {
                // Then the next process tries again, and fails again: slower, not wrong.
                return Optional.of(reason);
            }
            return Optional.of(reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("child JVMs start without an AOT cache: interrupted while it was made");
        }
    }

    /** One run of the child's code with the JVM watching; at its end the JVM writes the cache. */
    private static void train(Place place, Path cache) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ChildCommand.java());
        command.addAll(ChildCommand.flags());
        command.add("-XX:AOTCacheOutput=" + cache);
        command.addAll(place.classPath());
        command.add(ChildTraining.class.getName());
        Process training = new ProcessBuilder(command).redirectErrorStream(true).start();
        StderrTail words = new StderrTail(training.getInputStream(), training.pid());
        words.start();
        try {
            training.getOutputStream().close();
            if (!training.waitFor(MAKING_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("not made within " + MAKING_LIMIT_SECONDS + " s");
            }
            words.join(ChildJvmDefaults.END_LIMIT);
        } finally {
            training.descendants().forEach(ProcessHandle::destroyForcibly);
            training.destroyForcibly();
        }
        int code = training.exitValue();
        if (code != 0 || Files.size(cache) == 0) {
            if (code > 128 || WRITER_KILLED.matcher(words.text()).find()) {
                throw new InterruptedIOException("a signal ended what made it");
            }
            throw new IOException(
                    String.format(Locale.ROOT, "its training exited with code %d: %s", code, words.text()));
        }
    }

    private static void moveOver(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Those of this JDK that no longer fit: each takes a dozen megabytes. */
    private static void removeOutdated(Place kept) {
        String sameJdk = kept.name().substring(0, kept.name().lastIndexOf('-') + 1);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(kept.directory())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(sameJdk) && !name.startsWith(kept.name())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // They stay until the next build clears the directory.
            return;
        }
    }
}
