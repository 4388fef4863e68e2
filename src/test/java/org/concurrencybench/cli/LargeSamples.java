package org.concurrencybench.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Tables of samples of any size, the same from every call: settings of three workloads under five models, each case with its
 * forks and iterations.
 */
final class LargeSamples {

    private static final List<String> MODELS =
            List.of("serial", "platform-threads", "virtual-threads", "child-jvms", "child-jvms-cold");
    private static final List<String> KINDS = List.of("sleep-bound", "cpu-bound", "lock-contended");

    private LargeSamples() {}

    /**
     * Writes {@code cases × forks × iterations} rows.
     *
     * @param cases in groups of five
     */
    static Path write(Path file, int cases, int forks, int iterations) throws IOException {
        Random random = new Random(42);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(
                    "benchmark,workload,kind,model,params,fork,iteration,phase,score,unit,direction,cpu_ms,rss_mb\r\n");
            for (int number = 0; number < cases; number++) {
                int model = number % MODELS.size();
                int setting = number / MODELS.size();
                int kind = setting % KINDS.size();
                String key = "org.acme.Benchmark%d.run,%s,%s,%s,parallelism=%d;setting=%d"
                        .formatted(
                                kind, "work-" + kind, KINDS.get(kind), MODELS.get(model), model == 0 ? 1 : 2, setting);
                double typical = 10
                        * (1 + setting % 7)
                        * List.of(4.0, 2.1, 2.0, 2.6, 9.0).get(model);
                for (int fork = 1; fork <= forks; fork++) {
                    double ofFork = typical * Math.exp(0.02 * random.nextGaussian());
                    for (int iteration = 1; iteration <= iterations; iteration++) {
                        double score = ofFork * Math.exp(0.01 * random.nextGaussian());
                        out.write(key + "," + fork + "," + iteration + ",measurement," + score + ",ms/op,lower," + score
                                + String.format(Locale.ROOT, ",%d.5\r\n", 60 + model));
                    }
                }
            }
        }
        return file;
    }

    /** {@code FILE CASES FORKS ITERATIONS}, to measure with. */
    public static void main(String[] words) throws IOException {
        write(Path.of(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
    }
}
