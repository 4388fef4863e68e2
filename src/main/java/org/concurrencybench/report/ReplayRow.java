package org.concurrencybench.report;

import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.statistics.Estimate;

/**
 * One of the textbook's programs: what its author published beside what was measured here.
 *
 * @param row its number in the textbook's list
 * @param program what it does, with its settings
 * @param way the model that runs it
 * @param publishedSeconds as its author had them, on a machine of theirs
 * @param here in seconds; absent where the case was not measured
 * @param idealSeconds what the hardware allows
 * @param noIdeal what to say where that is empty
 * @param cpython the same program under CPython on this machine, in seconds
 */
public record ReplayRow(
        String row,
        String program,
        String way,
        OptionalDouble publishedSeconds,
        Optional<Estimate> here,
        OptionalDouble idealSeconds,
        String noIdeal,
        Optional<Estimate> cpython) {

    /** One line for a terminal. */
    public String sentence() {
        return "Textbook program %s, %s, %s: published %s, here %s, ideal %s, CPython here %s."
                .formatted(row, program, way, published(), hereText(), idealText(), cpythonText());
    }

    /** Every digit that its author gave. */
    String published() {
        return publishedSeconds.isPresent() ? publishedSeconds.getAsDouble() + " s" : "nothing";
    }

    String hereText() {
        return text(here);
    }

    String idealText() {
        return idealSeconds.isPresent() ? Numbers.plain(idealSeconds.getAsDouble()) + " s" : noIdeal;
    }

    String cpythonText() {
        return text(cpython);
    }

    private static String text(Optional<Estimate> seconds) {
        return seconds.map(estimate -> Numbers.withInterval(estimate, " s")).orElse("not measured");
    }
}
