package org.concurrencybench.comparison;

import java.time.Duration;
import java.util.List;

/**
 * What a live comparison measures, and for how long.
 *
 * @param include regular expressions that a benchmark's name has to contain one of; empty for all
 * @param params {@code name=value,value} as JMH takes them
 * @param budget for measuring
 * @param turns whether forks of both sides are up at the same time and their iterations take turns, where that can be
 * @param seed of all that is left to chance
 */
public record LivePlan(List<String> include, List<String> params, Duration budget, boolean turns, long seed) {

    public LivePlan {
        include = List.copyOf(include);
        params = List.copyOf(params);
    }
}
