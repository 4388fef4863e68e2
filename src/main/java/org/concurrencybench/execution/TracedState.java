package org.concurrencybench.execution;

import org.concurrencybench.execution.TraceSpan.State;
import org.concurrencybench.workload.Channel;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Guard;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.Pause;
import org.concurrencybench.workload.SharedNumbers;
import org.concurrencybench.workload.SharedState;

/** A model's shared state, whose waits and locks are noted. */
final class TracedState implements SharedState {

    private final SharedState shared;
    private final TraceNotes notes = new TraceNotes();

    TracedState(SharedState shared) {
        this.shared = shared;
    }

    TraceNotes notes() {
        return notes;
    }

    @Override
    public LockedLong lockedLong(LockKind kind) {
        if (!kind.isLock()) {
            return shared.lockedLong(kind);
        }
        return new GuardedLong(guard(kind), shared.lockedLong(LockKind.NONE));
    }

    @Override
    public Channel channel(ChannelKind kind, int capacity) {
        return shared.channel(kind, capacity);
    }

    @Override
    public Guard guard(LockKind kind) {
        Guard guard = shared.guard(kind);
        if (kind == LockKind.NONE) {
            return guard;
        }
        return section -> {
            long asked = System.nanoTime();
            guard.hold(() -> {
                long held = System.nanoTime();
                notes.note(State.ASKING, asked, held);
                section.run();
                notes.note(State.HOLDING, held, System.nanoTime());
            });
        };
    }

    @Override
    public SharedNumbers numbers(int length) {
        return shared.numbers(length);
    }

    @Override
    public Pause pause() {
        Pause pause = shared.pause();
        return time -> notes.during(State.WAITING, () -> pause.sleep(time));
    }

    /** A number under a guard whose asking and holding is noted; whoever only looks at the number leaves no note. */
    private record GuardedLong(Guard guard, LockedLong number) implements LockedLong {

        @Override
        public void add(long delta) {
            under(() -> number.add(delta));
        }

        @Override
        public long get() {
            return number.get();
        }

        @Override
        public void set(long value) {
            under(() -> number.set(value));
        }

        private void under(Runnable change) {
            try {
                guard.hold(change::run);
            } catch (InterruptedException e) {
                // No change waits, so none throws this; whoever waits next shall hear of it.
                Thread.currentThread().interrupt();
            }
        }
    }
}
