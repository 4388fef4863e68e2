package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.concurrencybench.comparison.SelfTestRecord;
import org.concurrencybench.comparison.SelfTestTrial;
import org.concurrencybench.comparison.Verdict;

/** What a self-test showed: as a table of its own, and as the line that comparisons on the same machine carry. */
public final class SelfTestText {

    private SelfTestText() {}

    /** All of its figures, and each case that went wrong. */
    public static String table(SelfTestRecord record) {
        StringBuilder text = new StringBuilder();
        text.append("  same code on both sides: %d of %d comparisons gave a false alarm%n"
                .formatted(record.falseAlarms(), record.judged()));
        for (SelfTestRecord.Detection size : record.detections()) {
            text.append("  slowed by %s: found in %d of %d cases that were%s%n"
                    .formatted(
                            ChangeText.share(size.slowdown()),
                            size.found(),
                            size.of(),
                            size.saidUnchanged() == 0 ? "" : ", called unchanged in " + size.saidUnchanged()));
        }
        if (record.falseAlarmsBeside() > 0) {
            text.append("  beside slowed cases: %d comparisons gave a false alarm for another case%n"
                    .formatted(record.falseAlarmsBeside()));
        }
        if (record.notSlowed() > 0) {
            text.append(
                    "  not slowed: %d cases, so nothing is said of detection in them%n".formatted(record.notSlowed()));
        }
        Map<String, Double> detectable = record.detectable();
        if (!detectable.isEmpty()) {
            text.append("  about the smallest slowdown that is found 19 times of 20 within %d s:%n"
                    .formatted(record.budgetSeconds()));
            detectable.forEach((label, size) -> text.append("    %12s  %s%n".formatted(size(size), Text.clean(label))));
        }
        wrong(record).forEach(line -> text.append("! ").append(line).append(System.lineSeparator()));
        return text.toString();
    }

    /** A line that says what one comparison showed, for those who wait. */
    public static String progress(SelfTestTrial trial) {
        String kind = trial.slowdown() == 0 ? "same code" : "slowed by " + ChangeText.share(trial.slowdown());
        String verdicts = trial.cases().stream()
                .collect(Collectors.groupingBy(one -> one.verdict().label(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%s: %s, %.0f s", kind, verdicts, trial.seconds());
    }

    /** For a report of a comparison on the same machine. */
    public static String note(SelfTestRecord record) {
        List<String> parts = new ArrayList<>();
        parts.add(
                "%d false alarms in %d comparisons of the same code".formatted(record.falseAlarms(), record.judged()));
        record.detections()
                .forEach(size -> parts.add("%s slower found %d times of %d"
                        .formatted(ChangeText.share(size.slowdown()), size.found(), size.of())));
        List<Double> detectable = record.detectable().values().stream().sorted().toList();
        if (!detectable.isEmpty()) {
            parts.add("smallest that is found 19 times of 20 in half of its cases within %d s: %s"
                    .formatted(record.budgetSeconds(), size(detectable.get(detectable.size() / 2))));
        }
        return "self-test of this machine, %s, of %s, on %s, at a threshold of %s: %s"
                .formatted(
                        record.takenAt()
                                .substring(0, Math.min(10, record.takenAt().length())),
                        record.subject(),
                        record.jdk(),
                        ChangeText.share(record.threshold()),
                        String.join("; ", parts));
    }

    private static String size(double detectable) {
        return detectable >= ChangeText.TENFOLD ? "none" : "about " + ChangeText.percent(detectable);
    }

    private static List<String> wrong(SelfTestRecord record) {
        List<String> lines = new ArrayList<>();
        for (SelfTestTrial trial : record.trials()) {
            trial.warnings().forEach(line -> lines.add(Text.clean(line)));
            for (SelfTestTrial.Case one : trial.cases()) {
                String why = switch (one.burnt()) {
                    case FAILED ->
                        "should have been slowed by %s and was not".formatted(ChangeText.share(trial.slowdown()));
                    case AS_ASKED ->
                        one.verdict() == Verdict.REGRESSED
                                ? ""
                                : "was slowed by %s".formatted(ChangeText.share(trial.slowdown()));
                    case NONE ->
                        switch (one.verdict()) {
                            case REGRESSED, IMPROVED, FAILED -> "was the same on both sides";
                            default -> "";
                        };
                };
                if (!why.isEmpty()) {
                    Double worsening = one.worsening();
                    lines.add(Text.clean("%s %s, and is said to be %s%s%s"
                            .formatted(
                                    one.label(),
                                    why,
                                    one.verdict().label(),
                                    worsening == null ? "" : " (" + ChangeText.percent(worsening) + " slower)",
                                    one.note().isEmpty() ? "" : ": " + one.note())));
                }
            }
        }
        return lines;
    }
}
