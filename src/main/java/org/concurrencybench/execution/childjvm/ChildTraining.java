package org.concurrencybench.execution.childjvm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.WorkloadDefinition;

/**
 * The {@code main} that the AOT cache is made from: a child's life in one process, with frames from memory. It does what
 * children do first, so that the classes are there, linked, and no more: profiles of hot methods (JEP 515) would be in the
 * cache too, and every child would pay 2 MB for a copy of those that it writes to.
 */
public final class ChildTraining {

    private static final int ROUNDS = 2;

    private ChildTraining() {}

    /**
     * Plays the child.
     *
     * @param args none
     * @throws IOException never: everything is in memory
     * @throws ExecutionException never: names are short
     */
    public static void main(String[] args) throws IOException, ExecutionException {
        ParentWatch.haltWithoutParent();
        serve(new SquareCube(), Map.of("sleepMillis", "0"), 2);
        serve(new SumOfSquares(), Map.of("tasks", "10", "terms", "10"), 10);
        Runtime.getRuntime().halt(0);
    }

    private static void serve(WorkloadDefinition definition, Map<String, String> settings, int tasks)
            throws IOException, ExecutionException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        WorkloadSpec spec = new WorkloadSpec(definition, Settings.of(definition.parameters(), settings));
        Frame.setUp(spec, "", 0, 0).writeTo(frames);
        for (int round = 0; round < ROUNDS; round++) {
            Frame.run(round, 0, tasks).writeTo(frames);
        }
        Frame.end().writeTo(frames);
        ChildMain.serve(
                new DataInputStream(new ByteArrayInputStream(frames.toByteArray())),
                OutputStream.nullOutputStream(),
                System.nanoTime(),
                new SegmentFiles(ProcessHandle.current().pid()));
    }
}
