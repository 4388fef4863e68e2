"""The textbook's programs, each timed around the same region as its Java twin: what is started, all work, and joining.

    textbook.py PROGRAM MODE [name=value ...]

PROGRAM and its numbers; MODE is serial, threads or processes:

square-cube      numbers=5 sleepMillis=500: squares, then cubes, of 2, 3, ... (or of numbers=2:3:8:9), a sleep before each; or
                 a worker for each
result-sharing   way=shared-list list=2:3:4:5:6 function=squares-and-cubes sleepMillis=0 room=0 valueHundredths=0: results wanted
                 by the caller, by way of a list (shared-list; isolated, where each process fills its own), an array and a value
                 (0: the mean), or a queue; an array with too little room is an error in the worker
queue            shape=one-to-one items=3 first=1: put and got in order; two-to-one: two put, the caller drains; ten-workers:
                 daemons that take, report under their names, task_done each, and a join of the queue
bank-balance     transfers=100 thinkMicros=10000 lock=own order=together: one deposits, one withdraws, a sleep before each;
                 under a lock, or lock=none; at once, or order=deposits-first
lost-update      lock=none waitMillis=100 updates=1 workers=2: read, add 1, wait, write back
shared-counter   shape=value additions=100 waitMillis=10 workers=2 elements=3: add 1 under a lock, or to each of an array
ticker           tickMillis=1000 ticks=5 slowTimes=2: two threads, one ticks half as often, and each knows which are active
failure          workers=4 failing=1 fault=wrong-arguments: one of the threads gets the wrong number of arguments (or throws); its
                 traceback goes to stderr, and nobody hears of it
sum-of-squares   tasks=100000 terms=1000: calls of f; threads in a pool of one for each core, processes in Pool()
pool-map         numbers=1000 first=0 function=square parallelism=0: map by a pool of so many (0: one for each core); of one
                 number, an apply
spawn            units=10 squares=1000: workers that square the numbers below it

Prints the seconds. The answer is checked after the clock has stopped; a wrong one ends the program with exit code 1, a
wrong call with 2. Processes are started as this platform does by itself.
"""

import multiprocessing
import multiprocessing.pool
import os
import queue
import sys
import threading
import time


class WrongAnswer(Exception):
    """What was computed is not what is right."""


def check(what, expected, found):
    if expected != found:
        raise WrongAnswer(f"{what} is {found}, expected {expected}")


def worker_type(mode):
    return threading.Thread if mode == "threads" else multiprocessing.Process


def run_all(mode, calls, expected_code=0):
    """Each call by a worker of its own, or one after another; a process ends with that code."""
    if mode == "serial":
        for function, arguments in calls:
            function(*arguments)
        return
    workers = [worker_type(mode)(target=function, args=arguments) for function, arguments in calls]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if mode == "processes":
        check("exit codes", [expected_code] * len(workers), [worker.exitcode for worker in workers])


def powers(numbers, sleep, exponent, results):
    for number in numbers:
        time.sleep(sleep)
        results.put((exponent, number**exponent))


def listed(numbers):
    """The numbers of 3:6:9."""
    return [int(number) for number in numbers.split(":")]


def square_cube(mode, numbers=5, sleepMillis=500):
    numbers = [*range(2, 2 + numbers)] if isinstance(numbers, int) else listed(numbers)
    results = multiprocessing.SimpleQueue() if mode == "processes" else LocalQueue()
    sleep = sleepMillis / 1000
    begin = time.perf_counter()
    run_all(mode, [(powers, (numbers, sleep, exponent, results)) for exponent in (2, 3)])
    seconds = time.perf_counter() - begin
    found = [results.get() for _ in range(2 * len(numbers))]
    for exponent in (2, 3):
        expected = [number**exponent for number in numbers]
        check(f"powers of {exponent}", expected, [value for kind, value in found if kind == exponent])
    return seconds


class LocalQueue:
    """What workers of one process put their results into."""

    def __init__(self):
        self.items = []

    def put(self, item):
        self.items.append(item)

    def get(self):
        return self.items.pop(0)


class LocalValue:
    """A number of one process."""

    def __init__(self, value):
        self.value = value


class NoLock:
    """What guards nothing."""

    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass


def transfer(balance, lock, transfers, think, amount):
    for _ in range(transfers):
        time.sleep(think)
        with lock:
            balance.value += amount


def bank_balance(mode, transfers=100, thinkMicros=10_000, lock="own", order="together"):
    guarded = lock != "none"
    if mode == "processes":
        balance, lock = multiprocessing.Value("q", 200, lock=False), multiprocessing.Lock()
    else:
        balance, lock = LocalValue(200), threading.Lock()
    if not guarded:
        lock = NoLock()
    think = thinkMicros / 1e6
    calls = [(transfer, (balance, lock, transfers, think, amount)) for amount in (1, -1)]
    begin = time.perf_counter()
    for together in [calls] if order == "together" else [[call] for call in calls]:
        run_all(mode, together)
    seconds = time.perf_counter() - begin
    if guarded:
        check("balance", 200, balance.value)
    return seconds


def append_powers(numbers, sleep, exponent, results):
    mine = []
    for number in numbers:
        time.sleep(sleep)
        results.append(number**exponent)
        mine.append(number**exponent)
    check("what a worker has put into its list", mine, [value for value in results if value in mine])


def fill(numbers, array, mean, value):
    value.value = mean
    for index, number in enumerate(numbers):
        array[index] = number**2


def put_powers(numbers, results):
    for number in numbers:
        results.put(number**2)


def result_sharing(
    mode, way="shared-list", list="2:3:4:5:6", function="squares-and-cubes", sleepMillis=0, room=0, valueHundredths=0
):
    numbers = listed(list)
    exponents = (2,) if function == "squares" else (2, 3)
    sleep = sleepMillis / 1000
    if way in ("shared-list", "isolated"):
        results = []
        begin = time.perf_counter()
        run_all(mode, [(append_powers, (numbers, sleep, exponent, results)) for exponent in exponents])
        seconds = time.perf_counter() - begin
        expected = [] if way == "isolated" else [number**exponent for exponent in exponents for number in numbers]
        check("the caller's list, in order of size", sorted(expected), sorted(results))
    elif way == "array":
        array, value = multiprocessing.Array("q", room or len(numbers)), multiprocessing.Value("d")
        mean = valueHundredths / 100 or sum(numbers) / len(numbers)
        overflows = len(array) < len(numbers)
        begin = time.perf_counter()
        run_all(mode, [(fill, (numbers, array, mean, value))], 1 if overflows else 0)
        seconds = time.perf_counter() - begin
        check("array", [number**2 for number in numbers][: len(array)], array[:])
        check("value", mean, value.value)
    else:
        results = multiprocessing.Queue()
        begin = time.perf_counter()
        run_all(mode, [(put_powers, (numbers, results))])
        found = [results.get() for _ in numbers]
        seconds = time.perf_counter() - begin
        check("queue", [number**2 for number in numbers], found)
    return seconds


def put_all(items, results):
    for item in items:
        results.put(item)


def take(work, reports):
    while True:
        reports.append((threading.current_thread().name, work.get()))
        work.task_done()


def hand_over(mode, shape="one-to-one", items=3, first=1):
    if shape == "two-to-one":
        squares, negatives = [n * n for n in range(1, items + 1)], [-n for n in range(1, items + 1)]
        results = multiprocessing.Queue() if mode == "processes" else queue.Queue()
        begin = time.perf_counter()
        run_all(mode, [(put_all, (squares, results)), (put_all, (negatives, results))])
        found = [results.get() for _ in range(2 * items)]
        seconds = time.perf_counter() - begin
        check("squares", squares, [number for number in found if number > 0])
        check("negatives", negatives, [number for number in found if number < 0])
    elif shape == "ten-workers":
        work, reports, names = queue.Queue(), [], [f"worker-{number}" for number in range(1, 11)]
        begin = time.perf_counter()
        for name in names:
            threading.Thread(target=take, args=(work, reports), name=name, daemon=True).start()
        put_all(range(first, first + items), work)
        work.join()
        seconds = time.perf_counter() - begin
        check("items, in order of size", [*range(first, first + items)], sorted(item for _, item in reports))
        check("reports by nobody", set(), {name for name, _ in reports} - set(names))
    else:
        line = queue.Queue()
        begin = time.perf_counter()
        put_all(range(1, items + 1), line)
        found = [line.get() for _ in range(items)]
        seconds = time.perf_counter() - begin
        check("items", [*range(1, items + 1)], found)
    return seconds


def update(number, lock, updates, wait):
    for _ in range(updates):
        with lock:
            seen = number.value
            if wait:
                time.sleep(wait)
            number.value = seen + 1


def lost_update(mode, lock="none", waitMillis=100, updates=1, workers=2):
    number = LocalValue(0) if mode != "processes" else multiprocessing.Value("q", 0, lock=False)
    guarded = lock != "none"
    if guarded:
        lock = multiprocessing.Lock() if mode == "processes" else threading.Lock()
    else:
        lock = NoLock()
    begin = time.perf_counter()
    run_all(mode, [(update, (number, lock, updates, waitMillis / 1000))] * workers)
    seconds = time.perf_counter() - begin
    if guarded or mode == "serial":
        check("number", workers * updates, number.value)
    elif waitMillis > 0:
        check("number", updates, number.value)
    return seconds


def add_one(numbers, lock, additions, wait):
    for _ in range(additions):
        if wait > 0:
            time.sleep(wait)
        with lock:
            for index in range(len(numbers)):
                numbers[index] += 1


def shared_counter(mode, shape="value", additions=100, waitMillis=10, workers=2, elements=3):
    first = [100.0 * index for index in range(elements if shape == "array" else 1)]
    if mode == "processes":
        numbers, lock = multiprocessing.Array("d", first, lock=False), multiprocessing.Lock()
    else:
        numbers, lock = first[:], threading.Lock()
    begin = time.perf_counter()
    run_all(mode, [(add_one, (numbers, lock, additions, waitMillis / 1000))] * workers)
    seconds = time.perf_counter() - begin
    check("numbers", [number + workers * additions for number in first], numbers[:])
    return seconds


def tick(millis, ticks, seen):
    for number in range(ticks):
        time.sleep(millis / 1000)
        names = [thread.name for thread in threading.enumerate()]
        seen.append((threading.current_thread().name, number, threading.active_count(), names))


def ticker(mode, tickMillis=1000, ticks=5, slowTimes=2):
    if mode != "threads":
        raise ValueError(f"ticker runs with threads, not {mode}")
    seen = []
    workers = [
        threading.Thread(target=tick, args=(tickMillis * times, ticks, seen), name=name)
        for name, times in (("fast", 1), ("slow", slowTimes))
    ]
    begin = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - begin
    for name in ("fast", "slow"):
        check(f"ticks of {name}", [*range(ticks)], [number for who, number, _, _ in seen if who == name])
    for name, number, active, names in seen:
        check(f"whether {name} is among the active at tick {number}", True, name in names and active in (2, 3))
    return seconds


def note(worker, results):
    results.append(worker)


def fail(worker, results):
    raise ValueError(f"worker {worker}")


def failure(mode, workers=4, failing=1, fault="wrong-arguments"):
    if mode != "threads":
        raise ValueError(f"failure runs with threads, not {mode}")
    results, heard = [], []

    def hear(arguments):
        heard.append(arguments.exc_type)
        threading.__excepthook__(arguments)  # the traceback on stderr, which nobody reads

    threading.excepthook = hear
    calls = [(note, (worker, results)) for worker in range(workers)]
    calls[failing] = (note, (failing, workers, results)) if fault == "wrong-arguments" else (fail, (failing, results))
    begin = time.perf_counter()
    run_all(mode, calls)
    seconds = time.perf_counter() - begin
    check("workers that went on", [worker for worker in range(workers) if worker != failing], sorted(results))
    check("failures", [TypeError if fault == "wrong-arguments" else ValueError], heard)
    return seconds


def f(terms):
    total = 0
    for x in range(terms):
        total += x * x
    return total


def mapped(mode, function, arguments, parallelism):
    """The results of a map, of one argument by an apply, and how long it took, the pool's start and end included."""
    begin = time.perf_counter()
    if mode == "serial":
        results = [function(argument) for argument in arguments]
    else:
        with multiprocessing.pool.ThreadPool(parallelism) if mode == "threads" else multiprocessing.Pool(parallelism) as pool:
            results = pool.map(function, arguments) if len(arguments) > 1 else [pool.apply(function, (arguments[0],))]
    return results, time.perf_counter() - begin


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def sum_of_squares(mode, tasks=100_000, terms=1000):
    results, seconds = mapped(mode, f, [terms] * tasks, cores())
    check("sum over all calls", tasks * ((terms - 1) * terms * (2 * terms - 1) // 6), sum(results))
    return seconds


def square(number):
    return number * number


def cube(number):
    return number * number * number


def pool_map(mode, numbers=1000, first=0, function="square", parallelism=0):
    called, exponent = (cube, 3) if function == "cube" else (square, 2)
    arguments = list(range(first, first + numbers))
    results, seconds = mapped(mode, called, arguments, parallelism or cores())
    check("results", [number**exponent for number in arguments], results)
    return seconds


def squares_below(bound):
    for number in range(bound):
        square(number)


def spawn(mode, units=10, squares=1000):
    begin = time.perf_counter()
    run_all(mode, [(squares_below, (squares,))] * units)
    return time.perf_counter() - begin


PROGRAMS = {
    "square-cube": square_cube,
    "result-sharing": result_sharing,
    "queue": hand_over,
    "bank-balance": bank_balance,
    "lost-update": lost_update,
    "shared-counter": shared_counter,
    "ticker": ticker,
    "failure": failure,
    "sum-of-squares": sum_of_squares,
    "pool-map": pool_map,
    "spawn": spawn,
}


def main(words):
    if len(words) < 2 or words[0] not in PROGRAMS or words[1] not in ("serial", "threads", "processes"):
        print(f"textbook.py: PROGRAM ({', '.join(PROGRAMS)}) MODE (serial, threads, processes)", file=sys.stderr)
        return 2
    try:
        settings = {name: int(value) if value.isdigit() else value for name, value in (word.split("=") for word in words[2:])}
        print(repr(PROGRAMS[words[0]](words[1], **settings)))
    except (TypeError, ValueError) as wrong:
        print(f"textbook.py: {wrong}", file=sys.stderr)
        return 2
    except WrongAnswer as wrong:
        print(f"textbook.py: wrong answer: {wrong}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
