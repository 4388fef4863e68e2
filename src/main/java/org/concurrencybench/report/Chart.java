package org.concurrencybench.report;

/**
 * One picture, ready to be drawn.
 *
 * @param part of the page that it belongs to
 * @param name of its files, without a suffix
 * @param caption one sentence that tells a reader what to look for
 * @param description its numbers in words, for those who cannot see it
 * @param sheet what to draw
 */
record Chart(Part part, String name, String caption, String description, Sheet sheet) {

    /** The first sentence of its caption, without a full stop. */
    String title() {
        return caption.split("(?<=[.?]) ", 2)[0].replaceFirst("\\.$", "");
    }
}
