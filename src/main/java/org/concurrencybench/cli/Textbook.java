package org.concurrencybench.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.benchmark.TextbookProgram;
import org.concurrencybench.report.ReplayRow;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.Estimate;

/** The textbook's programs beside ours: sets what was published, measured and possible side by side. */
final class Textbook {

    /** What comes before the way in the model of CPython's samples. */
    private static final String MODEL = "cpython-";

    private static final String PROFILE = Profile.TEXTBOOK.label();

    private Textbook() {}

    /** Whether that is a case of CPython's, which no chart of models shows. */
    static boolean isCPython(CaseSummary summary) {
        return isCPython(summary.key());
    }

    /** Whether its samples are CPython's. */
    static boolean isCPython(CaseKey key) {
        return key.model().startsWith(MODEL);
    }

    /** The programs of which a plan has a case. */
    static List<TextbookProgram> programs(Plan plan) {
        return plan.profile().equals(PROFILE)
                ? Arrays.stream(TextbookProgram.values())
                        .filter(program -> plan.cases().stream().anyMatch(one -> isCaseOf(program, one.key())))
                        .toList()
                : List.of();
    }

    /** What CPython's program takes: our settings, less those that it does not have. */
    static Map<String, String> parameters(TextbookProgram program) {
        List<String> known = switch (program.suite()) {
            case SQUARE_CUBE -> List.of("numbers", "sleepMillis");
            case RESULT_SHARING -> List.of("way", "list", "function", "sleepMillis", "room", "valueHundredths");
            case QUEUE -> List.of("shape", "items", "first");
            case BANK_BALANCE -> List.of("transfers", "thinkMicros", "lock", "order");
            case LOST_UPDATE -> List.of("lock", "waitMillis", "updates", "workers");
            case SHARED_COUNTER -> List.of("shape", "additions", "waitMillis", "workers", "elements");
            case TICKER -> List.of("tickMillis", "slowTimes", "ticks");
            case FAILURE -> List.of("fault", "workers", "failing");
            case SUM_OF_SQUARES -> List.of("tasks", "terms");
            case POOL_MAP -> List.of("numbers", "first", "function");
            default -> List.of("units", "squares");
        };
        Map<String, String> parameters = new TreeMap<>(program.settings().asMap());
        parameters.keySet().retainAll(known);
        program.parallelism().ifPresent(units -> parameters.put(CaseKey.PARALLELISM, units));
        return parameters;
    }

    /** The case that CPython's samples of a program stand under. */
    static CaseKey key(TextbookProgram program) {
        return new CaseKey(
                CPython.SCRIPT,
                program.suite().workload(),
                program.suite().kind().label(),
                MODEL + program.way().label(),
                Params.of(parameters(program)));
    }

    private static boolean isCaseOf(TextbookProgram program, CaseKey key) {
        Map<String, String> params = key.params().asMap();
        return key.workload().equals(program.suite().workload())
                && key.model().equals(program.model().label())
                && params.entrySet().containsAll(program.settings().asMap().entrySet())
                && program.parallelism()
                        .map(units -> units.equals(params.get(CaseKey.PARALLELISM)))
                        .orElse(true);
    }

    /** A row for each program that was measured; none for other profiles. */
    static List<ReplayRow> rows(String profile, List<CaseSummary> summaries) {
        if (!profile.equals(PROFILE)) {
            return List.of();
        }
        List<ReplayRow> rows = new ArrayList<>();
        for (TextbookProgram program : TextbookProgram.values()) {
            Optional<CaseSummary> here = summaries.stream()
                    .filter(summary -> isCaseOf(program, summary.key()))
                    .findFirst();
            Optional<CaseSummary> cpython = summaries.stream()
                    .filter(summary -> summary.key().equals(key(program)))
                    .findFirst();
            if (here.isPresent() || cpython.isPresent()) {
                rows.add(new ReplayRow(
                        program.row(),
                        program.suite().workload() + " "
                                + parameters(program).entrySet().stream()
                                        .map(Map.Entry::toString)
                                        .collect(Collectors.joining(" ")),
                        program.model().label() + " / " + program.way().label(),
                        program.publishedSeconds(),
                        here.map(Textbook::seconds),
                        here.map(one -> ideal(program, one, summaries)).orElse(OptionalDouble.empty()),
                        program.suite().hasReference() ? "not known" : "none: one thread starts no units",
                        cpython.map(Textbook::seconds)));
            }
        }
        return rows;
    }

    /** Its sleeps, or for a program that computes what serial takes here, over the speed-up that the hardware allows. */
    private static OptionalDouble ideal(TextbookProgram program, CaseSummary here, List<CaseSummary> summaries) {
        OptionalDouble serial = program.sleepSeconds().isPresent()
                ? program.sleepSeconds()
                : summaries.stream()
                        .filter(summary -> summary.key().isReference()
                                && summary.key().group().equals(here.key().group()))
                        .mapToDouble(summary -> seconds(summary).value())
                        .findFirst();
        return serial.isPresent() && here.ideal().isPresent() && here.ideal().getAsDouble() > 0
                ? OptionalDouble.of(serial.getAsDouble() / here.ideal().getAsDouble())
                : OptionalDouble.empty();
    }

    private static Estimate seconds(CaseSummary summary) {
        Estimate millis = summary.score();
        return new Estimate(millis.value() / 1000, millis.low() / 1000, millis.high() / 1000, millis.confidence());
    }
}
