"""The textbook's programs, each timed around the same region as its Java twin: what is started, all work, and joining.

    textbook.py PROGRAM MODE [name=value ...]

PROGRAM and its numbers; MODE is serial, threads or processes:

square-cube      numbers=5 sleepMillis=500: squares, then cubes, of 2, 3, ..., a sleep before each; or a worker for each
result-sharing   way=shared-list list=2:3:4:5:6 function=squares-and-cubes sleepMillis=0: results wanted by the caller, by way of
                 a list (shared-list; isolated, where each process fills its own), an array and a value, or a queue
queue            shape=one-to-one items=3: put and got in order; two-to-one: two put, the caller drains; ten-workers: daemons
                 that take, task_done each, and a join of the queue
bank-balance     transfers=100 thinkMicros=10000 lock=own order=together: one deposits, one withdraws, a sleep before each;
                 under a lock, or lock=none; at once, or order=deposits-first
lost-update      lock=none waitMillis=100 updates=1 workers=2: read, add 1, wait, write back
shared-counter   shape=value additions=100 waitMillis=10 workers=2 elements=3: add 1 under a lock, or to each of an array
ticker           tickMillis=1000 ticks=5: two workers, one ticks half as often
failure          workers=4 failing=1: one of the workers throws, and nobody hears of it
sum-of-squares   tasks=100000 terms=1000: calls of f; threads in a pool of one for each core, processes in Pool()
pool-map         numbers=1000 function=square parallelism=0: map by a pool of so many (0: one for each core); of 1, an apply
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


def run_all(mode, calls):
    """Each call by a worker of its own, or one after another."""
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
        check("exit codes", [0] * len(workers), [worker.exitcode for worker in workers])


def powers(numbers, sleep, exponent, results):
    for number in range(2, 2 + numbers):
        time.sleep(sleep)
        results.put((exponent, number**exponent))


def square_cube(mode, numbers=5, sleepMillis=500):
    results = multiprocessing.SimpleQueue() if mode == "processes" else LocalQueue()
    sleep = sleepMillis / 1000
    begin = time.perf_counter()
    run_all(mode, [(powers, (numbers, sleep, exponent, results)) for exponent in (2, 3)])
    seconds = time.perf_counter() - begin
    found = [results.get() for _ in range(2 * numbers)]
    for exponent in (2, 3):
        expected = [number**exponent for number in range(2, 2 + numbers)]
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


def fill(numbers, array, value):
    for index, number in enumerate(numbers):
        array[index] = number**2
    value.value = sum(numbers) / len(numbers)


def put_powers(numbers, results):
    for number in numbers:
        results.put(number**2)


def result_sharing(mode, way="shared-list", list="2:3:4:5:6", function="squares-and-cubes", sleepMillis=0):
    numbers = [int(number) for number in list.split(":")]
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
        array, value = multiprocessing.Array("q", len(numbers)), multiprocessing.Value("d")
        begin = time.perf_counter()
        run_all(mode, [(fill, (numbers, array, value))])
        seconds = time.perf_counter() - begin
        check("array", [number**2 for number in numbers], array[:])
        check("value", sum(numbers) / len(numbers), value.value)
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


def take(work, taken):
    while True:
        taken.append(work.get())
        work.task_done()


def hand_over(mode, shape="one-to-one", items=3):
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
        work, found = queue.Queue(), []
        begin = time.perf_counter()
        for _ in range(10):
            threading.Thread(target=take, args=(work, found), daemon=True).start()
        put_all(range(items), work)
        work.join()
        seconds = time.perf_counter() - begin
        check("items, in order of size", [*range(items)], sorted(found))
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


def tick(name, millis, ticks, seen):
    for number in range(ticks):
        time.sleep(millis / 1000)
        seen.append((name, number))


def ticker(mode, tickMillis=1000, ticks=5):
    seen = []
    begin = time.perf_counter()
    run_all(mode, [(tick, (name, tickMillis * times, ticks, seen)) for name, times in (("fast", 1), ("slow", 2))])
    seconds = time.perf_counter() - begin
    for name in ("fast", "slow"):
        check(f"ticks of {name}", [*range(ticks)], [number for who, number in seen if who == name])
    return seconds


def fail_or_not(worker, failing, results):
    if worker == failing:
        raise ValueError(f"worker {worker}")
    results.append(worker)


def failure(mode, workers=4, failing=1):
    results, heard = [], []
    threading.excepthook = heard.append  # which by itself prints the traceback that nobody reads
    begin = time.perf_counter()
    run_all(mode, [(fail_or_not, (worker, failing, results)) for worker in range(workers)])
    seconds = time.perf_counter() - begin
    check("workers that went on", [worker for worker in range(workers) if worker != failing], sorted(results))
    check("failures", 1, len(heard))
    return seconds


def f(terms):
    total = 0
    for x in range(terms):
        total += x * x
    return total


def mapped(mode, function, arguments, parallelism):
    """The results of a map, and how long it took, the pool's start and end included."""
    begin = time.perf_counter()
    if mode == "serial":
        results = [function(argument) for argument in arguments]
    elif mode == "threads":
        with multiprocessing.pool.ThreadPool(parallelism) as pool:
            results = pool.map(function, arguments)
    else:
        with multiprocessing.Pool(parallelism) as pool:
            results = pool.map(function, arguments)
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


def pool_map(mode, numbers=1000, function="square", parallelism=0):
    called, exponent = (cube, 3) if function == "cube" else (square, 2)
    results, seconds = mapped(mode, called, list(range(numbers)), parallelism or cores())
    check("results", [number**exponent for number in range(numbers)], results)
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
