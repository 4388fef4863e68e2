package org.concurrencybench.report;

import java.util.List;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.TimelineSpan;

/**
 * What a run's page shows beyond its summaries.
 *
 * @param samples every iteration, those of the warm-up included; empty where they are not known
 * @param timelines who did what when; empty where nobody wrote it down
 */
public record RunDetail(List<Sample> samples, List<TimelineSpan> timelines) {

    /** Nothing but the summaries. */
    public static final RunDetail NONE = new RunDetail(List.of(), List.of());

    public RunDetail {
        samples = List.copyOf(samples);
        timelines = List.copyOf(timelines);
    }
}
