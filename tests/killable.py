"""Processes that tests kill: each is forked from one that has imported the product already, and is at work at once."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["tenure.app.person.erase", "tenure.app.worker", "tests.app.pipelines.refresh_until_killed"]
)


@contextmanager
def at_work(work: Callable[..., None], *arguments: object) -> Iterator[tuple[ForkServerProcess, Connection]]:
    """Do some work in a process of its own, which is given a line to tell by as the last argument, and is killed at last."""
    hear, tell = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=work, args=(*arguments, tell))
    process.start()
    tell.close()  # so that nothing more is heard once the process has ended
    try:
        yield process, hear
    finally:
        process.kill()
        process.join()
        hear.close()
