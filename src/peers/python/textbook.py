"""The textbook's programs, each timed around the same region as its Java twin: what is started, all work, and joining.

    textbook.py PROGRAM MODE [name=value ...]

PROGRAM and its numbers; MODE is serial, threads or processes:

square-cube      numbers=5 sleepMillis=500: squares, then cubes, of 2, 3, ..., a sleep before each; or a worker for each
bank-balance     transfers=100 thinkMicros=10000: one deposits, one withdraws, under a lock, a sleep before each
sum-of-squares   tasks=100000 terms=1000: calls of f; threads in a pool of one for each core, processes in Pool()
pool-map         numbers=1000 parallelism=0: map of square, by a pool of so many (0: one for each core)
spawn            units=10 squares=1000: workers that square the numbers below it

Prints the seconds. The answer is checked after the clock has stopped; a wrong one ends the program with exit code 1, a
wrong call with 2. Processes are started as this platform does by itself.
"""

import multiprocessing
import multiprocessing.pool
import os
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


def transfer(balance, lock, transfers, think, amount):
    for _ in range(transfers):
        time.sleep(think)
        with lock:
            balance.value += amount


def bank_balance(mode, transfers=100, thinkMicros=10_000):
    if mode == "processes":
        balance, lock = multiprocessing.Value("q", 200, lock=False), multiprocessing.Lock()
    else:
        balance, lock = LocalValue(200), threading.Lock()
    think = thinkMicros / 1e6
    begin = time.perf_counter()
    run_all(mode, [(transfer, (balance, lock, transfers, think, amount)) for amount in (1, -1)])
    seconds = time.perf_counter() - begin
    check("balance", 200, balance.value)
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


def pool_map(mode, numbers=1000, parallelism=0):
    results, seconds = mapped(mode, square, list(range(numbers)), parallelism or cores())
    check("squares", [number * number for number in range(numbers)], results)
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
    "bank-balance": bank_balance,
    "sum-of-squares": sum_of_squares,
    "pool-map": pool_map,
    "spawn": spawn,
}


def main(words):
    if len(words) < 2 or words[0] not in PROGRAMS or words[1] not in ("serial", "threads", "processes"):
        print(f"textbook.py: PROGRAM ({', '.join(PROGRAMS)}) MODE (serial, threads, processes)", file=sys.stderr)
        return 2
    try:
        numbers = {name: int(value) for name, value in (word.split("=") for word in words[2:])}
        print(repr(PROGRAMS[words[0]](words[1], **numbers)))
    except (TypeError, ValueError) as wrong:
        print(f"textbook.py: {wrong}", file=sys.stderr)
        return 2
    except WrongAnswer as wrong:
        print(f"textbook.py: wrong answer: {wrong}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
