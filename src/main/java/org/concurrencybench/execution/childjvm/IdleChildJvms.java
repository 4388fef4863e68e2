package org.concurrencybench.execution.childjvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.IdleUnits;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Footprint;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WrongAnswerException;

/** Child JVMs that are up, have set up a workload and wait for work, as those of {@link ChildJvms} do between batches. */
public final class IdleChildJvms implements IdleUnits {

    private final ChildJvms model = new ChildJvms();
    private final List<Batch> pools = new ArrayList<>();
    private int alive;

    @Override
    public void growTo(int units) throws ExecutionException, InterruptedException {
        if (units > alive) {
            Footprint definition = new Footprint();
            int more = units - alive;
            WorkloadSpec spec = new WorkloadSpec(
                    definition, Settings.of(definition.parameters(), Map.of("units", Integer.toString(more))));
            pools.add(model.prepare(spec, more));
            alive = units;
        }
    }

    /** Every pool runs a task for each of its children, and fails if one of them has died meanwhile. */
    @Override
    public int wake() throws ExecutionException, InterruptedException {
        int signs = 0;
        for (Batch pool : pools) {
            pool.reset();
            Object answer = pool.run();
            try {
                pool.check(answer);
            } catch (WrongAnswerException e) {
                throw new ExecutionException(String.valueOf(e.getMessage()), e);
            }
            signs += Math.toIntExact((Long) answer);
        }
        close();
        return signs;
    }

    @Override
    public void close() {
        pools.forEach(Batch::close);
        pools.clear();
        alive = 0;
    }
}
