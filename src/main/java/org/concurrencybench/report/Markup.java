package org.concurrencybench.report;

/** HTML on its way to a page. Markup comes from our own code; each text that is filled in is escaped. */
final class Markup {

    private final StringBuilder html = new StringBuilder();
    private int bytes;

    /** {@link #append} and the end of the line. */
    Markup line(String markup, String... texts) {
        append(markup, texts);
        add("\n");
        return this;
    }

    /** The only way for text to get into a page: each {@code %s} of our markup receives one escaped text. */
    Markup append(String markup, String... texts) {
        String rest = markup;
        for (String text : texts) {
            int place = rest.indexOf("%s");
            add(rest.substring(0, place));
            add(Text.escape(text));
            rest = rest.substring(place + 2);
        }
        add(rest);
        return this;
    }

    /** Markup that this room has made itself, such as a drawn chart; never anything from outside. */
    Markup raw(String markup) {
        add(markup);
        return this;
    }

    /** How much there is of it so far, in UTF-8. */
    int bytes() {
        return bytes;
    }

    private void add(String text) {
        html.append(text);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            // Halves of a pair have two each of its four bytes.
            bytes += letter < 0x80 ? 1 : letter < 0x800 || Character.isSurrogate(letter) ? 2 : 3;
        }
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
