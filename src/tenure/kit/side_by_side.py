"""Pieces of work on as many cores as there are, their results in the order of the pieces."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def side_by_side(work: Callable[[T], R], pieces: Iterable[T]) -> list[R]:
    """Do the same work on every piece, some of them at a time; returns the results in order.

    For work that computes on arrays, which leaves Python to the other threads meanwhile. What follows the caller
    around, such as how NumPy takes divisions by zero, holds in every thread.
    """
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        begun = [workers.submit(copy_context().run, work, piece) for piece in pieces]
        return [one.result() for one in begun]


def both(one: Callable[[], T], other: Callable[[], R]) -> tuple[T, R]:
    """Do two different pieces of work at a time."""
    with ThreadPoolExecutor(1) as worker:
        begun = worker.submit(copy_context().run, other)
        return one(), begun.result()
