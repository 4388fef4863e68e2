package org.concurrencybench.cli;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The jars and directories of a user's classes.
 *
 * @param entries absolute, in the order of the class path
 */
record OwnClasses(List<Path> entries) {

    /** Name of their class loader, by which stack traces tell them from ours. */
    static final String LOADER = "own-code";

    private static final String ALL_JARS = "*";

    OwnClasses {
        entries = List.copyOf(entries);
    }

    /**
     * Those of a class path, each of which is there and can be read; an entry that ends in {@code *} stands for all jars of
     * its directory, as it does for {@code java}, here in the order of their names.
     */
    static OwnClasses of(String classPath) throws UsageException {
        List<Path> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            try {
                if (entry.equals(ALL_JARS)
                        || entry.endsWith("/" + ALL_JARS)
                        || entry.endsWith(File.separator + ALL_JARS)) {
                    entries.addAll(jarsOf(entry));
                    continue;
                }
                Path path = Path.of(entry).toAbsolutePath();
                if (entry.isEmpty() || !Files.isReadable(path) || !holdsClasses(path)) {
                    throw new UsageException("--classpath: '%s' is no jar and no directory".formatted(entry));
                }
                entries.add(path);
            } catch (InvalidPathException e) {
                throw new UsageException("--classpath: '%s' is no path".formatted(entry));
            }
        }
        return new OwnClasses(entries);
    }

    private static List<Path> jarsOf(String entry) throws UsageException {
        Path directory =
                Path.of(entry.substring(0, entry.length() - ALL_JARS.length())).toAbsolutePath();
        List<Path> jars;
        try (Stream<Path> files = Files.list(directory)) {
            jars = files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .endsWith(".jar"))
                    .filter(OwnClasses::holdsClasses)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UsageException("--classpath: '%s' is no directory that can be read".formatted(entry));
        }
        if (jars.isEmpty()) {
            throw new UsageException("--classpath: no jar in '%s'".formatted(entry));
        }
        return jars;
    }

    private static boolean holdsClasses(Path path) {
        if (Files.isDirectory(path)) {
            return true;
        }
        try (ZipFile _ = new ZipFile(path.toFile())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Finds them in this JVM, beside our own. */
    ClassLoader loader() throws UsageException {
        List<URL> urls = new ArrayList<>();
        for (Path entry : entries) {
            try {
                urls.add(entry.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new UsageException("--classpath: '%s' is no path".formatted(entry));
            }
        }
        return new URLClassLoader(LOADER, urls.toArray(new URL[0]), OwnClasses.class.getClassLoader());
    }

    /**
     * Puts them onto the class path of this JVM's forks: JMH starts them with this property's, and they start child JVMs with
     * theirs.
     */
    void giveToForks() {
        System.setProperty(
                "java.class.path",
                Stream.concat(
                                Stream.of(System.getProperty("java.class.path")),
                                entries.stream().map(Path::toString))
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    /** Adds all files to a digest: of each its path within its entry, and what is in it. */
    void addTo(MessageDigest digest) throws IOException {
        for (Path entry : entries) {
            List<Path> inOrder;
            try (Stream<Path> files = Files.walk(entry)) {
                inOrder = files.filter(Files::isRegularFile).sorted().toList();
            }
            for (Path file : inOrder) {
                digest.update(entry.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
