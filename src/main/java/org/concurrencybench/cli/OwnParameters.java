package org.concurrencybench.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.sample.CaseKey;

/** What {@code -p} says of a user's own code. */
final class OwnParameters {

    private OwnParameters() {}

    /**
     * The values of each name, in the order of the call.
     *
     * @param assignments {@code name=value}; more values of the same name may follow as further elements
     */
    static Map<String, List<String>> assigned(List<String> assignments) throws UsageException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                current = values.computeIfAbsent(assignment.substring(0, equals), _ -> new ArrayList<>());
            } else if (equals == 0 || values.isEmpty()) {
                throw new UsageException("-p takes name=value, not '%s'".formatted(assignment));
            }
            current.add(assignment.substring(equals + 1));
        }
        return values;
    }

    /** Takes the parallelisms out of the values. */
    static List<Integer> takeParallelisms(Map<String, List<String>> values) throws UsageException {
        List<Integer> parallelisms = new ArrayList<>();
        for (String value :
                Optional.ofNullable(values.remove(CaseKey.PARALLELISM)).orElse(List.of())) {
            if (!value.matches("[1-9][0-9]{0,5}")) {
                throw new UsageException(
                        "-p parallelism: '%s' is no number of units from 1 to 999999".formatted(value));
            }
            parallelisms.add(Integer.valueOf(value));
        }
        return parallelisms;
    }
}
