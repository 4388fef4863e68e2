package org.concurrencybench.runner;

import java.util.Map;
import java.util.TreeMap;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Params;

/**
 * What a benchmark counts beside its score. In the files it is a case of its own: the same one with one parameter more, or
 * with another value of it.
 *
 * @param label of JMH's secondary result
 * @param name of the parameter
 * @param value of the parameter
 * @param unit of the figure; smaller is better
 * @param scale from JMH's unit to that one
 * @param perOperation whether JMH adds it up over the operations of an iteration
 * @param isScore whether it stands in the place of the benchmark's own score, which is left out
 */
public record SideFigure(
        String label, String name, String value, String unit, double scale, boolean perOperation, boolean isScore) {

    /** One that stands beside the score. */
    public SideFigure(String label, String name, String value, String unit, double scale, boolean perOperation) {
        this(label, name, value, unit, scale, perOperation, false);
    }

    /** The case that the figure of {@code key} stands for. */
    public CaseKey of(CaseKey key) {
        Map<String, String> params = new TreeMap<>(key.params().asMap());
        params.put(name, value);
        return new CaseKey(key.benchmark(), key.workload(), key.kind(), key.model(), Params.of(params));
    }
}
