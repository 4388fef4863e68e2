package org.concurrencybench.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.WorkloadDefinition;

/** The workloads that we measure, each with its benchmark and the settings that a profile measures it with. */
public enum Suite {
    SQUARE_CUBE(
            new SquareCube(),
            SquareCubeBenchmark.class,
            List.of(
                    new Variant(Profile.SMOKE, Map.of("sleepMillis", "10"), Timing.singleBatches(1, 2)),
                    new Variant(Profile.STANDARD, Map.of(), Timing.singleBatches(1, 3)),
                    new Variant(Profile.STANDARD, Map.of("split", "by-item"), Timing.singleBatches(1, 3)),
                    new Variant(Profile.FULL, Map.of(), Timing.singleBatches(1, 5)),
                    new Variant(Profile.FULL, Map.of("split", "by-item"), Timing.singleBatches(1, 5)),
                    new Variant(Profile.FULL, Map.of("sleepMillis", "5"), Timing.singleBatches(2, 10)),
                    new Variant(Profile.TEXTBOOK, Map.of("sleepMillis", "500"), Timing.singleBatches(0, 1)))),
    SUM_OF_SQUARES(
            new SumOfSquares(),
            SumOfSquaresBenchmark.class,
            List.of(
                    new Variant(Profile.SMOKE, Map.of("tasks", "20000"), new Timing(2, 100, 3, 100)),
                    new Variant(Profile.STANDARD, Map.of(), new Timing(5, 300, 7, 200)),
                    new Variant(Profile.FULL, Map.of(), new Timing(5, 200, 10, 200)),
                    new Variant(Profile.FULL, Map.of("tasks", "1000000"), new Timing(2, 200, 5, 200)),
                    new Variant(Profile.TEXTBOOK, Map.of(), Timing.singleBatches(0, 1)))),
    BANK_BALANCE(
            new BankBalance(),
            BankBalanceBenchmark.class,
            List.of(
                    new Variant(Profile.SMOKE, Map.of("transfers", "20000"), new Timing(2, 50, 3, 50)),
                    new Variant(Profile.STANDARD, Map.of(), new Timing(4, 200, 7, 150)),
                    new Variant(
                            Profile.STANDARD,
                            Map.of("transfers", "20", "thinkMicros", "10000"),
                            Timing.singleBatches(1, 3)),
                    new Variant(Profile.FULL, Map.of(), new Timing(5, 200, 10, 200)),
                    new Variant(
                            Profile.FULL,
                            Map.of("transfers", "20", "thinkMicros", "10000"),
                            Timing.singleBatches(1, 5)),
                    new Variant(
                            Profile.TEXTBOOK,
                            Map.of("transfers", "100", "thinkMicros", "10000"),
                            Timing.singleBatches(0, 1))));

    /**
     * One set of settings in one profile.
     *
     * @param profile the profile that holds it
     * @param given settings that differ from the workload's defaults
     * @param timing how long a fork measures it
     */
    public record Variant(Profile profile, Map<String, String> given, Timing timing) {}

    /**
     * A workload under a model, ready to be measured.
     *
     * @param benchmark JMH's name, class and method
     * @param definition the workload
     * @param settings a value for each of its parameters
     * @param model how it is run
     * @param parallelism units at once
     * @param ideal speed-up that the hardware allows
     * @param timing how long a fork measures it
     */
    public record Case(
            String benchmark,
            WorkloadDefinition definition,
            Settings settings,
            Model model,
            int parallelism,
            double ideal,
            Timing timing) {}

    /** The parameter that every workload has beside its own. */
    public static final Parameter PARALLELISM = new Parameter.WholeNumber(
            "parallelism", 1, 1, 100_000, "units at once; serial has 1, child JVMs 8 at most");

    @SuppressWarnings("ImmutableEnumChecker") // definitions are stateless, which an interface cannot promise
    private final WorkloadDefinition definition;

    private final Class<? extends BatchBenchmark> benchmark;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Variant> variants;

    Suite(WorkloadDefinition definition, Class<? extends BatchBenchmark> benchmark, List<Variant> variants) {
        this.definition = definition;
        this.benchmark = benchmark;
        this.variants = variants;
    }

    /** The workload. */
    public WorkloadDefinition definition() {
        return definition;
    }

    /** JMH's name of its benchmark, class and method. */
    public String benchmark() {
        return benchmark.getName() + ".run";
    }

    /** The settings that profiles measure it with. */
    public List<Variant> variants() {
        return variants;
    }

    /** The entry of the workload with this name. */
    public static Optional<Suite> find(String workload) {
        return Arrays.stream(values())
                .filter(entry -> entry.definition.name().equals(workload))
                .findFirst();
    }

    /**
     * The cases of one profile, in the order in which they are shown; one may stand there twice if {@code given} replaces
     * what sets two of them apart.
     *
     * @param given settings that replace the profile's; settings of the same name under {@code parallelism} too, which
     *     is taken for every model that has a choice
     * @param models which models
     * @param cores cores of the machine that units may use
     * @throws IllegalArgumentException if a setting is not allowed; one line
     */
    public List<Case> cases(Profile profile, Map<String, String> given, List<Model> models, int cores) {
        List<Case> cases = new ArrayList<>();
        for (Variant variant : variants) {
            if (variant.profile == profile) {
                Map<String, String> values = new HashMap<>(variant.given);
                values.putAll(given);
                String parallelism = values.remove(PARALLELISM.name());
                if (parallelism != null && !PARALLELISM.accepts(parallelism)) {
                    throw new IllegalArgumentException("parameter %s is '%s', but must be %s"
                            .formatted(PARALLELISM.name(), parallelism, PARALLELISM.allowed()));
                }
                Settings settings = Settings.of(definition.parameters(), values);
                int wanted = parallelism == null
                        ? definition.naturalParallelism(settings, cores)
                        : Integer.parseInt(parallelism);
                for (Model model : models) {
                    cases.add(measured(settings, model, model.execution().parallelism(wanted), cores, variant.timing));
                }
            }
        }
        return List.copyOf(cases);
    }

    private Case measured(Settings settings, Model model, int parallelism, int cores, Timing timing) {
        return new Case(
                benchmark(),
                definition,
                settings,
                model,
                parallelism,
                definition.idealSpeedup(settings, parallelism, cores),
                timing);
    }
}
