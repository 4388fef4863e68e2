package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.Sharing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A segment's file that somebody cuts short while it is mapped: the batch fails, soon, and says what happened. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class CutSegmentsTest {

    static List<ExecutionModel> models() {
        return List.of(new ChildJvms(), new SpareChildJvms(), new ColdChildJvms());
    }

    static Stream<LockKind> locks() {
        return Arrays.stream(LockKind.values())
                .filter(kind -> kind.sharing() == Sharing.MAPPED)
                .filter(kind -> MappedState.unavailable(kind).isEmpty());
    }

    @TempDir
    Path directory;

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @ParameterizedTest
    @MethodSource("models")
    void betweenBatchesFailNeitherSilentlyNorWithoutAWord(ExecutionModel model) throws Exception {
        try (Batch batch = model.prepare(FaultyWorkload.spec(Fault.NONE, 64, 0), 2)) {
            batch.reset();
            Object answer = batch.run();
            batch.check(answer);
            batch.reset();
            String segment = cutTheOnlyOne();
            String gone = "the shared memory " + segment;

            assertThatThrownBy(batch::run)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageMatching("child JVM [0-9]+[: ].*")
                    // A child that starts after the cut opens the file, and finds it short.
                    .message()
                    .containsAnyOf("a task failed: java.lang.IllegalStateException: " + gone, segment + " has 0 bytes");
            assertThatThrownBy(() -> batch.check(answer))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(gone);
            assertThatThrownBy(batch::reset)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(gone);
        }
    }

    @ParameterizedTest
    @MethodSource("locks")
    void underChildrenThatUseItFailTheBatch(LockKind kind) throws Exception {
        List<String> command = new ArrayList<>(ChildCommand.words());
        // For locks of the C library, under whose code no JVM survives this.
        command.addAll(1, List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + directory.resolve("report-%p")));
        var spec = FaultyWorkload.spec(Fault.COUNTS_FOR_EVER_IN_EVERY_TASK, 2, 0, kind);
        try (TestPool pool = new TestPool(spec, 2, command, TestPool.LONG)) {
            pool.pool().awaitReady(TestPool.LONG);
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(pool.pool()::run)));
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> pool.begun() > 1000))
                    .isTrue();

            cutTheOnlyOne();
            caller.join(20_000);

            assertThat(outcome.get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageMatching("child JVM [0-9]+[: ].*")
                    .message()
                    .containsAnyOf("the shared memory " + pool.segment(), "SIGBUS");
        }
    }

    private static String cutTheOnlyOne() throws IOException {
        List<String> segments = Leftovers.files(ProcessHandle.current().pid()).stream()
                .filter(file -> !file.contains(".lock-"))
                .toList();
        assertThat(segments).hasSize(1);
        try (FileChannel file = FileChannel.open(Path.of(segments.getFirst()), StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
        return segments.getFirst();
    }
}
