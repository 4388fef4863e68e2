"""What CPython's standard library reaches where the Java side has its own locks, queues, pools and child processes.

    peers.py [--rounds N] [--only NAME[,NAME...]] [--tasks N] [--list]

Each round prints one line per figure: name, tab, value, tab, unit. Results are checked after the clock has stopped; a
wrong one ends the program, as does a figure of the default selection that takes two minutes. Processes are forked unless a
figure says otherwise. What each timed region holds:

python-lock-uncontended, -contended
    `lock.acquire()` and `lock.release()` of a multiprocessing.Lock and the `for` around them, nothing under the lock.
    (Here `with lock:` takes four times as long; the two methods kept in local variables take two thirds.)
python-value-uncontended, -contended
    `with value.get_lock(): value.value += 1` of a multiprocessing.Value and the `for` around it.
    One process, or two that do the same number of operations each: from the first that starts to the last that ends,
    divided by the operations of both. The two are pinned, each to a core of its own: left to the scheduler they often
    share one and hardly ever contend. About 150 ms, after a warm-up of a tenth of that.
python-spawn, python-fork, python-thread
    The constructor, start() and join() of a process or thread that does nothing; the median of 5, 21 and 101. The
    spawned one is in spawn.py.
python-pool-map-1000
    Pool(2).map of a function that returns its argument plus one, over range(1000), with the default chunk size; the
    median of 51 maps on a pool that has answered ten maps before.
python-queue-items
    From the word go until the consumer, which is this process, has the last of 20 000 small numbers that one producer
    process puts on a multiprocessing.Queue one by one; 1 000 more go before, untimed.
python-queue-round-trip, python-pipe-round-trip
    A small number to an echoing process and back, over two Queues or one Pipe: 1 000 or 2 000 times, elapsed / times,
    after a tenth as many untimed ones.
python-sum-of-squares-serial, python-sum-of-squares-pool (only when named by --only, because they take seconds)
    --tasks (100 000) calls of f, each the sum of x * x for x below 1000: in a list comprehension, or by Pool(2).map with
    the default chunk size on a pool that is already running.

Exit codes: 0 done, 1 a measurement failed, 2 wrong call.
"""

import argparse
import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

TIMED_NANOS = 150e6
CALIBRATED_NANOS = 5e6
FIRST_OPERATIONS = 1000
QUEUE_ITEMS = 20_000
QUEUE_WARM_UP_ITEMS = 1_000
SECONDS_PER_FIGURE = 120  # most take below a second; whoever waits this long waits for a partner that is gone
DEATH_SIGNAL_OPTION = 1  # PR_SET_PDEATHSIG of Linux

fork = multiprocessing.get_context("fork")


def check(is_right, what):
    if not is_right:
        sys.exit(f"peers.py: {what}")


def median(numbers):
    return sorted(numbers)[len(numbers) // 2]


# ---- Child processes that never outlive this one ----


def begin_child(parent):
    """Ctrl-C is the parent's business; its end, however it comes, is the child's end too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_SIGNAL_OPTION, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def run_child(parent, target, arguments):
    begin_child(parent)
    target(*arguments)


def start_child(target, *arguments):
    child = fork.Process(target=run_child, args=(os.getpid(), target, arguments), daemon=True)
    child.start()
    return child


def join_child(child):
    child.join()
    check(child.exitcode == 0, f"a child process ended with code {child.exitcode}")


def start_pool():
    return fork.Pool(2, initializer=begin_child, initargs=(os.getpid(),))


# ---- Locks ----


def use_lock(lock, count):
    for _ in range(count):
        lock.acquire()
        lock.release()


def use_value(value, count):
    for _ in range(count):
        with value.get_lock():
            value.value += 1


class Meeting:
    """The barrier of a measurement and its clock readings, in shared memory."""

    def __init__(self, parties):
        self.parties = parties
        self.arrived = fork.RawArray("q", parties)
        self.started_nanos = fork.RawArray("q", parties)
        self.ended_nanos = fork.RawArray("q", parties)

    def take_part(self, party, operate, subject, warm_up, count):
        operate(subject, warm_up)
        self.arrived[party] = 1
        while sum(self.arrived) < self.parties:
            os.sched_yield()
        self.started_nanos[party] = time.perf_counter_ns()
        operate(subject, count)
        self.ended_nanos[party] = time.perf_counter_ns()

    def elapsed_nanos(self):
        # One clock for all processes: perf_counter_ns is CLOCK_MONOTONIC.
        return max(self.ended_nanos) - min(self.started_nanos)


def allowed_cpus():
    return os.sched_getaffinity(0) if sys.platform == "linux" else set()


def pin(cpus, party):
    if len(cpus) > party:
        os.sched_setaffinity(0, {sorted(cpus)[party]})


def take_part_pinned(meeting, cpus, party, operate, subject, warm_up, count):
    pin(cpus, party)
    meeting.take_part(party, operate, subject, warm_up, count)


def elapsed_nanos(operate, subject, parties, warm_up, count):
    meeting = Meeting(parties)
    if parties == 1:
        meeting.take_part(0, operate, subject, warm_up, count)
        return meeting.elapsed_nanos()
    cpus = allowed_cpus()
    partner = start_child(take_part_pinned, meeting, cpus, 1, operate, subject, warm_up, count)
    take_part_pinned(meeting, cpus, 0, operate, subject, warm_up, count)
    if cpus:
        os.sched_setaffinity(0, cpus)
    join_child(partner)
    return meeting.elapsed_nanos()


def nanos_per_operation(operate, create_subject, parties):
    def measure(count):
        subject = create_subject()
        warm_up = count // 10
        elapsed = elapsed_nanos(operate, subject, parties, warm_up, count)
        if operate is use_value:
            check(subject.value == parties * (warm_up + count), "updates of the Value were lost")
        return elapsed

    count = FIRST_OPERATIONS
    elapsed = measure(count)
    while elapsed < CALIBRATED_NANOS:
        count *= 4
        elapsed = measure(count)
    count = int(count * TIMED_NANOS / elapsed)
    return measure(count) / (count * parties)


def lock_figure(parties):
    return nanos_per_operation(use_lock, fork.Lock, parties)


def value_figure(parties):
    return nanos_per_operation(use_value, lambda: fork.Value("q", 0), parties)


# ---- Starting ----


def do_nothing():
    pass


def nanos_to_start_and_join(create):
    started = time.perf_counter_ns()
    thread_or_process = create(target=do_nothing)
    thread_or_process.start()
    thread_or_process.join()
    return time.perf_counter_ns() - started


def start_millis(create, times):
    nanos_to_start_and_join(create)
    return median([nanos_to_start_and_join(create) for _ in range(times)]) / 1e6


def spawn_millis():
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "spawn.py")
    done = subprocess.run([sys.executable, program], stdout=subprocess.PIPE, text=True)
    check(done.returncode == 0, f"spawn.py ended with code {done.returncode}")
    return float(done.stdout)


# ---- Pools ----


def add_one(number):
    return number + 1


def pool_map_nanos():
    numbers = range(1000)
    wanted = [number + 1 for number in numbers]
    nanos = []
    with start_pool() as pool:
        for _ in range(10):
            check(pool.map(add_one, numbers) == wanted, "the pool's answer is wrong")
        for _ in range(51):
            started = time.perf_counter_ns()
            answer = pool.map(add_one, numbers)
            nanos.append(time.perf_counter_ns() - started)
            check(answer == wanted, "the pool's answer is wrong")
    return median(nanos)


def sum_of_squares(_):
    return sum(x * x for x in range(1000))


def check_sums(sums, tasks):
    check(sums == [332_833_500] * tasks, "a sum of squares is wrong")


def sum_of_squares_serial_millis(tasks):
    started = time.perf_counter_ns()
    sums = [sum_of_squares(n) for n in range(tasks)]
    elapsed = time.perf_counter_ns() - started
    check_sums(sums, tasks)
    return elapsed / 1e6


def sum_of_squares_pool_millis(tasks):
    with start_pool() as pool:
        pool.map(sum_of_squares, range(100))
        started = time.perf_counter_ns()
        sums = pool.map(sum_of_squares, range(tasks))
        elapsed = time.perf_counter_ns() - started
    check_sums(sums, tasks)
    return elapsed / 1e6


# ---- Queues and pipes ----


def produce(queue, go):
    for number in range(QUEUE_WARM_UP_ITEMS):
        queue.put(number % 100)
    go.wait()
    for number in range(QUEUE_ITEMS):
        queue.put(number % 100)


def queue_items_per_second():
    queue = fork.Queue()
    go = fork.Event()
    producer = start_child(produce, queue, go)
    for _ in range(QUEUE_WARM_UP_ITEMS):
        queue.get()
    total = 0
    started = time.perf_counter_ns()
    go.set()
    for _ in range(QUEUE_ITEMS):
        total += queue.get()
    elapsed = time.perf_counter_ns() - started
    join_child(producer)
    check(total == sum(number % 100 for number in range(QUEUE_ITEMS)), "the queue lost or changed items")
    return QUEUE_ITEMS / (elapsed / 1e9)


def echo(receive, send, times):
    for _ in range(times):
        send(receive())


def round_trip_nanos(send, receive, child_receive, child_send, times):
    warm_up = times // 10
    child = start_child(echo, child_receive, child_send, warm_up + times)

    def ask(times):
        total = 0
        for number in range(times):
            send(number % 100)
            total += receive()
        return total

    ask(warm_up)
    started = time.perf_counter_ns()
    total = ask(times)
    elapsed = time.perf_counter_ns() - started
    join_child(child)
    check(total == sum(number % 100 for number in range(times)), "the echo lost or changed numbers")
    return elapsed / times


def queue_round_trip_nanos():
    questions = fork.Queue()
    answers = fork.Queue()
    return round_trip_nanos(questions.put, answers.get, questions.get, answers.put, 1_000)


def pipe_round_trip_nanos():
    ours, theirs = fork.Pipe()
    with ours, theirs:
        return round_trip_nanos(ours.send, ours.recv, theirs.recv, theirs.send, 2_000)


# ---- The command line ----


def figures(tasks):
    """Name, unit, measurement, and whether it belongs to a call without --only."""
    return [
        ("python-lock-uncontended", "ns", lambda: lock_figure(1), True),
        ("python-lock-contended", "ns", lambda: lock_figure(2), True),
        ("python-value-uncontended", "ns", lambda: value_figure(1), True),
        ("python-value-contended", "ns", lambda: value_figure(2), True),
        ("python-spawn", "ms", spawn_millis, True),
        ("python-fork", "ms", lambda: start_millis(fork.Process, 21), True),
        ("python-thread", "ms", lambda: start_millis(threading.Thread, 101), True),
        ("python-pool-map-1000", "ns", pool_map_nanos, True),
        ("python-queue-items", "items/s", queue_items_per_second, True),
        ("python-queue-round-trip", "ns", queue_round_trip_nanos, True),
        ("python-pipe-round-trip", "ns", pipe_round_trip_nanos, True),
        ("python-sum-of-squares-serial", "ms", lambda: sum_of_squares_serial_millis(tasks), False),
        ("python-sum-of-squares-pool", "ms", lambda: sum_of_squares_pool_millis(tasks), False),
    ]


def parse_arguments():
    def positive(text):
        number = int(text)
        if number < 1:
            raise ValueError
        return number

    positive.__name__ = "positive number"
    parser = argparse.ArgumentParser(prog="peers.py", description=__doc__.split("\n", 1)[0], allow_abbrev=False)
    parser.add_argument("--rounds", type=positive, default=1, metavar="N", help="print every figure N times")
    parser.add_argument("--only", metavar="NAME[,NAME...]", help="only these figures")
    parser.add_argument("--tasks", type=positive, default=100_000, metavar="N", help="calls of f in sum-of-squares")
    parser.add_argument("--list", action="store_true", help="print the names of the figures")
    arguments = parser.parse_args()
    names = [name for name, _, _, _ in figures(arguments.tasks)]
    arguments.only = arguments.only.split(",") if arguments.only else []
    for name in arguments.only:
        if name not in names:
            parser.error(f"there is no figure '{name}'")
    return arguments


def main():
    arguments = parse_arguments()
    # Leaves by way of the exit handlers, which end the child processes.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("peers.py: a figure took longer than two minutes; given up"))
    selected = figures(arguments.tasks)
    if arguments.list:
        for name, _, _, _ in selected:
            print(name)
        return
    for _ in range(arguments.rounds):
        for name, unit, measure, by_default in selected:
            if name in arguments.only or (by_default and not arguments.only):
                signal.alarm(SECONDS_PER_FIGURE if by_default else 0)
                print(f"{name}\t{measure():.4f}\t{unit}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
