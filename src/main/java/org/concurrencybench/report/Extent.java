package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.concurrencybench.sample.CaseSummary;

/**
 * How much of a run is shown. Files are anybody's and may hold tens of thousands of cases, of which a picture is a grey area
 * and a page takes a browser minutes; what is left out is said, and stands in {@code summary.csv}.
 */
final class Extent {

    /** Rows of the page's table. */
    static final int MOST_ROWS = 2000;

    /** Bytes of a page after which its table ends. */
    static final int MOST_BYTES = 4_500_000;

    /** Cases in charts, with more groups, workloads and rows than any run of ours has. */
    private static final int MOST_CASES = 600;

    private static final int MOST_GROUPS = 200;
    private static final int MOST_WORKLOADS = 40;
    private static final int MOST_MODELS = 40;

    /** Bytes of charts within one page, so that a browser opens it at once and it fits into a mail. */
    private static final int MOST_EMBEDDED = 3_300_000;

    private Extent() {}

    /** Puts charts into a page as long as there is room, and after that links to their files. */
    static final class Embedding {

        private int left = MOST_EMBEDDED;

        void append(Markup html, ChartFiles chart) {
            Markup figure = new Markup();
            ChartFigure.write(figure, chart);
            if (figure.bytes() <= left) {
                left -= figure.bytes();
                html.raw(figure.toString());
            } else {
                html.line(
                        "<p class=\"warning\">This chart is too large for the page: <a href=\"%s.svg\">%s</a></p>",
                        chart.chart().name(), chart.chart().caption());
            }
        }
    }

    /**
     * What is drawn: everything, or where that is too much, the first groups of each workload in turn.
     *
     * @param warnings receives what was left out
     */
    static RunReport drawable(RunReport report, List<String> warnings) {
        Map<String, List<Cases.Group>> byWorkload = new LinkedHashMap<>();
        Cases.of(report.summaries(), List.of())
                .groups()
                .forEach(group -> byWorkload
                        .computeIfAbsent(group.kind() + " " + group.workload(), _ -> new ArrayList<>())
                        .add(group));
        Room room = new Room();
        int longest = byWorkload.values().stream().mapToInt(List::size).max().orElse(0);
        for (int index = 0; index < longest; index++) {
            for (List<Cases.Group> groups : byWorkload.values()) {
                if (index < groups.size()) {
                    room.take(groups.get(index));
                }
            }
        }
        List<CaseSummary> shown =
                report.summaries().stream().filter(room.taken::contains).toList();
        int leftOut = report.summaries().size() - shown.size();
        if (leftOut == 0) {
            return report;
        }
        warnings.add(
                ("the charts show %d of %d cases, the first settings of each workload, because more would be too many "
                                + "to see; all of them stand in summary.csv")
                        .formatted(shown.size(), report.summaries().size()));
        return report.showing(shown);
    }

    /** What has been taken, and whether more fits. */
    private static final class Room {

        private final Set<CaseSummary> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<String> workloads = new HashSet<>();
        private final Set<String> models = new HashSet<>();
        private int groups;

        void take(Cases.Group group) {
            Set<String> withIts = new HashSet<>(models);
            group.summaries()
                    .forEach(summary -> withIts.add(summary.key().model() + " "
                            + summary.key().params().get("parallelism").orElse("")));
            boolean isNew = !workloads.contains(group.workload());
            if (groups < MOST_GROUPS
                    && taken.size() + group.summaries().size() <= MOST_CASES
                    && withIts.size() <= MOST_MODELS
                    && (!isNew || workloads.size() < MOST_WORKLOADS)) {
                groups++;
                workloads.add(group.workload());
                models.addAll(withIts);
                taken.addAll(group.summaries());
            }
        }
    }
}
