package org.concurrencybench.sample;

import java.util.Locale;

/** Another default locale for the length of a block. */
final class DefaultLocale implements AutoCloseable {

    private final Locale before = Locale.getDefault();

    DefaultLocale(String languageTag) {
        Locale.setDefault(Locale.forLanguageTag(languageTag));
    }

    @Override
    public void close() {
        Locale.setDefault(before);
    }
}
