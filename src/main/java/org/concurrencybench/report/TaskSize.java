package org.concurrencybench.report;

import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;

/**
 * How many tasks a case has and how long one of them is. A summary does not carry that; it follows from the parameters, and
 * this is the one place that knows how: a task is what a model may give to a unit of its own, as each workload documents it.
 */
final class TaskSize {

    private TaskSize() {}

    /** The number of tasks; empty for a workload that is not known here, or where a parameter is no number. */
    static OptionalDouble count(CaseKey key) {
        return switch (key.workload()) {
            case "square-cube" ->
                key.params().get("split").filter("by-item"::equals).isPresent()
                        ? scaled(number(key, "numbers"), 2)
                        : OptionalDouble.of(2);
            case "sum-of-squares", "many-sleepers" -> number(key, "tasks");
            case "pool-map" -> number(key, "numbers");
            case "bank-balance" -> scaled(number(key, "pairs"), 2);
            case OwnCases.FUNCTION -> number(key, OwnCases.CALLS);
            default -> OptionalDouble.empty();
        };
    }

    /**
     * How long one task takes one thread, in seconds: serial's time over the number of tasks, or where serial would take too
     * long, the sleep that each of them consists of.
     *
     * @param group cases that do the same work
     */
    static OptionalDouble seconds(Cases.Group group) {
        OptionalDouble count = count(group.summaries().getFirst().key());
        Optional<CaseSummary> serial = group.reference();
        if (serial.isPresent() && count.isPresent()) {
            OptionalDouble millis = Reason.millis(serial.get());
            return millis.isPresent() && millis.getAsDouble() > 0
                    ? OptionalDouble.of(millis.getAsDouble() / 1000 / count.getAsDouble())
                    : OptionalDouble.empty();
        }
        CaseKey key = group.summaries().getFirst().key();
        return key.workload().equals("many-sleepers")
                ? scaled(number(key, "sleepMillis"), 1e-3)
                : OptionalDouble.empty();
    }

    private static OptionalDouble scaled(OptionalDouble number, double factor) {
        return number.isPresent() ? OptionalDouble.of(number.getAsDouble() * factor) : number;
    }

    /** A parameter above 0. Files are anybody's. */
    private static OptionalDouble number(CaseKey key, String name) {
        return key.params()
                .get(name)
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(Double::parseDouble)
                .filter(value -> value > 0)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }
}
