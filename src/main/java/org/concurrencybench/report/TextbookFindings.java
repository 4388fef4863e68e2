package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Estimate;

/** What the textbook's programs are there to show, in sentences: the interpreter lock, a queue's place, what can be stopped. */
final class TextbookFindings {

    private static final String GIL = "gil-threads";
    private static final String THREADS = "platform-threads";

    private static final Set<String> ON_THE_HEAP =
            Set.of("array-blocking-queue", "linked-transfer-queue", "jctools-spsc", "jctools-mpsc");

    private static final Set<String> IN_MAPPED_MEMORY = Set.of("spsc-ring", "mpsc-ring", "pipe", "unix-socket");

    private TextbookFindings() {}

    static List<String> of(List<CaseSummary> summaries) {
        List<String> findings = new ArrayList<>();
        interpreterLock(summaries).ifPresent(findings::add);
        findings.addAll(queues(summaries));
        findings.addAll(stops(summaries));
        return findings;
    }

    /** Threads of which one computes at a time beside threads, where they compute and where they sleep. */
    private static Optional<String> interpreterLock(List<CaseSummary> summaries) {
        if (summaries.stream().noneMatch(summary -> summary.key().model().equals(GIL))) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        boolean computingStands = false;
        boolean sleepingGains = false;
        for (Cases.Group group : Cases.of(Curve.rest(summaries), List.of()).groups()) {
            boolean computes = group.kind().equals("cpu-bound");
            Optional<Estimate> locked = speedup(group, GIL);
            Optional<Estimate> free = speedup(group, THREADS);
            if (locked.isPresent()
                    && free.isPresent()
                    && (computes || group.kind().equals("sleep-bound"))) {
                words.add("%s %s where platform-threads have %s (%s)"
                        .formatted(
                                computes ? "computing" : "sleeping",
                                Numbers.withInterval(locked.get(), "×"),
                                Numbers.withInterval(free.get(), "×"),
                                Text.clean(group.title())));
                computingStands |= computes && locked.get().high() < free.get().low();
                sleepingGains |= !computes && locked.get().low() > 1;
            }
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("The interpreter lock, as gil-threads model it: " + String.join("; ", words)
                + (computingStands && sleepingGains
                        ? ". Threads under such a lock gain from waiting and not from cores."
                        : "."));
    }

    private static Optional<Estimate> speedup(Cases.Group group, String model) {
        return group.summaries().stream()
                .filter(summary -> summary.key().model().equals(model))
                .flatMap(summary -> summary.speedup().stream())
                .findFirst();
    }

    /** For each shape of hand-over the quickest queue on a heap, in memory that is mapped, and between processes. */
    private static List<String> queues(List<CaseSummary> summaries) {
        Map<String, List<CaseSummary>> shapes = new LinkedHashMap<>();
        for (CaseSummary summary : summaries) {
            if (summary.key().workload().equals("queue") && !summary.key().isReference()) {
                shapes.computeIfAbsent(
                                Cases.spell(summary.key()
                                        .group()
                                        .params()
                                        .without("channel")
                                        .asMap()),
                                _ -> new ArrayList<>())
                        .add(summary);
            }
        }
        List<String> findings = new ArrayList<>();
        shapes.forEach((shape, cases) -> {
            Optional<CaseSummary> heap = quickest(cases, ON_THE_HEAP, false);
            Optional<CaseSummary> mapped = quickest(cases, IN_MAPPED_MEMORY, false);
            Optional<CaseSummary> between = quickest(cases, IN_MAPPED_MEMORY, true);
            if (heap.isPresent() && (mapped.isPresent() || between.isPresent())) {
                List<String> words = new ArrayList<>();
                words.add("on the heap " + queue(heap.get()));
                mapped.ifPresent(one -> words.add("in mapped memory, but within one JVM, " + queue(one)));
                between.ifPresent(one -> words.add("between JVMs " + queue(one)));
                findings.add("A queue's place (%s), the quickest of each: %s."
                        .formatted(Text.clean(shape), String.join("; ", words)));
            }
        });
        return findings;
    }

    private static Optional<CaseSummary> quickest(List<CaseSummary> cases, Set<String> channels, boolean children) {
        return cases.stream()
                .filter(summary -> summary.key()
                        .params()
                        .get("channel")
                        .filter(channels::contains)
                        .isPresent())
                .filter(summary -> summary.key().model().startsWith("child-jvms") == children)
                .filter(summary -> Reason.millis(summary).isPresent())
                .min(Comparator.comparingDouble(
                        summary -> Reason.millis(summary).orElseThrow()));
    }

    private static String queue(CaseSummary summary) {
        return "%s under %s, %s"
                .formatted(
                        summary.key().params().get("channel").orElseThrow(),
                        Text.clean(summary.key().model()),
                        Numbers.withInterval(summary.score(), " " + ScoreText.unit(summary.unit())));
    }

    /** For each state of a worker who could be stopped there, and who could not. */
    private static List<String> stops(List<CaseSummary> summaries) {
        Map<String, List<CaseSummary>> states = new LinkedHashMap<>();
        for (CaseSummary summary : summaries) {
            if (summary.key().workload().equals("stop")) {
                states.computeIfAbsent(summary.key().params().get("state").orElse("not given"), _ -> new ArrayList<>())
                        .add(summary);
            }
        }
        List<String> findings = new ArrayList<>();
        states.forEach((state, cases) -> {
            List<CaseSummary> stopped =
                    cases.stream().filter(one -> ScoreText.notStopped(one) == 0).toList();
            List<CaseSummary> not =
                    cases.stream().filter(one -> ScoreText.notStopped(one) > 0).toList();
            findings.add("To stop a worker that is in state %s: %s%s."
                    .formatted(
                            Text.clean(state),
                            stopped.isEmpty()
                                    ? "nothing that was measured stops it"
                                    : "stopped in "
                                            + stopped.stream()
                                                    .map(TextbookFindings::stopped)
                                                    .collect(Collectors.joining(", ")),
                            not.isEmpty()
                                    ? ""
                                    : "; not to be stopped: "
                                            + not.stream()
                                                    .map(TextbookFindings::stopped)
                                                    .collect(Collectors.joining(", "))));
        });
        return findings;
    }

    private static String stopped(CaseSummary summary) {
        String interval = ScoreText.isBound(summary) || !summary.score().isBounded()
                ? ""
                : " " + Numbers.interval(summary.score());
        return "%s%s (%s)"
                .formatted(
                        ScoreText.value(summary),
                        interval,
                        Text.clean(summary.key().model()));
    }
}
