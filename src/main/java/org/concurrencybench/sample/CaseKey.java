package org.concurrencybench.sample;

/**
 * What makes a case the same case: a row of every table.
 *
 * @param benchmark JMH's name, class and method, e.g. {@code org.acme.MyBenchmark.run}
 * @param workload what is computed, e.g. {@code sum-of-squares}; empty in files from elsewhere
 * @param kind what bounds it, e.g. {@code cpu-bound}; empty in files from elsewhere
 * @param model how it is run, e.g. {@code virtual-threads}; empty in files from elsewhere
 * @param params its parameters, {@code parallelism} among them where there is one
 */
public record CaseKey(String benchmark, String workload, String kind, String model, Params params) {

    /** The model that speed-ups are taken against. */
    public static final String REFERENCE_MODEL = "serial";

    /** The parameter that differs between a case and its reference. */
    public static final String PARALLELISM = "parallelism";

    /** The parameter of a case that is no time but something else that was counted beside one. */
    public static final String FIGURE = "figure";

    /** Whether it counts something else than time; nothing is slower or faster for it. */
    public boolean isFigure() {
        return params.get(FIGURE).isPresent();
    }

    /** Whether this is the case that others of its {@link #group} are measured against. */
    public boolean isReference() {
        return model.equals(REFERENCE_MODEL);
    }

    /** What this case shares with the others that do the same work: all but the model and the parallelism. */
    public Group group() {
        return new Group(benchmark, workload, kind, params.without(PARALLELISM));
    }

    /** {@code workload model name=value;…}, for messages. */
    public String label() {
        String what = workload.isEmpty() ? benchmark : workload;
        return String.join(" ", what, model, params.toCell()).strip().replaceAll(" +", " ");
    }

    /** The cases that do the same work, under any model: they belong into one picture. */
    public record Group(String benchmark, String workload, String kind, Params params) {}
}
