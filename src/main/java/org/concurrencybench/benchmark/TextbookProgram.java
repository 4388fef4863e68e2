package org.concurrencybench.benchmark;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SquareCube;

/**
 * The textbook's own programs that the profile {@code textbook} replays: which case of ours does the same work in the same
 * way, what its author published, and what CPython runs beside it. Published seconds were taken by their authors on machines
 * of theirs; a ratio to ours says something of sleeping programs, and little of computing ones.
 */
public enum TextbookProgram {
    SQUARE_CUBE_SERIAL(
            "1", Suite.SQUARE_CUBE, Model.SERIAL, Map.of("sleepMillis", "500"), 5.009404182434082, Way.SERIAL),
    SQUARE_CUBE_THREADS(
            "2",
            Suite.SQUARE_CUBE,
            Model.PLATFORM_THREADS_COLD,
            Map.of("sleepMillis", "500"),
            2.5066347122192383,
            Way.THREADS),
    SQUARE_CUBE_PROCESSES("2", Suite.SQUARE_CUBE, Model.CHILD_JVMS_COLD, Map.of("sleepMillis", "500"), Way.PROCESSES),
    SHARED_LIST(
            "3",
            Suite.RESULT_SHARING,
            Model.PLATFORM_THREADS_COLD,
            Map.of("way", "shared-list", "sleepMillis", "500"),
            2.503723382949829,
            Way.THREADS),
    SHORT_SQUARE_CUBE_SERIAL("4", Suite.SQUARE_CUBE, Model.SERIAL, shortSleeps(), Way.SERIAL),
    SHORT_SQUARE_CUBE_THREADS("4", Suite.SQUARE_CUBE, Model.PLATFORM_THREADS_COLD, shortSleeps(), Way.THREADS),
    LONG_SQUARE_CUBE_SERIAL("4", Suite.SQUARE_CUBE, Model.SERIAL, longSleeps(), Way.SERIAL),
    LONG_SQUARE_CUBE_PROCESSES("4", Suite.SQUARE_CUBE, Model.CHILD_JVMS_COLD, longSleeps(), Way.PROCESSES),
    ISOLATED_LISTS(
            "5",
            Suite.RESULT_SHARING,
            Model.CHILD_JVMS_COLD,
            Map.of("way", "isolated", "sleepMillis", "500"),
            Way.PROCESSES),
    ARRAY_AND_VALUE("6", Suite.RESULT_SHARING, Model.CHILD_JVMS_COLD, squares("array", "3:6:9"), Way.PROCESSES),
    ARRAY_AND_OTHER_VALUE(
            "6",
            Suite.RESULT_SHARING,
            Model.CHILD_JVMS_COLD,
            with(squares("array", "2:3:5"), "valueHundredths", "567"),
            Way.PROCESSES),
    ARRAY_WITHOUT_ROOM(
            "6",
            Suite.RESULT_SHARING,
            Model.CHILD_JVMS_COLD,
            with(squares("array", "2:3:4:5"), "room", "3"),
            Way.PROCESSES),
    QUEUE_OF_SQUARES("7", Suite.RESULT_SHARING, Model.CHILD_JVMS_COLD, squares("queue", "3:6:9"), Way.PROCESSES),
    QUEUE_OF_OTHER_SQUARES("7", Suite.RESULT_SHARING, Model.CHILD_JVMS_COLD, squares("queue", "2:3:5"), Way.PROCESSES),
    SQUARES_AND_NEGATIVES(
            "8", Suite.QUEUE, Model.CHILD_JVMS_COLD, Map.of("shape", "two-to-one", "items", "5"), Way.PROCESSES),
    FIRST_IN_FIRST_OUT("9", Suite.QUEUE, Model.SERIAL, Map.of("items", "3"), Way.SERIAL),
    TEN_WORKERS(
            "10",
            Suite.QUEUE,
            Model.PLATFORM_THREADS_COLD,
            Map.of("shape", "ten-workers", "items", "20", "first", "0"),
            Way.THREADS),
    TEN_WORKERS_FROM_ONE(
            "10", Suite.QUEUE, Model.PLATFORM_THREADS_COLD, Map.of("shape", "ten-workers", "items", "19"), Way.THREADS),
    BANK_WITHOUT_LOCK("11", Suite.BANK_BALANCE, Model.CHILD_JVMS_COLD, with(bank(), "lock", "none"), Way.PROCESSES),
    BANK_SERIAL("13", Suite.BANK_BALANCE, Model.SERIAL, bank(), Way.SERIAL),
    BANK_THREADS("12", Suite.BANK_BALANCE, Model.PLATFORM_THREADS_COLD, bank(), Way.THREADS),
    BANK_PROCESSES("12", Suite.BANK_BALANCE, Model.CHILD_JVMS_COLD, bank(), Way.PROCESSES),
    BANK_IN_TURN(
            "13", Suite.BANK_BALANCE, Model.CHILD_JVMS_COLD, with(bank(), "order", "deposits-first"), Way.PROCESSES),
    UPDATE_WITHOUT_LOCK("14", Suite.LOST_UPDATE, Model.PLATFORM_THREADS_COLD, Map.of(), Way.THREADS),
    UPDATE_UNDER_LOCK("15", Suite.LOST_UPDATE, Model.PLATFORM_THREADS_COLD, Map.of("lock", "own"), Way.THREADS),
    SHARED_VALUE("16", Suite.SHARED_COUNTER, Model.CHILD_JVMS_COLD, Map.of(), Way.PROCESSES),
    SHARED_ARRAY(
            "17",
            Suite.SHARED_COUNTER,
            Model.CHILD_JVMS_COLD,
            Map.of("shape", "array", "additions", "1", "waitMillis", "0"),
            Way.PROCESSES),
    GLOBAL_COUNTER(
            "18",
            Suite.LOST_UPDATE,
            Model.PLATFORM_THREADS_COLD,
            Map.of("updates", "10", "waitMillis", "0"),
            Way.THREADS),
    SMALL_MAP_SERIAL("19", Suite.POOL_MAP, Model.SERIAL, Map.of("numbers", "4", "first", "2"), Way.SERIAL),
    SMALL_MAP_POOL("19", Suite.POOL_MAP, Model.CHILD_JVMS_COLD, Map.of("numbers", "4", "first", "2"), Way.PROCESSES),
    POOL_OF_THREE(
            "19",
            Suite.POOL_MAP,
            Model.CHILD_JVMS_COLD,
            Map.of("numbers", "5", "first", "1", "parallelism", "3"),
            Way.PROCESSES),
    MAP_OF_SQUARE_SERIAL("19", Suite.POOL_MAP, Model.SERIAL, Map.of(), Way.SERIAL),
    MAP_OF_SQUARE_POOL("19", Suite.POOL_MAP, Model.CHILD_JVMS_COLD, Map.of(), Way.PROCESSES),
    MAP_OF_CUBE_POOL(
            "20", Suite.POOL_MAP, Model.CHILD_JVMS_COLD, Map.of("numbers", "10", "function", "cube"), Way.PROCESSES),
    APPLY(
            "20",
            Suite.POOL_MAP,
            Model.CHILD_JVMS_COLD,
            Map.of("numbers", "1", "first", "9", "function", "cube"),
            Way.PROCESSES),
    SUM_OF_SQUARES_SERIAL(
            "21", Suite.SUM_OF_SQUARES, Model.SERIAL, SumOfSquaresBenchmark.TEXTBOOK, 9.5448899269104, Way.SERIAL),
    SUM_OF_SQUARES_THREADS(
            "21", Suite.SUM_OF_SQUARES, Model.PLATFORM_THREADS_COLD, SumOfSquaresBenchmark.TEXTBOOK, Way.THREADS),
    SUM_OF_SQUARES_POOL(
            "21",
            Suite.SUM_OF_SQUARES,
            Model.CHILD_JVMS_COLD,
            SumOfSquaresBenchmark.TEXTBOOK,
            2.8357343673706055,
            Way.PROCESSES),
    TEN_THREADS("22", Suite.SPAWN, Model.PLATFORM_THREADS_COLD, Map.of("squares", "1000"), Way.THREADS),
    A_PROCESS_FOR_EACH_CORE(
            "22", Suite.SPAWN, Model.CHILD_JVMS_COLD, Map.of("squares", "1000", "units", cores()), Way.PROCESSES),
    TICKERS("23", Suite.TICKER, Model.PLATFORM_THREADS_COLD, Map.of("tickMillis", "1000"), Way.THREADS),
    SLOWER_TICKERS(
            "23",
            Suite.TICKER,
            Model.PLATFORM_THREADS_COLD,
            Map.of("tickMillis", "1000", "slowTimes", "3", "ticks", "3"),
            Way.THREADS),
    SILENT_FAILURE(
            "24",
            Suite.FAILURE,
            Model.PLATFORM_THREADS_COLD,
            Map.of("way", "silent", "fault", "wrong-arguments"),
            Way.THREADS);

    /** How CPython runs the same. */
    public enum Way {
        SERIAL,
        THREADS,
        PROCESSES;

        /** As {@code src/peers/python/textbook.py} spells it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String row;
    private final Suite suite;
    private final Model model;

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<String, String> given;

    @SuppressWarnings("ImmutableEnumChecker") // immutable, though the checker does not know it
    private final OptionalDouble publishedSeconds;

    private final Way way;

    TextbookProgram(String row, Suite suite, Model model, Map<String, String> given, double publishedSeconds, Way way) {
        this(row, suite, model, given, OptionalDouble.of(publishedSeconds), way);
    }

    TextbookProgram(String row, Suite suite, Model model, Map<String, String> given, Way way) {
        this(row, suite, model, given, OptionalDouble.empty(), way);
    }

    TextbookProgram(
            String row, Suite suite, Model model, Map<String, String> given, OptionalDouble publishedSeconds, Way way) {
        this.row = row;
        this.suite = suite;
        this.model = model;
        this.given = given;
        this.publishedSeconds = publishedSeconds;
        this.way = way;
    }

    private static Map<String, String> shortSleeps() {
        return Map.of("numbers", "2:3:8:9", "sleepMillis", "200");
    }

    private static Map<String, String> longSleeps() {
        return Map.of("numbers", "4", "sleepMillis", "5000");
    }

    private static Map<String, String> squares(String way, String list) {
        return Map.of("way", way, "list", list, "function", "squares");
    }

    private static String cores() {
        return Integer.toString(Runtime.getRuntime().availableProcessors());
    }

    private static Map<String, String> with(Map<String, String> given, String name, String value) {
        Map<String, String> all = new HashMap<>(given);
        all.put(name, value);
        return Map.copyOf(all);
    }

    private static Map<String, String> bank() {
        return Map.of("transfers", "100", "thinkMicros", "10000");
    }

    /** The number of the program in the textbook's list. */
    public String row() {
        return row;
    }

    /** The workload that does the same work. */
    public Suite suite() {
        return suite;
    }

    /** The model that does it in the same way. */
    public Model model() {
        return model;
    }

    /** Settings that differ from the workload's defaults, {@code parallelism} among them where it is given. */
    public Map<String, String> given() {
        return given;
    }

    /** All settings of the workload. */
    public Settings settings() {
        Map<String, String> own = new HashMap<>(given);
        own.remove(Suite.PARALLELISM.name());
        return Settings.of(suite.definition().parameters(), own);
    }

    /** The units, where the program says how many. */
    public Optional<String> parallelism() {
        return Optional.ofNullable(given.get(Suite.PARALLELISM.name()));
    }

    /** What its author measured; empty where nothing was published. */
    public OptionalDouble publishedSeconds() {
        return publishedSeconds;
    }

    /** How CPython runs it. */
    public Way way() {
        return way;
    }

    /** All its sleeps, one after another, in seconds; empty for a program that computes. */
    public OptionalDouble sleepSeconds() {
        Settings settings = settings();
        return switch (suite) {
            case SQUARE_CUBE ->
                OptionalDouble.of(2.0 * SquareCube.numbers(settings).size() * settings.number("sleepMillis") / 1000);
            case BANK_BALANCE ->
                OptionalDouble.of(2.0
                        * settings.number("pairs")
                        * settings.number("transfers")
                        * settings.number("thinkMicros")
                        / 1e6);
            case RESULT_SHARING, LOST_UPDATE, SHARED_COUNTER, TICKER -> sleepsOfWorkers(settings);
            default -> OptionalDouble.empty();
        };
    }

    private OptionalDouble sleepsOfWorkers(Settings settings) {
        double millis = switch (suite) {
            case RESULT_SHARING -> 2.0 * settings.numbers("list").size() * settings.number("sleepMillis");
            case LOST_UPDATE -> settings.number("workers") * settings.number("updates") * settings.number("waitMillis");
            case SHARED_COUNTER ->
                settings.number("workers") * settings.number("additions") * settings.number("waitMillis");
            default -> (1.0 + settings.number("slowTimes")) * settings.number("ticks") * settings.number("tickMillis");
        };
        return millis == 0 ? OptionalDouble.empty() : OptionalDouble.of(millis / 1000);
    }
}
