package org.concurrencybench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet that all of our pages carry within them, from {@code page.css} beside this class. */
final class PageStyle {

    private PageStyle() {}

    /** The sheet in its element. */
    static String element() {
        try (InputStream sheet = PageStyle.class.getResourceAsStream("page.css")) {
            if (sheet == null) {
                throw new IllegalStateException("page.css is missing from the jar");
            }
            return "<style>\n" + new String(sheet.readAllBytes(), StandardCharsets.UTF_8) + "</style>\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
