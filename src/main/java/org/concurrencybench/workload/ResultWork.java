package org.concurrencybench.workload;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the workers of {@link ResultSharing} compute. Results are numbered: first all squares, then all cubes, if there are
 * any.
 *
 * @param numbers what is squared and cubed
 * @param repeats how often they are gone through
 * @param functions 1 for squares, 2 for cubes as well
 * @param chain results of each task
 * @param sleep before each result
 */
record ResultWork(List<Integer> numbers, int repeats, int functions, int chain, Duration sleep, Pause pause) {

    /** Results of each function. */
    int each() {
        return numbers.size() * repeats;
    }

    int results() {
        return functions * each();
    }

    int tasks() {
        return results() / chain;
    }

    /** One result. */
    long result(int index) {
        long n = numbers.get(index % numbers.size());
        return index < each() ? n * n : n * n * n;
    }

    List<Long> all() {
        return IntStream.range(0, results()).mapToObj(this::result).toList();
    }

    double mean() {
        return numbers.stream().mapToInt(Integer::intValue).average().orElseThrow();
    }

    /** Whether these are all results, each once, in an order in which tasks that run at the same time may yield them. */
    boolean mayBeMixedAs(List<Long> results) {
        List<Long> all = all();
        if (results.size() != all.size()) {
            return false;
        }
        return chain == 1
                ? sorted(results).equals(sorted(all))
                : isInterleaving(results, all.subList(0, each()), all.subList(each(), all.size()));
    }

    private static List<Long> sorted(List<Long> results) {
        return results.stream().sorted().toList();
    }

    /**
     * Whether {@code mixed} is made of both chains, each in its order. A result may be the next one of either, as 64 is of
     * squares and cubes, so all numbers of squares that can have been taken so far are kept.
     */
    private static boolean isInterleaving(List<Long> mixed, List<Long> squares, List<Long> cubes) {
        BitSet taken = new BitSet();
        taken.set(0);
        for (int i = 0; i < mixed.size() && !taken.isEmpty(); i++) {
            Long next = mixed.get(i);
            BitSet now = new BitSet();
            for (int first = taken.nextSetBit(0); first >= 0; first = taken.nextSetBit(first + 1)) {
                int second = i - first;
                if (first < squares.size() && squares.get(first).equals(next)) {
                    now.set(first + 1);
                }
                if (second < cubes.size() && cubes.get(second).equals(next)) {
                    now.set(first);
                }
            }
            taken = now;
        }
        return taken.get(squares.size());
    }
}
