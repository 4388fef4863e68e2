package org.concurrencybench.runner;

import java.util.List;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.Sample;

/** Hears what a run does; called by the running thread, between forks. */
public interface RunListener {

    /**
     * A fork is about to be started.
     *
     * @param done forks that have ended, or been given up
     * @param planned forks of the whole run
     */
    void starting(PlannedFork fork, int done, int planned);

    /**
     * A fork has ended and its samples are on disk.
     *
     * @param done forks that have ended, or been given up; this one included
     */
    void measured(PlannedFork fork, List<Sample> samples, int done);

    /**
     * A fork has failed; there will be no other one of its case.
     *
     * @param done forks that have ended, or been given up; this one and the others of its case included
     */
    void failed(FailedCase failure, int done);
}
