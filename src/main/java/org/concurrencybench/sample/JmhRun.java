package org.concurrencybench.sample;

import java.util.List;
import java.util.function.Function;

/**
 * What JMH's JSON says of a run and samples do not.
 *
 * @param jmhVersion e.g. {@code 1.37}
 * @param jvm path of the {@code java} that ran the forks
 * @param jvmArgs its arguments
 * @param jdkVersion e.g. {@code 25.0.1}
 * @param vmName e.g. {@code OpenJDK 64-Bit Server VM}
 * @param vmVersion e.g. {@code 25.0.1+8-LTS}
 * @param times of each case that was measured
 */
public record JmhRun(
        String jmhVersion,
        String jvm,
        List<String> jvmArgs,
        String jdkVersion,
        String vmName,
        String vmVersion,
        Function<CaseKey, JmhTimes> times) {

    public JmhRun {
        jvmArgs = List.copyOf(jvmArgs);
    }
}
