package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Files that seal a format: what is written must equal them byte for byte.
 *
 * <p>After a wanted change of the format, {@code mvn test -Dtest='*CsvTest' -Dgolden.regenerate=true} writes them
 * anew; such a run is skipped, not passed.
 */
final class Golden {

    private static final Path SOURCES = Path.of("src/test/resources/org/concurrencybench/sample");

    private Golden() {}

    static void assertEqual(String name, Path actual) throws IOException {
        if (Boolean.getBoolean("golden.regenerate")) {
            Files.createDirectories(SOURCES);
            Files.write(SOURCES.resolve(name), Files.readAllBytes(actual));
            abort("regenerated " + name);
        }
        try (InputStream golden = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
            assertThat(Files.readString(actual))
                    .as("%s; after a wanted change of the format, see %s", name, Golden.class.getName())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
