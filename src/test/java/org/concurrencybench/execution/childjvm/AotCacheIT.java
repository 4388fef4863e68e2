package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The AOT cache of the built program, in a copy of it: made once, made anew where it no longer fits, and done without where it
 * cannot be had.
 */
@Timeout(300)
class AotCacheIT {

    private static final Path TARGET =
            Path.of(System.getProperty("project.root", "")).resolve("target").toAbsolutePath();

    private static final long PATIENCE_SECONDS = 120;

    /** An option that no JVM knows, for the process that writes the cache. */
    private static final Map<String, String> CANNOT_BE_MADE = Map.of("JDK_AOT_VM_OPTIONS", "-XX:NoSuchFlag");

    @TempDir
    Path directory;

    private Path jar;
    private Path probe;

    @BeforeEach
    void aCopyOfTheProgram() throws IOException {
        jar = Files.copy(TARGET.resolve("concurrency-benchmarks.jar"), directory.resolve("concurrency-benchmarks.jar"));
        try (Stream<Path> libraries = Files.list(TARGET.resolve("lib"))) {
            Path lib = Files.createDirectory(directory.resolve("lib"));
            for (Path library : libraries.toList()) {
                Files.copy(library, lib.resolve(library.getFileName()));
            }
        }
        probe = directory.resolve("probe.jar");
        String name = AotProbe.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(probe));
                InputStream bytes = AotProbe.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            Objects.requireNonNull(bytes).transferTo(out);
            out.closeEntry();
        }
    }

    @Test
    void isMadeOnceBesideTheJarAndChildrenStartFromIt() throws Exception {
        Outcome first = run("program");

        assertThat(first.warnings()).isEmpty();
        assertThat(files()).singleElement().asString().endsWith(".aot");
        Path cache = directory.resolve(files().getFirst());
        assertThat(first.words()).contains("-XX:AOTCache=" + cache);
        assertThat(startsFromItsCache(first.words())).isTrue();
        BasicFileAttributes made = Files.readAttributes(cache, BasicFileAttributes.class);

        Outcome second = run("program");

        assertThat(second.warnings()).isEmpty();
        assertThat(second.words()).contains("-XX:AOTCache=" + cache);
        assertThat(files()).hasSize(1);
        BasicFileAttributes found = Files.readAttributes(cache, BasicFileAttributes.class);
        assertThat(found.fileKey()).isEqualTo(made.fileKey());
        assertThat(found.lastModifiedTime()).isEqualTo(made.lastModifiedTime());
    }

    @Test
    void isMadeAnewAndTheOldOneGoesOnceOurJarHasChanged() throws Exception {
        run("program");
        String old = files().getFirst();

        touch("concurrency-benchmarks.jar");
        Outcome next = run("program");

        assertThat(next.warnings()).isEmpty();
        assertThat(files()).singleElement().asString().endsWith(".aot").isNotEqualTo(old);
        assertThat(next.words()).contains("-XX:AOTCache=" + directory.resolve(files().getFirst()));
        assertThat(startsFromItsCache(next.words())).isTrue();
    }

    @Test
    void isTheSameForWhateverClassesOfAUserComeAfterOurs() throws Exception {
        run("program");
        List<String> made = files();

        touch("probe.jar");
        Outcome changed = run("program");
        probe = Files.createDirectory(directory.resolve("classes"));
        String name = AotProbe.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(probe.resolve(name).getParent());
        try (InputStream bytes = AotProbe.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(Objects.requireNonNull(bytes), probe.resolve(name));
        }
        Files.delete(directory.resolve("probe.jar"));
        Outcome inADirectory = run("program");

        assertThat(startsFromItsCache(inADirectory.words())).isTrue();
        assertThat(inADirectory.warnings()).isEmpty();
        assertThat(changed.words()).contains("-XX:AOTCache=" + directory.resolve(made.getFirst()));
        assertThat(files()).isEqualTo(made);
    }

    @Test
    void thatCannotBeMadeIsSaidOnceAndTriedAgainOnceTheJarHasChanged() throws Exception {
        Outcome first = await(start("program", CANNOT_BE_MADE));

        assertThat(first.warnings())
                .singleElement()
                .asString()
                .startsWith("child JVMs start without an AOT cache: its training exited with code ");
        assertThat(first.words()).noneMatch(word -> word.startsWith("-XX:AOTCache"));
        assertThat(files()).singleElement().asString().endsWith(".none");
        assertThat(Files.readString(directory.resolve(files().getFirst())).strip())
                .isEqualTo(first.warnings().getFirst());

        Outcome second = run("program");

        assertThat(second.warnings()).isEmpty();
        assertThat(second.words()).noneMatch(word -> word.startsWith("-XX:AOTCache"));
        assertThat(files()).singleElement().asString().endsWith(".none");

        touch("concurrency-benchmarks.jar");
        Outcome third = run("program");

        assertThat(third.warnings()).isEmpty();
        assertThat(third.words()).anyMatch(word -> word.startsWith("-XX:AOTCache="));
        assertThat(files()).singleElement().asString().endsWith(".aot");
    }

    @Test
    void whoseMakingWasInterruptedIsMadeByTheNext() throws Exception {
        Process program = start("program", Map.of());
        // The one that trains starts one to write the cache: what is killed is that, or what the JDK starts it through.
        List<Long> makers = new ArrayList<>();
        Leftovers.await(Duration.ofSeconds(60), () -> {
            program.children()
                    .flatMap(ProcessHandle::children)
                    .map(ProcessHandle::pid)
                    .forEach(makers::add);
            return !makers.isEmpty();
        });
        Signals.send("KILL", makers.getFirst());

        Outcome outcome = await(program);

        assertThat(outcome.warnings())
                .containsExactly("child JVMs start without an AOT cache: a signal ended what made it");
        // By the same process, for its first child.
        assertThat(files()).singleElement().asString().endsWith(".aot");
        assertThat(startsFromItsCache(outcome.words())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"half", "garbage in the middle"})
    void thatIsDamagedIsMadeAnew(String damage) throws Exception {
        run("program");
        Path cache = directory.resolve(files().getFirst());
        damage(cache, damage);

        Outcome next = run("program");

        assertThat(next.warnings()).isEmpty();
        assertThat(files()).containsExactly(cache.getFileName().toString());
        assertThat(next.words()).contains("-XX:AOTCache=" + cache);
        assertThat(startsFromItsCache(next.words())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "half", "garbage"})
    void thatIsDamagedUnderARunKeepsNoChildFromStarting(String damage) throws Exception {
        run("program");
        Path cache = directory.resolve(files().getFirst());
        damage(cache, damage);

        Outcome next = run("fork");

        assertThat(next.words()).contains("-XX:AOTCache=" + cache);
        assertThat(startsFromItsCache(next.words())).isFalse();
    }

    @Test
    void isMadeByAForkWhereNobodyPreparedIt() throws Exception {
        Outcome only = run("fork");

        assertThat(files()).singleElement().asString().endsWith(".aot");
        assertThat(only.words()).contains("-XX:AOTCache=" + directory.resolve(files().getFirst()));
        assertThat(startsFromItsCache(only.words())).isTrue();
    }

    @Test
    void isOneForAllWhoWantItAtOnce() throws Exception {
        List<Process> processes = List.of(start("program", Map.of()), start("program", Map.of()));
        for (Process process : processes) {
            assertThat(await(process).warnings()).isEmpty();
        }

        assertThat(files()).singleElement().asString().endsWith(".aot");
    }

    /** All that is there beside what the program came with. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.equals(jar) && !file.equals(probe) && !Files.isDirectory(file))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private void touch(String start) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Path file = files.filter(any -> directory.relativize(any).toString().startsWith(start))
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        }
    }

    private static void damage(Path cache, String how) throws IOException {
        try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
            long size = file.size();
            switch (how) {
                case "empty" -> file.truncate(0);
                case "half" -> file.truncate(size / 2);
                case "garbage" -> overwrite(file, 0, size);
                case "garbage in the middle" -> overwrite(file, size / 2, size / 100);
                default -> throw new IllegalArgumentException(how);
            }
        }
    }

    private static void overwrite(FileChannel file, long start, long bytes) throws IOException {
        byte[] garbage = new byte[(int) bytes];
        Arrays.fill(garbage, (byte) 0x5A);
        file.write(ByteBuffer.wrap(garbage), start);
    }

    /** Whether a child of that command takes classes from its cache: told to insist on it, the JVM does not start without. */
    private boolean startsFromItsCache(List<String> words) throws Exception {
        List<String> insisting = new ArrayList<>(words);
        insisting.add(1, "-XX:AOTMode=on");
        insisting.set(
                insisting.size() - 1, Long.toString(ProcessHandle.current().pid()));
        Process child = new ProcessBuilder(insisting)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream toChild = child.getOutputStream()) {
            Frame.end().writeTo(toChild);
        } catch (IOException e) {
            return false;
        }
        return ended(child) && child.exitValue() == 0;
    }

    private Outcome run(String as) throws Exception {
        return await(start(as, Map.of()));
    }

    /** The libraries are found as the program finds them, by the jar's own list. */
    private Process start(String as, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ChildCommand.java(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        Stream.of(jar, probe).map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                        AotProbe.class.getName(),
                        as)
                .redirectErrorStream(true);
        builder.environment().remove("JDK_AOT_VM_OPTIONS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Outcome await(Process process) throws Exception {
        List<String> lines;
        try (Stream<String> out = process.inputReader().lines()) {
            lines = out.toList();
        }
        assertThat(ended(process)).isTrue();
        assertThat(process.exitValue()).as("%s", lines).isZero();
        assertThat(lines).contains("answer: right");
        return new Outcome(lines);
    }

    private static boolean ended(Process process) throws InterruptedException {
        if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return true;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return false;
    }

    /** What a probe printed. */
    private record Outcome(List<String> lines) {

        List<String> warnings() {
            return after("warning: ");
        }

        List<String> words() {
            return after("word: ");
        }

        private List<String> after(String start) {
            return lines.stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .toList();
        }
    }
}
