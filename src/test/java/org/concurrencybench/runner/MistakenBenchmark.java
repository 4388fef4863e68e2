package org.concurrencybench.runner;

import java.util.concurrent.TimeUnit;
import org.concurrencybench.workload.WrongAnswerException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Goes wrong in the way that its parameter names. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MistakenBenchmark {

    @Param("")
    public String way = "";

    private int calls;

    @Setup
    public void prepare() {
        if (way.equals("set-up")) {
            throw new IllegalArgumentException("cannot\nbe set up");
        }
    }

    @Benchmark
    public int run() {
        if (way.equals("throw")) {
            throw new IllegalStateException("the task failed", new ArithmeticException("divided by nothing"));
        }
        if (way.equals("exit")) {
            System.err.println("goodbye");
            Runtime.getRuntime().halt(3);
        }
        calls++;
        if (way.equals("second call") && calls > 1) {
            throw new IllegalStateException("called for a second time");
        }
        return 1;
    }

    @TearDown(Level.Invocation)
    public void check() throws WrongAnswerException {
        if (way.equals("wrong answer")) {
            throw new WrongAnswerException("sum", 42, 41);
        }
    }
}
