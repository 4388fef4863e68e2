package org.concurrencybench.report;

/** HTML on its way to a page. Markup comes from our own code; each text that is filled in is escaped. */
final class Markup {

    private final StringBuilder html = new StringBuilder();

    /** {@link #append} and the end of the line. */
    Markup line(String markup, String... texts) {
        append(markup, texts);
        html.append('\n');
        return this;
    }

    /** The only way for text to get into a page: each {@code %s} of our markup receives one escaped text. */
    Markup append(String markup, String... texts) {
        String rest = markup;
        for (String text : texts) {
            int place = rest.indexOf("%s");
            html.append(rest, 0, place).append(Text.escape(text));
            rest = rest.substring(place + 2);
        }
        html.append(rest);
        return this;
    }

    /** Markup that this room has made itself, such as a drawn chart; never anything from outside. */
    Markup raw(String markup) {
        html.append(markup);
        return this;
    }

    /** How much there is of it so far. */
    int length() {
        return html.length();
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
