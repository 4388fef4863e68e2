package org.concurrencybench.report;

import java.util.List;

/**
 * The textbook's programs as a run replayed them.
 *
 * @param rows one for each program that was measured; none for a run that replays nothing
 * @param withoutCPython why not all of them ran under CPython; empty if they did
 */
public record Replay(List<ReplayRow> rows, String withoutCPython) {

    /** Of a run that replays nothing. */
    static final Replay NONE = new Replay(List.of(), "");

    /** Copies the list. */
    public Replay {
        rows = List.copyOf(rows);
    }

    boolean hasCPython() {
        return rows.stream().anyMatch(row -> row.cpython().isPresent());
    }

    /** What a reader has to know before the table. */
    String note() {
        String why = withoutCPython.isEmpty() ? "" : ": " + withoutCPython;
        String cpython = "There is no column for CPython, because it was not run%s.".formatted(why);
        if (hasCPython()) {
            cpython =
                    "CPython was run on this machine, timed around the same region (but that withdrawers who wait for deposits"
                            + " have started by then here and not there, and that ten workers of a queue have ended here)"
                            + (why.isEmpty() ? "." : ", but not all of it" + why + ".");
        }
        return "Published seconds were taken by their authors on machines of theirs: beside programs that sleep they mean"
                + " something, beside programs that compute little. " + cpython;
    }
}
