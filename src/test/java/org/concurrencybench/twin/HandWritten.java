package org.concurrencybench.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The three workloads as somebody would write them who has never seen this project. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-Xms1g", "-Xmx1g"})
public class HandWritten {

    private static final int NUMBERS = 5;
    private static final int SLEEP_MILLIS = 50;
    private static final int CALLS = 100_000;
    private static final int CHUNKS = 64;
    private static final int TRANSFERS = 100_000;
    private static final int THOUGHTFUL_TRANSFERS = 20;
    private static final int THINK_MILLIS = 10;

    private volatile int terms = 1000;
    private final ReentrantLock lock = new ReentrantLock();
    private long balance = 200;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final ExecutorService tenThreads = Executors.newFixedThreadPool(2 * NUMBERS);

    @TearDown
    public void close() {
        threads.close();
        tenThreads.close();
    }

    @Benchmark
    public List<Long> squareCubeSerial() throws InterruptedException {
        List<Long> results = new ArrayList<>();
        squares(results);
        cubes(results);
        return results;
    }

    @Benchmark
    public List<Long> squareCubeThreads() throws InterruptedException, ExecutionException {
        Future<List<Long>> squares = threads.submit(() -> {
            List<Long> results = new ArrayList<>();
            squares(results);
            return results;
        });
        Future<List<Long>> cubes = threads.submit(() -> {
            List<Long> results = new ArrayList<>();
            cubes(results);
            return results;
        });
        List<Long> all = new ArrayList<>(squares.get());
        all.addAll(cubes.get());
        return all;
    }

    @Benchmark
    public List<Long> squareCubeByItemThreads() throws InterruptedException, ExecutionException {
        List<Future<Long>> powers = new ArrayList<>();
        for (long n = 2; n < 2 + NUMBERS; n++) {
            long number = n;
            powers.add(tenThreads.submit(() -> {
                Thread.sleep(SLEEP_MILLIS);
                return number * number;
            }));
            powers.add(tenThreads.submit(() -> {
                Thread.sleep(SLEEP_MILLIS);
                return number * number * number;
            }));
        }
        List<Long> all = new ArrayList<>();
        for (Future<Long> power : powers) {
            all.add(power.get());
        }
        return all;
    }

    @Benchmark
    public long sumOfSquaresSerial() {
        return sums(CALLS);
    }

    @Benchmark
    public long sumOfSquaresThreads() throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        List<Future<Long>> sums = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            sums.add(threads.submit(() -> {
                long sum = 0;
                for (int chunk = next.getAndIncrement(); chunk < CHUNKS; chunk = next.getAndIncrement()) {
                    int first = (int) ((long) CALLS * chunk / CHUNKS);
                    int end = (int) ((long) CALLS * (chunk + 1) / CHUNKS);
                    sum += sums(end - first);
                }
                return sum;
            }));
        }
        return sums.get(0).get() + sums.get(1).get();
    }

    @Benchmark
    public long bankBalanceSerial() {
        transfer(1);
        transfer(-1);
        return balance;
    }

    @Benchmark
    public long bankBalanceThreads() throws InterruptedException, ExecutionException {
        Future<?> deposits = threads.submit(() -> transfer(1));
        Future<?> withdrawals = threads.submit(() -> transfer(-1));
        deposits.get();
        withdrawals.get();
        return balance;
    }

    @Benchmark
    public long bankBalanceThinkingSerial() throws InterruptedException {
        thinkAndTransfer(1);
        thinkAndTransfer(-1);
        return balance;
    }

    @Benchmark
    public long bankBalanceThinkingThreads() throws InterruptedException, ExecutionException {
        Future<?> deposits = threads.submit(() -> thinkAndTransfer(1));
        Future<?> withdrawals = threads.submit(() -> thinkAndTransfer(-1));
        deposits.get();
        withdrawals.get();
        return balance;
    }

    private static void squares(List<Long> results) throws InterruptedException {
        for (long n = 2; n < 2 + NUMBERS; n++) {
            Thread.sleep(SLEEP_MILLIS);
            results.add(n * n);
        }
    }

    private static void cubes(List<Long> results) throws InterruptedException {
        for (long n = 2; n < 2 + NUMBERS; n++) {
            Thread.sleep(SLEEP_MILLIS);
            results.add(n * n * n);
        }
    }

    private long sums(int calls) {
        long total = 0;
        for (int call = 0; call < calls; call++) {
            int bound = terms;
            long sum = 0;
            for (long x = 0; x < bound; x++) {
                sum += x * x;
            }
            total += sum;
        }
        return total;
    }

    private void transfer(int amount) {
        for (int i = 0; i < TRANSFERS; i++) {
            lock.lock();
            try {
                balance += amount;
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean thinkAndTransfer(int amount) throws InterruptedException {
        for (int i = 0; i < THOUGHTFUL_TRANSFERS; i++) {
            Thread.sleep(THINK_MILLIS);
            lock.lock();
            try {
                balance += amount;
            } finally {
                lock.unlock();
            }
        }
        return true;
    }
}
