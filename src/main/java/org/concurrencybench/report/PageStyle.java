package org.concurrencybench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet that all of our pages carry within them, from {@code page.css} beside this class. */
final class PageStyle {

    private PageStyle() {}

    /**
     * What stands at the beginning of every page: its title, the sheet, and the promise, which the browser keeps, that it
     * neither fetches nor runs anything.
     *
     * @param charts the styles of the charts in it
     */
    static String head(String title, ChartStyles charts) {
        return """
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                base-uri 'none'; form-action 'none'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <link rel="icon" href="data:,">
                <style>
                %s%s</style>
                </head>
                """.formatted(Text.escape(title), sheet(), charts.rules());
    }

    /** The sheet alone. */
    static String sheet() {
        try (InputStream sheet = PageStyle.class.getResourceAsStream("page.css")) {
            if (sheet == null) {
                throw new IllegalStateException("page.css is missing from the jar");
            }
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
