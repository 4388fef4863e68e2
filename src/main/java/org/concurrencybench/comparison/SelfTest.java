package org.concurrencybench.comparison;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.concurrencybench.sample.Params;
import org.concurrencybench.slowdown.Slowdown;

/**
 * The gate on trial: live comparisons of the same code, and of the same code with a slowdown of known size put in. The
 * slowdown is a burn inside of what JMH times ({@link Slowdown}); the side that it is compared with has the same agent, which
 * burns nothing there, so that the burn is all that differs.
 */
public final class SelfTest {

    private final LiveSide side;
    private final LivePlan plan;
    private final GateSettings settings;
    private final Path scratch;
    private final Function<Path, Forks> calls;
    private final BooleanSupplier stop;
    private final Consumer<String> progress;

    /**
     * Measures nothing yet.
     *
     * @param side what is compared with itself
     * @param plan of each comparison
     * @param scratch an empty directory
     * @param stop asked between forks
     * @param progress told one line before each pair
     */
    public SelfTest(
            LiveSide side,
            LivePlan plan,
            GateSettings settings,
            Path scratch,
            BooleanSupplier stop,
            Consumer<String> progress) {
        this(side, plan, settings, scratch, JmhCalls::new, stop, progress);
    }

    SelfTest(
            LiveSide side,
            LivePlan plan,
            GateSettings settings,
            Path scratch,
            Function<Path, Forks> calls,
            BooleanSupplier stop,
            Consumer<String> progress) {
        this.side = side;
        this.plan = plan;
        this.settings = settings;
        this.scratch = scratch;
        this.calls = calls;
        this.stop = stop;
        this.progress = progress;
    }

    /**
     * One comparison.
     *
     * @param slowdown share of its own time that the candidate burns; 0 for the same code on both sides, as it is
     * @param only regular expression of the cases that are slowed; see {@link Slowdown#in}
     * @param number of the comparison, from 0, which draws its order
     */
    public SelfTestTrial compare(double slowdown, String only, int number)
            throws LiveException, IOException, InterruptedException {
        Path directory = Files.createDirectory(scratch.resolve("trial-" + number));
        LivePlan drawn = new LivePlan(plan.include(), plan.params(), plan.budget(), plan.turns(), plan.seed() + number);
        long start = System.nanoTime();
        if (slowdown == 0) {
            Comparison comparison = measure(side, side, drawn, directory);
            return trial(0, start, comparison, Map.of(), "");
        }
        Slowdown control = Slowdown.in(Files.createDirectory(directory.resolve("control")), 0, only);
        Slowdown burn = Slowdown.in(Files.createDirectory(directory.resolve("slowed")), slowdown, only);
        Comparison comparison = measure(
                side.with(List.of("-jvmArgsPrepend", control.flag())),
                side.with(List.of("-jvmArgsPrepend", burn.flag())),
                drawn,
                directory);
        Map<String, SelfTestTrial.Burnt> burnt = new HashMap<>();
        String failure = "";
        try {
            Map<String, Double> shares = burn.burnt();
            for (CaseComparison one : comparison.cases()) {
                String id = id(one);
                burnt.put(
                        id,
                        !burn.isFor(id)
                                ? SelfTestTrial.Burnt.NONE
                                : burn.isAsked(shares.getOrDefault(id, 0.0))
                                        ? SelfTestTrial.Burnt.AS_ASKED
                                        : SelfTestTrial.Burnt.FAILED);
            }
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
            comparison.cases().forEach(one -> burnt.put(id(one), SelfTestTrial.Burnt.FAILED));
        }
        return trial(slowdown, start, comparison, burnt, failure);
    }

    private Comparison measure(LiveSide baseline, LiveSide candidate, LivePlan drawn, Path directory)
            throws LiveException, IOException, InterruptedException {
        return new LiveComparison(
                        baseline, candidate, drawn, settings, calls.apply(directory), stop, System::nanoTime, progress)
                .run();
    }

    private static SelfTestTrial trial(
            double slowdown,
            long startNanos,
            Comparison comparison,
            Map<String, SelfTestTrial.Burnt> burnt,
            String failure) {
        List<SelfTestTrial.Case> cases = new ArrayList<>();
        for (CaseComparison one : comparison.cases()) {
            cases.add(new SelfTestTrial.Case(
                    one.benchmark(),
                    one.params().toCell(),
                    one.mode(),
                    burnt.getOrDefault(id(one), SelfTestTrial.Burnt.NONE),
                    one.verdict(),
                    one.worsening().orElse(null),
                    one.detectable().isPresent() ? one.detectable().getAsDouble() : null,
                    one.forksBaseline(),
                    one.note()));
        }
        List<String> told = new ArrayList<>(comparison.warnings());
        if (!failure.isEmpty()) {
            told.add(failure);
        }
        return new SelfTestTrial(slowdown, (System.nanoTime() - startNanos) / 1e9, told, cases);
    }

    /** As JMH itself spells a case. */
    static String id(CaseComparison one) {
        StringBuilder id = new StringBuilder(encoded(one.benchmark()))
                .append('-')
                .append(
                        switch (one.mode()) {
                            case "thrpt" -> "Throughput";
                            case "avgt" -> "AverageTime";
                            case "sample" -> "SampleTime";
                            case "ss" -> "SingleShotTime";
                            default -> one.mode();
                        });
        Params params = one.params();
        params.asMap()
                .forEach((name, value) ->
                        id.append('-').append(encoded(name)).append('-').append(encoded(value)));
        return id.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
