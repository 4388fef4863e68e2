"""Prints how many milliseconds a spawned process that does nothing takes: constructor, start() and join(), median of 5.

A file of its own because every spawned child compiles and imports the program it belongs to.
"""

import multiprocessing
import time


def do_nothing():
    pass


def spawn_millis(context):
    started = time.perf_counter_ns()
    child = context.Process(target=do_nothing)
    child.start()
    child.join()
    assert child.exitcode == 0, child.exitcode
    return (time.perf_counter_ns() - started) / 1e6


if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    spawn_millis(spawn)  # the first also starts a resource tracker, once
    print(sorted(spawn_millis(spawn) for _ in range(5))[2])
