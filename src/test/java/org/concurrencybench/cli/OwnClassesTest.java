package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnClassesTest {

    @TempDir
    private Path directory;

    private Path jar(String name) throws IOException {
        Path jar = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("nothing"));
        }
        return jar;
    }

    @Test
    void anAsteriskStandsForTheJarsOfItsDirectoryInTheOrderOfTheirNames() throws Exception {
        Path second = jar("b.jar");
        Path first = jar("a.JAR");
        jar("c.zip");
        Files.writeString(directory.resolve("broken.jar"), "no jar");
        Path classes = Files.createDirectory(directory.resolve("classes"));

        OwnClasses own = OwnClasses.of(classes + File.pathSeparator + directory + "/*");

        assertThat(own.entries()).containsExactly(classes, first, second);
    }

    @Test
    void anAsteriskThatStandsForNothingIsRefused() throws Exception {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        assertThatThrownBy(() -> OwnClasses.of(empty + "/*"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--classpath: no jar in '%s/*'", empty);
        assertThatThrownBy(() -> OwnClasses.of(directory + "/none/*"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--classpath: '%s/none/*' is no directory that can be read", directory);
    }
}
