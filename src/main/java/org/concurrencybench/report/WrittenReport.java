package org.concurrencybench.report;

import java.nio.file.Path;
import java.util.List;

/**
 * What stands on disk after a report was written.
 *
 * @param page the page to open
 * @param charts every chart file, SVG and PNG; empty where this machine cannot draw text
 * @param warnings what the user should be told, one line each
 */
public record WrittenReport(Path page, List<Path> charts, List<String> warnings) {

    /** Copies the lists. */
    public WrittenReport {
        charts = List.copyOf(charts);
        warnings = List.copyOf(warnings);
    }
}
