package org.concurrencybench.execution.childjvm;

import java.util.Map;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SumOfSquares;

/** What the program does with the AOT cache, in a JVM of its own and from jars, as the program is. */
public final class AotProbe {

    private AotProbe() {}

    /**
     * Prepares the cache, prints the warning, if there is one, and the words of a child's command, and runs a cold batch.
     *
     * @param args {@code program}; or {@code fork}, which does not prepare
     */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("program")) {
            AotCache.prepare().ifPresent(warning -> System.out.println("warning: " + warning));
        }
        ChildCommand.words().forEach(word -> System.out.println("word: " + word));
        SumOfSquares squares = new SumOfSquares();
        WorkloadSpec spec =
                new WorkloadSpec(squares, Settings.of(squares.parameters(), Map.of("tasks", "64", "terms", "1000")));
        try (Batch batch = new ColdChildJvms().prepare(spec, 2)) {
            batch.reset();
            batch.check(batch.run());
        }
        System.out.println("answer: right");
    }
}
