package org.concurrencybench.execution.childjvm;

import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.concurrencybench.execution.Chunks;
import org.concurrencybench.execution.Ending;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Children that run batches together, one batch at a time.
 *
 * <p>The caller hands out the first chunks; from then on the thread that hears a child's answers (that of its standard
 * stream, or the caller where there are mailboxes) gives that child its next chunk, so no thread has to be woken between an answer and the next piece of work, and a slow child takes fewer chunks.
 * Where there are many, each child has one chunk in hand beside the one that it works on, which hides the hand-over; and
 * where tasks turn out to be tiny, chunks of the next batch are no smaller than a hand-over is worth.
 * After any failure the pool is of no more use: every child is killed, so that no batch can get another one's answers.
 */
final class ChildJvmPool<P> implements AutoCloseable {

    /** From this many chunks a child on, it gets the next one ahead; below, an idle child may need it more. */
    private static final int CHUNKS_FOR_PREFETCH = 4;

    /** Several hand-overs of next to no work, and what it takes to wake a thread. */
    private static final long LOOK_NANOS = 100_000;

    private final Workload<P> workload;
    private final @Nullable Mailboxes mailboxes;
    private final Duration answerLimit;
    private final Duration batchLimit;
    private final List<ChildJvm> children = new ArrayList<>();
    private final CountDownLatch ready;
    // Those that have not set up their workload yet; their readers take them out.
    private final Set<ChildJvm> unready = ConcurrentHashMap.newKeySet();
    // Those whose mailbox has not been tried; the caller's own.
    private final Set<ChildJvm> ungreeted = ConcurrentHashMap.newKeySet();
    // First failure of any child; readers set it, the caller reads it. A pool that has one stays broken.
    private final AtomicReference<@Nullable ExecutionException> failure = new AtomicReference<>();
    // Mean of the batch before, 0 before the first; the caller's own.
    private double nanosPerTask;
    // Set by the caller before it sends the batch's first frame; a reader sees it by way of the child's answer to that.
    private volatile @Nullable Round<P> round;

    /**
     * Starts the children and sends them what to set up, without waiting for them.
     *
     * @param spec what they will run
     * @param workload the caller's own instance of it
     * @param segment path of the memory that they share; empty if none
     * @param mailboxes one for each of them in that memory; null if all goes by their standard streams
     * @param size how many children
     * @param command the words that start one
     * @param answerLimit longest time without an answer from any of them, beside what the definition grants its tasks
     * @throws ExecutionException if one cannot be started; those that could are ended
     */
    ChildJvmPool(
            WorkloadSpec spec,
            Workload<P> workload,
            String segment,
            @Nullable Mailboxes mailboxes,
            int size,
            List<String> command,
            Duration answerLimit)
            throws ExecutionException {
        this.workload = workload;
        this.mailboxes = mailboxes;
        this.answerLimit = answerLimit;
        this.batchLimit = spec.definition().batchLimit(spec.settings());
        this.ready = new CountDownLatch(size);
        try {
            Hears hears = new Hears();
            for (int i = 0; i < size; i++) {
                ChildJvm child = new ChildJvm(
                        command, mailboxes == null ? null : mailboxes.all().get(i), hears);
                children.add(child);
                unready.add(child);
                child.listen();
                child.send(Frame.setUp(
                        spec, segment, mailboxes == null ? 0 : mailboxes.all().size(), i));
            }
        } catch (ExecutionException | RuntimeException | Error e) {
            killAll();
            close();
            throw e;
        }
    }

    /** A pool whose children have all set up their workload; nothing of it is left if that fails. */
    static <P> ChildJvmPool<P> ready(
            WorkloadSpec spec,
            Workload<P> workload,
            String segment,
            @Nullable Mailboxes mailboxes,
            int size,
            List<String> command)
            throws ExecutionException, InterruptedException {
        ChildJvmPool<P> pool =
                new ChildJvmPool<>(spec, workload, segment, mailboxes, size, command, ChildJvmDefaults.ANSWER_LIMIT);
        try {
            pool.awaitReady(ChildJvmDefaults.START_LIMIT);
            if (mailboxes != null) {
                pool.greet(mailboxes);
                // Long enough for both sides to have gone to sleep, so that the second greeting tries the waking as
                // well.
                Thread.sleep(1);
                pool.greet(mailboxes);
            }
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            pool.close();
            throw e;
        }
        return pool;
    }

    /** Waits until every child has set up its workload, for so long at most. */
    void awaitReady(Duration limit) throws ExecutionException, InterruptedException {
        boolean all = ready.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        List<ChildJvm> late = inOrderOfStart(unready);
        if (!all && !late.isEmpty()) {
            breakWith(late.getFirst()
                    .failure("was not ready after %s (not ready: %s)".formatted(inWords(limit), pids(late)), null));
        }
        throwIfBroken();
    }

    /**
     * Sends an empty message through each mailbox and waits for its answer, so that the first batch does not load the classes
     * of rings and bells on both sides, which takes a tenth of a second. Standard streams have been used by now.
     */
    private void greet(Mailboxes boxes) throws ExecutionException, InterruptedException {
        Duration limit = ChildJvmDefaults.START_LIMIT;
        ungreeted.addAll(children);
        for (ChildJvm child : children) {
            child.send(Frame.greet());
        }
        if (!boxes.await(this::hasGreetedAll, limit)) {
            List<ChildJvm> silent = inOrderOfStart(ungreeted);
            breakWith((silent.isEmpty() ? children : silent)
                    .getFirst()
                    .failure("took no greeting for %s".formatted(inWords(limit)), null));
        }
        throwIfBroken();
    }

    private boolean hasGreetedAll() {
        children.forEach(ChildJvm::hearMailbox);
        return ungreeted.isEmpty() || failure.get() != null;
    }

    /** Process ids of the children, in the order of their start. */
    List<Long> pids() {
        return children.stream().map(ChildJvm::pid).toList();
    }

    private static String pids(List<ChildJvm> some) {
        return some.stream().map(child -> Long.toString(child.pid())).collect(Collectors.joining(", "));
    }

    private List<ChildJvm> inOrderOfStart(Set<ChildJvm> some) {
        return children.stream().filter(some::contains).toList();
    }

    private static String inWords(Duration limit) {
        return limit.toMillis() / 1000.0 + " s";
    }

    /**
     * Runs all tasks once.
     *
     * @throws ExecutionException if a task or a child failed, or no child answered in time
     */
    P run() throws ExecutionException, InterruptedException {
        throwIfBroken();
        Round<P> current = new Round<>(Chunks.of(workload, children.size(), worthIt()));
        round = current;
        try {
            // Again: a failure between the first look and the new round has told the old one, which nobody waits for.
            throwIfBroken();
            if (mailboxes == null) {
                readThere(current);
            }
            int ahead = current.chunks.count() >= CHUNKS_FOR_PREFETCH * children.size() ? 2 : 1;
            for (int i = 0; i < ahead; i++) {
                for (ChildJvm child : children) {
                    sendNext(child, current);
                }
            }
            await(current);
        } catch (ExecutionException e) {
            failure.compareAndSet(null, e);
        } catch (IllegalStateException e) {
            failure.compareAndSet(null, new ExecutionException("work cannot be handed over: " + e.getMessage(), e));
        } catch (InterruptedException e) {
            killAll();
            throw e;
        }
        ExecutionException reason = failure.get();
        if (reason != null) {
            ExecutionException whole = withTheDead(reason);
            failure.set(whole);
            killAll();
            throw whole;
        }
        nanosPerTask = (double) current.computeNanos.sum() / workload.taskCount();
        return workload.merge(current.inOrder());
    }

    /** Tasks that take long enough to be worth a hand-over, as far as the batch before tells. */
    private int worthIt() {
        return nanosPerTask == 0
                ? 1
                : (int) Math.clamp(ChildJvmDefaults.LEAST_CHUNK.toNanos() / nanosPerTask, 1, Integer.MAX_VALUE);
    }

    /**
     * The reason, after the end of a child that nobody had asked to end: where one dies, others fail of what it held, and may
     * be the first to say so.
     */
    private ExecutionException withTheDead(ExecutionException reason) {
        long patience = System.nanoTime() + ChildJvmDefaults.NEWS_LIMIT.toNanos();
        for (ChildJvm child : children) {
            if (child.endsBefore(patience) && !child.isBlamedBy(reason)) {
                ExecutionException end = child.failure(ChildJvm.ENDED_EARLY, null);
                return new ExecutionException(end.getMessage() + "; and then: " + reason.getMessage(), reason);
            }
        }
        return reason;
    }

    /**
     * Ends all children; returns when they are gone.
     *
     * @throws Ending.FailedException if one of them could not end its workload
     */
    @Override
    public void close() {
        boolean broken = failure.get() != null;
        if (broken) {
            // They may be in the middle of a task that never ends.
            killAll();
        }
        // All are told before the first is waited for: they end side by side.
        children.forEach(ChildJvm::finish);
        children.forEach(ChildJvm::close);
        ExecutionException late = failure.get();
        if (!broken && late != null) {
            throw new Ending.FailedException(String.valueOf(late.getMessage()), late);
        }
    }

    private void await(Round<P> current) throws ExecutionException, InterruptedException {
        int answered = 0;
        Duration limit = limit(current.chunks);
        while (!isDoneWithin(limit, current)) {
            List<ChildJvm> owing = inOrderOfStart(current.owing());
            if (current.answers.get() == answered && !owing.isEmpty()) {
                throw owing.getFirst()
                        .failure(
                                "hung: no answer from any child for %s (children that owe one: %s)"
                                        .formatted(inWords(limit), pids(owing)),
                                null);
            }
            answered = current.answers.get();
        }
    }

    /** A chunk may take its share of what the definition grants the batch. */
    private Duration limit(Chunks chunks) {
        return batchLimit.isZero()
                ? answerLimit
                : answerLimit.plus(batchLimit.multipliedBy(chunks.longest()).dividedBy(workload.taskCount()));
    }

    /** With mailboxes, this thread hears the answers itself, so that none has to be woken but it. */
    @SuppressWarnings("ThreadPriorityCheck") // it lets a child go on; a wait that sleeps follows it
    private boolean isDoneWithin(Duration limit, Round<P> current) throws InterruptedException {
        if (mailboxes != null) {
            return mailboxes.await(() -> hearAll(current), limit);
        }
        if (isShort(current)) {
            long look = System.nanoTime() + LOOK_NANOS;
            while (System.nanoTime() < look) {
                children.forEach(ChildJvm::hearLent);
                if (current.done.getCount() == 0) {
                    return true;
                }
                // The child may be on this very core, and then cannot answer before we let it.
                Thread.yield();
            }
            children.forEach(ChildJvm::takeBack);
        }
        return current.done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Says who reads the answers of a batch: this thread, if it waits for a single hand-over, otherwise the children's own. */
    private void readThere(Round<P> current) {
        children.forEach(isShort(current) ? ChildJvm::lendSoon : ChildJvm::takeBack);
    }

    /** Whether it is all one hand-over of next to no work: the answer then comes sooner than a thread could wake. */
    private boolean isShort(Round<P> current) {
        return current.chunks.count() == 1
                && nanosPerTask > 0
                && nanosPerTask * workload.taskCount() < ChildJvmDefaults.LEAST_CHUNK.toNanos();
    }

    private boolean hearAll(Round<P> current) {
        for (ChildJvm child : children) {
            child.hearMailbox();
        }
        return current.done.getCount() == 0;
    }

    private void sendNext(ChildJvm child, Round<P> current) throws ExecutionException {
        int chunk = current.nextChunk.getAndIncrement();
        if (chunk >= current.chunks.count()) {
            return;
        }
        current.takers.set(chunk, child);
        child.send(Frame.run(chunk, current.chunks.first(chunk), current.chunks.end(chunk)));
    }

    private void breakWith(ExecutionException reason) {
        failure.compareAndSet(null, reason);
        killAll();
    }

    private void killAll() {
        failure.compareAndSet(null, new ExecutionException("the pool of child JVMs was given up", null));
        children.forEach(ChildJvm::kill);
    }

    private void throwIfBroken() throws ExecutionException {
        ExecutionException reason = failure.get();
        if (reason != null) {
            throw reason;
        }
    }

    /** What the children's readers do. */
    private final class Hears implements ChildJvm.Listener {

        @Override
        public void ready(ChildJvm child, long mainNanos) throws Frame.NonsenseException {
            if (!unready.remove(child)) {
                throw new Frame.NonsenseException("ready for a second time");
            }
            ready.countDown();
        }

        @Override
        public void greeted(ChildJvm child) throws Frame.NonsenseException {
            if (!ungreeted.remove(child)) {
                throw new Frame.NonsenseException("a greeting that nobody asked for");
            }
        }

        @Override
        public void part(ChildJvm child, int chunk, long readNanos, long doneNanos, DataInputStream part)
                throws IOException {
            Round<P> current = round;
            if (current == null) {
                throw new Frame.NonsenseException("an answer that nobody asked for");
            }
            try {
                sendNext(child, current);
            } catch (ExecutionException e) {
                failed(e);
                return;
            }
            current.computeNanos.add(Math.max(0, doneNanos - readNanos));
            current.put(chunk, workload.codec().read(part));
            ringBell();
        }

        @Override
        public void failed(ExecutionException reason) {
            failure.compareAndSet(null, reason);
            while (ready.getCount() > 0) {
                ready.countDown();
            }
            Round<P> current = round;
            if (current != null) {
                current.done.countDown();
            }
            ringBell();
        }

        /** For the caller, where this is not its own thread: a long answer, or an end, comes by a child's stream. */
        private void ringBell() {
            if (mailboxes != null) {
                mailboxes.ring();
            }
        }
    }

    /** One batch under way. */
    private static final class Round<P> {

        final Chunks chunks;
        final AtomicInteger nextChunk = new AtomicInteger();
        final AtomicInteger answers = new AtomicInteger();
        final CountDownLatch done = new CountDownLatch(1);
        // Added to by readers before the answer that it belongs to is counted; the caller reads it after the latch.
        final LongAdder computeNanos = new LongAdder();
        // Who has taken which chunk; written by the taker's reader or the caller, read for the report of a hang.
        final AtomicReferenceArray<@Nullable ChildJvm> takers;
        // Each slot is written once, by the reader that counts its answer; the caller reads them after the latch.
        private final AtomicReferenceArray<@Nullable P> parts;

        Round(Chunks chunks) {
            this.chunks = chunks;
            this.takers = new AtomicReferenceArray<>(chunks.count());
            this.parts = new AtomicReferenceArray<>(chunks.count());
        }

        /** The children that have taken a chunk and not answered it yet. */
        Set<ChildJvm> owing() {
            return IntStream.range(0, parts.length())
                    .filter(chunk -> parts.get(chunk) == null)
                    .mapToObj(takers::get)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }

        void put(int chunk, P part) throws Frame.NonsenseException {
            if (chunk < 0 || chunk >= parts.length() || !parts.compareAndSet(chunk, null, part)) {
                throw new Frame.NonsenseException("an answer to chunk %d, which is not open".formatted(chunk));
            }
            if (answers.incrementAndGet() == parts.length()) {
                done.countDown();
            }
        }

        List<P> inOrder() throws ExecutionException {
            List<P> list = new ArrayList<>(parts.length());
            for (int chunk = 0; chunk < parts.length(); chunk++) {
                P part = parts.get(chunk);
                if (part == null) {
                    throw new ExecutionException("a chunk has no answer", null);
                }
                list.add(part);
            }
            return list;
        }
    }
}
