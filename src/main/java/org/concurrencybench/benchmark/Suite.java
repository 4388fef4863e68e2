package org.concurrencybench.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.concurrencybench.execution.childjvm.MappedState;
import org.concurrencybench.process.ProcessTree;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Footprint;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LostUpdate;
import org.concurrencybench.workload.ManySleepers;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.PoolMap;
import org.concurrencybench.workload.QueueHandOff;
import org.concurrencybench.workload.ResultSharing;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedCounter;
import org.concurrencybench.workload.Spawn;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.Stop;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.Ticker;
import org.concurrencybench.workload.WorkerFailure;
import org.concurrencybench.workload.WorkloadDefinition;

/** The workloads that we measure, each with its benchmark and the settings that a profile measures it with. */
public enum Suite {
    SQUARE_CUBE(
            new SquareCube(),
            SquareCubeBenchmark.class,
            List.of(
                    new Variant(Profile.SMOKE, Map.of("sleepMillis", "10"), Timing.singleBatches(1, 2)),
                    new Variant(Profile.STANDARD, Map.of(), Timing.singleBatches(1, 4)),
                    new Variant(Profile.STANDARD, Map.of("split", "by-item"), Timing.singleBatches(1, 4)),
                    new Variant(Profile.FULL, Map.of(), Timing.singleBatches(1, 5)),
                    new Variant(Profile.FULL, Map.of("split", "by-item"), Timing.singleBatches(1, 5)),
                    new Variant(Profile.FULL, Map.of("sleepMillis", "5"), Timing.singleBatches(2, 10)),
                    new Variant(Profile.TEXTBOOK, Map.of("sleepMillis", "500"), Timing.singleBatches(0, 1)),
                    new Variant(
                            Profile.TEXTBOOK,
                            Map.of("numbers", "2:3:8:9", "sleepMillis", "200"),
                            Timing.singleBatches(0, 1)),
                    // Twenty seconds a chain: only what the textbook runs.
                    new Variant(
                            Profile.TEXTBOOK,
                            Map.of("numbers", "4", "sleepMillis", "5000"),
                            Timing.singleBatches(0, 1),
                            List.of(Model.SERIAL, Model.PLATFORM_THREADS_COLD, Model.CHILD_JVMS_COLD)))),
    SUM_OF_SQUARES(
            new SumOfSquares(),
            SumOfSquaresBenchmark.class,
            overParallelism(
                    SumOfSquaresBenchmark.TEXTBOOK,
                    new Timing(3, 200, 5, 200),
                    new Variant(Profile.SMOKE, Map.of(), new Timing(2, 100, 3, 100)),
                    new Variant(Profile.STANDARD, SumOfSquaresBenchmark.TEXTBOOK, new Timing(5, 300, 5, 200)),
                    new Variant(Profile.FULL, SumOfSquaresBenchmark.TEXTBOOK, new Timing(5, 200, 10, 200)),
                    new Variant(Profile.FULL, Map.of("tasks", "1000000"), new Timing(2, 200, 5, 200)),
                    new Variant(Profile.TEXTBOOK, SumOfSquaresBenchmark.TEXTBOOK, Timing.singleBatches(0, 1)))),
    BANK_BALANCE(
            "bank-balance",
            Kind.LOCK_CONTENDED,
            new BankBalance(),
            BankBalanceBenchmark.class,
            Model.general(),
            List.of(
                    new Figure("lockShare", Figure.NAME, "lock-share", "share", 1, true, locks()),
                    new Figure("offBy", Figure.NAME, "off-by", "money", 1, true, locks().negate())),
            withEach(
                    "lock",
                    Arrays.stream(LockKind.values())
                            .filter(kind -> kind != LockKind.OWN)
                            .map(LockKind::label),
                    Map.of("transfers", "20000"),
                    new Timing(3, 100, 5, 100),
                    List.of(
                            new Variant(Profile.SMOKE, Map.of("transfers", "20000"), new Timing(2, 50, 3, 50)),
                            new Variant(Profile.STANDARD, Map.of(), new Timing(4, 200, 7, 150)),
                            new Variant(
                                    Profile.STANDARD,
                                    Map.of("transfers", "20", "thinkMicros", "10000"),
                                    Timing.singleBatches(1, 4)),
                            new Variant(Profile.FULL, Map.of(), new Timing(5, 200, 10, 200)),
                            new Variant(
                                    Profile.FULL,
                                    Map.of("transfers", "20", "thinkMicros", "10000"),
                                    Timing.singleBatches(1, 5)),
                            new Variant(
                                    Profile.FULL,
                                    Map.of("transfers", "20", "thinkMicros", "10000", "order", "deposits-first"),
                                    Timing.singleBatches(1, 5)),
                            new Variant(
                                    Profile.FULL,
                                    Map.of("transfers", "20000", "order", "deposits-first"),
                                    new Timing(3, 100, 5, 100),
                                    standing()),
                            // More workers, and a lock that is held for a smaller share of the time: the map's third
                            // panel.
                            new Variant(
                                    Profile.FULL,
                                    Map.of("pairs", "4", "transfers", "10000"),
                                    new Timing(3, 50, 3, 50),
                                    standing()),
                            new Variant(
                                    Profile.FULL,
                                    Map.of("pairs", "4", "transfers", "10", "thinkMicros", "1000"),
                                    Timing.singleBatches(2, 3),
                                    standing()),
                            new Variant(
                                    Profile.FULL,
                                    Map.of("transfers", "100", "thinkMicros", "100"),
                                    Timing.singleBatches(2, 3),
                                    standing()),
                            new Variant(
                                    Profile.TEXTBOOK,
                                    Map.of("transfers", "100", "thinkMicros", "10000"),
                                    Timing.singleBatches(0, 1)),
                            replay(
                                    Model.CHILD_JVMS_COLD,
                                    "transfers",
                                    "100",
                                    "thinkMicros",
                                    "10000",
                                    "order",
                                    "deposits-first"),
                            replay(
                                    Model.CHILD_JVMS_COLD,
                                    "transfers",
                                    "100",
                                    "thinkMicros",
                                    "10000",
                                    "lock",
                                    "none")))),
    POOL_MAP(new PoolMap(), PoolMapBenchmark.class, PoolMapBenchmark.variants()),
    QUEUE(
            "queue",
            Kind.OVERHEAD,
            new QueueHandOff(),
            QueueBenchmark.class,
            Model.general(),
            List.of(new Figure("failedOffers", Figure.NAME, "failed-offers", "offers/op", 1, true)),
            handOffs()),
    RESULT_SHARING(new ResultSharing(), ResultSharingBenchmark.class, sharings()),
    LOST_UPDATE(
            "lost-update",
            Kind.LOCK_CONTENDED,
            new LostUpdate(),
            LostUpdateBenchmark.class,
            Model.general(),
            List.of(new Figure("lostShare", Figure.NAME, "lost-share", "share", 1, true, locks().negate())),
            List.of(
                    new Variant(Profile.FULL, Map.of(), Timing.singleBatches(1, 5)),
                    new Variant(Profile.FULL, Map.of("lock", "own"), Timing.singleBatches(1, 5)),
                    new Variant(
                            Profile.FULL,
                            Map.of("waitMillis", "0", "updates", "200000"),
                            new Timing(5, 100, 10, 100),
                            standing()),
                    new Variant(
                            Profile.FULL,
                            Map.of("lock", "own", "waitMillis", "0", "updates", "20000"),
                            new Timing(3, 100, 5, 100),
                            standing()),
                    replay(Model.PLATFORM_THREADS_COLD),
                    replay(Model.PLATFORM_THREADS_COLD, "lock", "own"),
                    replay(Model.PLATFORM_THREADS_COLD, "updates", "10", "waitMillis", "0"))),
    SHARED_COUNTER(
            new SharedCounter(),
            SharedCounterBenchmark.class,
            List.of(
                    new Variant(Profile.FULL, Map.of("additions", "20"), Timing.singleBatches(1, 4)),
                    new Variant(
                            Profile.FULL,
                            Map.of("shape", "array", "additions", "20000", "waitMillis", "0"),
                            new Timing(3, 100, 5, 100),
                            standing()),
                    replay(Model.CHILD_JVMS_COLD),
                    replay(Model.CHILD_JVMS_COLD, "shape", "array", "additions", "1", "waitMillis", "0"))),
    FAILURE(
            new WorkerFailure(),
            WorkerFailureBenchmark.class,
            List.of(
                    new Variant(Profile.FULL, Map.of(), new Timing(3, 100, 5, 100)),
                    new Variant(Profile.FULL, Map.of("way", "silent"), new Timing(3, 100, 5, 100), standing()),
                    new Variant(
                            Profile.FULL,
                            Map.of("way", "silent", "fault", "wrong-arguments"),
                            new Timing(3, 100, 5, 100),
                            standing()),
                    replay(Model.PLATFORM_THREADS_COLD, "way", "silent", "fault", "wrong-arguments"))),
    SPAWN(
            "spawn",
            Kind.OVERHEAD,
            new Spawn(),
            SpawnBenchmark.class,
            SpawnBenchmark.MODELS,
            List.of(),
            SpawnBenchmark.variants()),
    FOOTPRINT(
            "footprint",
            Kind.OVERHEAD,
            new Footprint(),
            FootprintBenchmark.class,
            FootprintBenchmark.MODELS,
            List.of(),
            FootprintBenchmark.variants()) {
        @Override
        List<Figure> figures(Settings settings) {
            return FootprintBenchmark.figures(settings);
        }

        @Override
        Optional<String> unavailable() {
            return ProcessTree.find().isPresent()
                    ? Optional.empty()
                    : Optional.of("the memory of a process tree can be read on Linux alone");
        }
    },
    STOP(
            "stop",
            Kind.OVERHEAD,
            new Stop(),
            StopBenchmark.class,
            StopBenchmark.MODELS,
            List.of(new Figure("notStopped", Figure.NAME, "not-stopped", "share", 1, true)),
            StopBenchmark.variants()),
    TICKER(
            new Ticker(),
            TickerBenchmark.class,
            List.of(
                    new Variant(Profile.FULL, Map.of(), Timing.singleBatches(1, 5)),
                    new Variant(Profile.FULL, Map.of("slowTimes", "3", "ticks", "3"), Timing.singleBatches(1, 5)),
                    replay(Model.PLATFORM_THREADS_COLD, "tickMillis", "1000"),
                    // Nothing to compare it with: nine seconds under one model will do.
                    new Variant(
                            Profile.TEXTBOOK,
                            Map.of("tickMillis", "1000", "slowTimes", "3", "ticks", "3"),
                            Timing.singleBatches(0, 1),
                            List.of(Model.PLATFORM_THREADS_COLD)))),
    MANY_SLEEPERS(
            "many-sleepers",
            Kind.SLEEP_BOUND,
            new ManySleepers(),
            ManySleepersBenchmark.class,
            List.of(Model.values()),
            List.of(),
            ManySleepersBenchmark.variants()),
    CHILD_JVM_PHASES(
            "child-jvm-phases",
            Kind.OVERHEAD,
            new SumOfSquares(),
            ChildJvmPhasesBenchmark.class,
            List.of(Model.CHILD_JVMS_COLD),
            List.of(
                    Figure.phase("spawnNanos", "spawn"),
                    Figure.phase("upNanos", "jvm-up"),
                    Figure.phase("transferInNanos", "transfer-in"),
                    Figure.phase("computeNanos", "compute"),
                    Figure.phase("transferOutNanos", "transfer-out"),
                    Figure.phase("endNanos", "end")),
            List.of(new Variant(
                    Profile.FULL, Map.of("tasks", "1000", "parallelism", "1"), Timing.singleBatches(2, 10)))) {
        @Override
        public String lesson() {
            return "a child JVM is mostly its start: of its life, little is the work that it was started for";
        }
    };

    /**
     * One set of settings in one profile.
     *
     * @param profile the profile that holds it
     * @param given settings that differ from the workload's defaults
     * @param timing how long a fork measures it
     * @param models that are measured with it where a call names none; empty stands for the profile's
     */
    public record Variant(Profile profile, Map<String, String> given, Timing timing, List<Model> models) {

        Variant(Profile profile, Map<String, String> given, Timing timing) {
            this(profile, given, timing, List.of());
        }

        /** Those to measure, of which the workload itself and the machine may still lack some. */
        private List<Model> chosen(List<Model> named) {
            List<Model> own = models.isEmpty() ? profile.models() : models;
            if (named.isEmpty()) {
                return own;
            }
            // A call may name what the profile would leave out, but nothing that makes no sense with these settings.
            return models.isEmpty()
                    ? named
                    : named.stream().filter(own::contains).toList();
        }
    }

    /**
     * A workload under a model, ready to be measured.
     *
     * @param workload its name in files
     * @param kind what bounds it
     * @param benchmark JMH's name, class and method
     * @param definition what is run
     * @param settings a value for each of its parameters
     * @param model how it is run
     * @param parallelism units at once
     * @param ideal speed-up that the hardware allows
     * @param timing how long a fork measures it
     * @param figures what the benchmark counts beside its time
     * @param hasReference whether serial runs it too, so that there are speed-ups
     */
    public record Case(
            String workload,
            Kind kind,
            String benchmark,
            WorkloadDefinition definition,
            Settings settings,
            Model model,
            int parallelism,
            double ideal,
            Timing timing,
            List<Figure> figures,
            boolean hasReference) {}

    /** The parameter that every workload has beside its own. */
    public static final Parameter PARALLELISM = new Parameter.WholeNumber(
            "parallelism", 1, 1, 100_000, "units at once; serial has 1, child JVMs 8 at most");

    private final String workload;
    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // definitions are stateless, which an interface cannot promise
    private final WorkloadDefinition definition;

    private final Class<? extends WorkloadBenchmark> benchmark;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Model> models;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Figure> figures;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Variant> variants;

    /** A workload that every model runs. */
    Suite(WorkloadDefinition definition, Class<? extends BatchBenchmark> benchmark, List<Variant> variants) {
        this(definition.name(), definition.kind(), definition, benchmark, Model.general(), List.of(), variants);
    }

    Suite(
            String workload,
            Kind kind,
            WorkloadDefinition definition,
            Class<? extends WorkloadBenchmark> benchmark,
            List<Model> models,
            List<Figure> figures,
            List<Variant> variants) {
        this.workload = workload;
        this.kind = kind;
        this.definition = definition;
        this.benchmark = benchmark;
        this.models = models;
        this.figures = figures;
        this.variants = variants;
    }

    /** Those whose units are there before the batch: what a lock or a queue costs would be lost in starting others. */
    static List<Model> standing() {
        return List.of(Model.SERIAL, Model.PLATFORM_THREADS, Model.VIRTUAL_THREADS, Model.CHILD_JVMS);
    }

    /** The variants, and in the full profile one more for each parallelism up to twice the cores. */
    private static List<Variant> overParallelism(Map<String, String> given, Timing timing, Variant... others) {
        List<Variant> all = new ArrayList<>(List.of(others));
        int cores = Runtime.getRuntime().availableProcessors();
        // The one for each core is there already.
        parallelisms(cores).filter(units -> units != cores).forEach(units -> {
            Map<String, String> settings = new HashMap<>(given);
            settings.put("parallelism", Integer.toString(units));
            all.add(new Variant(
                    Profile.FULL,
                    settings,
                    timing,
                    List.of(Model.PLATFORM_THREADS, Model.VIRTUAL_THREADS, Model.CHILD_JVMS)));
        });
        return List.copyOf(all);
    }

    /** From 1 to twice the cores; of many cores every power of two will do, as far as 64, and the two ends of the curve. */
    static IntStream parallelisms(int cores) {
        return IntStream.rangeClosed(1, 2 * cores)
                .filter(units -> units <= 16
                        || (units <= 64 && Integer.bitCount(units) == 1)
                        || units == cores
                        || units == 2 * cores);
    }

    /** The variants, and in the full profile one more for each value of a parameter. */
    private static List<Variant> withEach(
            String parameter, Stream<String> values, Map<String, String> given, Timing timing, List<Variant> others) {
        List<Variant> all = new ArrayList<>(others);
        values.forEach(value -> {
            Map<String, String> settings = new HashMap<>(given);
            settings.put(parameter, value);
            all.add(new Variant(Profile.FULL, settings, timing, standing()));
        });
        return List.copyOf(all);
    }

    /** Every channel in every shape that it has, one number at a time, and one to one in batches. */
    private static List<Variant> handOffs() {
        List<Variant> all = new ArrayList<>();
        Timing timing = new Timing(3, 200, 5, 100);
        for (ChannelKind kind : ChannelKind.values()) {
            if (kind != ChannelKind.OWN) {
                Map<String, String> channel = Map.of("channel", kind.label());
                List<Model> models = standing().stream()
                        .filter(model -> model != Model.SERIAL || kind.servesOneThread())
                        .toList();
                all.add(new Variant(Profile.FULL, with(channel, "items", "50000"), timing, models));
                all.add(new Variant(
                        Profile.FULL, with(with(channel, "items", "1000000"), "batch", "512"), timing, models));
                if (kind.manySenders()) {
                    Map<String, String> two = with(channel, "shape", "two-to-one");
                    all.add(new Variant(Profile.FULL, with(two, "items", "25000"), timing, models));
                }
                if (kind.crewReceives()) {
                    Map<String, String> crew = with(channel, "shape", "ten-workers");
                    all.add(new Variant(Profile.FULL, with(crew, "items", "20"), timing, models));
                }
                Map<String, String> backAndForth = with(channel, "shape", "round-trip");
                all.add(new Variant(Profile.FULL, with(backAndForth, "items", "2000"), timing, models));
            }
        }
        all.add(replay(Model.CHILD_JVMS_COLD, "shape", "two-to-one", "items", "5"));
        all.add(replay(Model.SERIAL, "items", "3"));
        all.add(replay(Model.PLATFORM_THREADS_COLD, "shape", "ten-workers", "items", "20", "first", "0"));
        all.add(replay(Model.PLATFORM_THREADS_COLD, "shape", "ten-workers", "items", "19"));
        return List.copyOf(all);
    }

    /** Settings under which nothing gets lost. */
    private static Predicate<Settings> locks() {
        return settings -> !settings.word("lock").equals(LockKind.NONE.label());
    }

    /** A thousand results by each way; started units would be all that is seen of them. */
    private static List<Variant> sharings() {
        Stream<Variant> measured = Stream.of("pool", "shared-list", "isolated", "array", "queue")
                .map(way -> new Variant(
                        Profile.FULL, Map.of("way", way, "repeats", "100"), new Timing(3, 100, 5, 100), standing()));
        Stream<Variant> replayed = Stream.of(
                replay(Model.PLATFORM_THREADS_COLD, "way", "shared-list", "sleepMillis", "500"),
                replay(Model.CHILD_JVMS_COLD, "way", "isolated", "sleepMillis", "500"),
                replay(Model.CHILD_JVMS_COLD, "way", "array", "list", "3:6:9", "function", "squares"),
                replay(
                        Model.CHILD_JVMS_COLD,
                        "way",
                        "array",
                        "list",
                        "2:3:5",
                        "function",
                        "squares",
                        "valueHundredths",
                        "567"),
                replay(Model.CHILD_JVMS_COLD, "way", "array", "list", "2:3:4:5", "function", "squares", "room", "3"),
                replay(Model.CHILD_JVMS_COLD, "way", "queue", "list", "3:6:9", "function", "squares"),
                replay(Model.CHILD_JVMS_COLD, "way", "queue", "list", "2:3:5", "function", "squares"));
        return Stream.concat(measured, replayed).toList();
    }

    /** A program of the textbook as it stands there: one batch a fork, under the model that does what it does, and serially. */
    private static Variant replay(Model model, String... namesAndValues) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return replay(model, given);
    }

    static Variant replay(Model model, Map<String, String> given) {
        return new Variant(
                Profile.TEXTBOOK,
                Map.copyOf(given),
                Timing.singleBatches(0, 1),
                Stream.of(Model.SERIAL, model).distinct().toList());
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return Map.copyOf(more);
    }

    /**
     * Why a setting of a variant cannot be had on this machine, in one line; empty if it can. Cases that need it are left
     * out.
     */
    public static Optional<String> unavailable(Settings settings) {
        Map<String, String> values = settings.asMap();
        Optional<String> lock = Optional.ofNullable(values.get("lock"))
                .flatMap(label ->
                        MappedState.unavailable(LockKind.of(label)).map(reason -> "lock '" + label + "': " + reason));
        return lock.or(() -> Optional.ofNullable(values.get("channel"))
                .flatMap(label -> MappedState.unavailable(ChannelKind.of(label))
                        .map(reason -> "channel '" + label + "': " + reason)));
    }

    /** Why it cannot be measured with these settings on this machine, in one line; empty if it can. */
    public Optional<String> whyNot(Settings settings) {
        return unavailable().or(() -> unavailable(settings));
    }

    /** Its name in files and on the command line. */
    public String workload() {
        return workload;
    }

    /** What bounds it. */
    public Kind kind() {
        return kind;
    }

    /** What it teaches, in one line. */
    public String lesson() {
        return definition.lesson();
    }

    /** What is run. */
    public WorkloadDefinition definition() {
        return definition;
    }

    /** Whether serial runs it too, so that there are speed-ups. */
    public boolean hasReference() {
        return models.contains(Model.SERIAL);
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
                .filter(entry -> entry.workload.equals(workload))
                .findFirst();
    }

    /**
     * The cases of one profile, in the order in which they are shown; one may stand there twice if {@code given} replaces
     * what sets two of them apart.
     *
     * @param given settings that replace the profile's; settings of the same name under {@code parallelism} too, which
     *     is taken for every model that has a choice
     * @param models which models; none means those of the profile, or of its variants
     * @param cores cores of the machine that units may use; the last may be a part of one
     * @throws IllegalArgumentException if a setting is not allowed; one line
     */
    public List<Case> cases(Profile profile, Map<String, String> given, List<Model> models, double cores) {
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
                        ? definition.naturalParallelism(settings, (int) Math.ceil(cores))
                        : Integer.parseInt(parallelism);
                for (Model model : runnable(variant, models, settings)) {
                    cases.add(
                            measured(variant, settings, model, model.execution().parallelism(wanted), cores));
                }
            }
        }
        return List.copyOf(cases);
    }

    /**
     * Whether each batch waits, so that it outlasts JMH's shortest iteration. What a benchmark counts beside its time needs
     * iterations with a length, and into that of a replay only batches that wait fit once: beside others nothing is counted
     * there, because their time would be a mean of many warm batches.
     */
    private static boolean waits(Settings settings) {
        return Stream.of("waitMillis", "thinkMicros")
                .anyMatch(name -> !settings.asMap().getOrDefault(name, "0").equals("0"));
    }

    /** What its benchmark counts beside its time, or in its place. */
    List<Figure> figures(Settings settings) {
        return figures.stream().filter(figure -> figure.where().test(settings)).toList();
    }

    /** Why no case of it can be measured on this machine, in one line; empty if some can. */
    Optional<String> unavailable() {
        return Optional.empty();
    }

    private List<Model> runnable(Variant variant, List<Model> wanted, Settings settings) {
        if (whyNot(settings).isPresent()) {
            return List.of();
        }
        return variant.chosen(wanted).stream()
                .filter(models::contains)
                .filter(model -> model != Model.GIL_THREADS || showsInterpreterLock())
                .filter(model -> model.execution().runs(definition, settings))
                .toList();
    }

    /** Workloads that say something about the lock that gil-threads is a model of, and only wait in ways that it knows. */
    private boolean showsInterpreterLock() {
        return this == SQUARE_CUBE || this == SUM_OF_SQUARES || this == BANK_BALANCE;
    }

    /** The models that run it with the settings of one variant at least, of any profile. */
    public List<Model> models() {
        Set<Model> runnable = EnumSet.noneOf(Model.class);
        for (Variant variant : variants) {
            Map<String, String> given = new HashMap<>(variant.given);
            given.remove(PARALLELISM.name());
            runnable.addAll(runnable(variant, List.of(), Settings.of(definition.parameters(), given)));
        }
        return List.copyOf(runnable);
    }

    private Case measured(Variant variant, Settings settings, Model model, int parallelism, double cores) {
        return new Case(
                workload,
                kind,
                benchmark(),
                definition,
                settings,
                model,
                parallelism,
                PartOfACore.ideal(cores, whole -> definition.idealSpeedup(settings, parallelism, whole)),
                variant.timing,
                variant.profile == Profile.TEXTBOOK && !waits(settings) ? List.of() : figures(settings),
                hasReference());
    }
}
