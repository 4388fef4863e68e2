package org.concurrencybench.report;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.concurrencybench.comparison.CaseComparison;
import org.concurrencybench.comparison.Comparison;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A comparison for other programs to read. Shares are numbers (0.05 is 5 %); what is not known is null. */
public final class ComparisonJson {

    private ComparisonJson() {}

    /** The whole as one JSON object, ending in a newline. */
    public static String of(Comparison comparison) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("baseline", comparison.baseline());
        root.put("candidate", comparison.candidate());
        root.put("verdict", comparison.verdict().label());
        root.put("confidence", comparison.settings().confidence());
        // Rounded, because 1 - 0.99 has a tail of binary digits.
        root.put("false_alarm_rate", Math.rint(1e12 * (1 - comparison.settings().confidence())) / 1e12);
        put(root, "minimum_detectable_change", comparison.detectable());
        put(root, "minimum_detectable_change_all", comparison.detectableInAll());
        comparison.warnings().forEach(root.putArray("warnings")::add);
        comparison.notes().forEach(root.putArray("notes")::add);
        var cases = root.putArray("cases");
        comparison.cases().forEach(one -> cases.add(one(one, comparison)));
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(root)
                        .replace("\r\n", "\n")
                + "\n";
    }

    private static ObjectNode one(CaseComparison one, Comparison comparison) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("benchmark", one.benchmark());
        ObjectNode params = node.putObject("params");
        one.params().asMap().forEach(params::put);
        node.put("mode", one.mode());
        node.put("threads", one.threads());
        node.put("unit", one.unit());
        node.put("direction", one.direction().label());
        node.put("verdict", one.verdict().label());
        put(node, "change", one.change().map(change -> change.value()).orElse(Double.NaN));
        put(node, "change_low", one.change().map(change -> change.low()).orElse(Double.NaN));
        put(node, "change_high", one.change().map(change -> change.high()).orElse(Double.NaN));
        node.put("threshold", comparison.settings().threshold());
        put(node, "forks_baseline", forks(one, one.forksBaseline()));
        put(node, "forks_candidate", forks(one, one.forksCandidate()));
        put(node, "minimum_detectable_change", one.detectable());
        put(node, "forks_to_decide", one.forksToDecide());
        node.put("pooled", one.pooled());
        node.put("note", one.note());
        return node;
    }

    private static OptionalInt forks(CaseComparison one, int forks) {
        return one.pooled() && forks == 0 ? OptionalInt.empty() : OptionalInt.of(forks);
    }

    private static void put(ObjectNode node, String name, OptionalInt number) {
        if (number.isPresent()) {
            node.put(name, number.getAsInt());
        } else {
            node.putNull(name);
        }
    }

    private static void put(ObjectNode node, String name, OptionalDouble number) {
        put(node, name, number.orElse(Double.NaN));
    }

    private static void put(ObjectNode node, String name, double number) {
        if (Double.isFinite(number)) {
            node.put(name, number);
        } else {
            node.putNull(name);
        }
    }
}
