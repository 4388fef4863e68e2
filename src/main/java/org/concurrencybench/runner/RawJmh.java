package org.concurrencybench.runner;

import java.io.IOException;

/** JMH's own command line, for those who know it. */
public final class RawJmh {

    private RawJmh() {}

    /**
     * Hands over to JMH, which prints to stdout and may end this JVM.
     *
     * @param arguments as JMH takes them
     * @throws IOException if JMH cannot write its result
     */
    public static void run(String... arguments) throws IOException {
        org.openjdk.jmh.Main.main(arguments);
    }

    /** JMH's version, e.g. {@code 1.37}. */
    public static String version() {
        return org.openjdk.jmh.util.Version.getPlainVersion();
    }
}
