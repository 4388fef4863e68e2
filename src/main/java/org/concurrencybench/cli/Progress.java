package org.concurrencybench.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.concurrencybench.runner.PlannedFork;
import org.concurrencybench.runner.RunListener;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.Sample;
import org.jspecify.annotations.Nullable;

/** One line of progress that rewrites itself on a terminal; a plain line for each fork elsewhere. */
final class Progress implements RunListener, AutoCloseable {

    private final Console console;
    private final long startNanos = System.nanoTime();
    private final Optional<Duration> budget;
    private final @Nullable ProgressBar bar;
    // Written by the running thread, read by the bar's own.
    private volatile int done;
    private volatile int planned;

    /**
     * @param forks as many as there may be
     * @param budget after which none is started
     */
    Progress(Console console, int forks, Optional<Duration> budget) {
        this.console = console;
        this.budget = budget;
        this.planned = forks;
        this.bar = console.terminal() ? bar(console, forks) : null;
    }

    private ProgressBar bar(Console console, int forks) {
        return new ProgressBarBuilder()
                .setTaskName("forks")
                .setInitialMax(forks)
                .setUpdateIntervalMillis(500)
                .setStyle(console.colour() ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                .setEtaFunction(state -> left())
                .build();
    }

    @Override
    public void starting(PlannedFork fork, int done, int planned) {
        this.done = done;
        this.planned = planned;
        String what =
                fork.planned().key().workload() + " " + fork.planned().key().model();
        if (bar == null) {
            console.err()
                    .printf(
                            Locale.ROOT,
                            "[%d/%d] %s gone, %s left: %s%n",
                            done,
                            planned,
                            clock(gone()),
                            left().map(time -> "about " + clock(time)).orElse("?"),
                            fork.planned().key().label());
        } else {
            bar.setExtraMessage(" " + what);
        }
    }

    @Override
    public void measured(PlannedFork fork, List<Sample> samples, int done) {
        ended(done);
    }

    @Override
    public void failed(FailedCase failure, int done) {
        ended(done);
        if (bar == null) {
            console.err().println("failed: " + failure.key().label() + ": " + failure.reason());
        }
    }

    private void ended(int done) {
        this.done = done;
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.setExtraMessage("");
            bar.close();
        }
    }

    private Duration gone() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /**
     * What is left if the forks to come take as long as those that ended did on average, which nobody knows before the first;
     * but no more than is left of the budget.
     */
    private Optional<Duration> left() {
        Optional<Duration> ofBudget = budget.map(whole -> whole.minus(gone())).map(Progress::notNegative);
        if (done == 0) {
            return ofBudget;
        }
        Duration ofForks = gone().multipliedBy(planned - done).dividedBy(done);
        return Optional.of(ofBudget.filter(time -> time.compareTo(ofForks) < 0).orElse(ofForks));
    }

    private static Duration notNegative(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static String clock(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
