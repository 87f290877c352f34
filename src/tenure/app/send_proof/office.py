"""Where workers are hired: a process that has loaded everything and forks, so that a hundred deaths cost little."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the workers of the proof work."""

    database: str
    port: int
    secret: str


class Office:
    """Hires workers for as long as the block runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __enter__(self) -> "Office":
        command = [sys.executable, "-m", "tenure.app.send_proof.mailman"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self._write(json.dumps(astuple(self._desk)))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # whoever is still there when the proof ends
        self._process.communicate()

    def hire(self) -> int:
        """Return the process number of a new worker."""
        self._write("hire")
        if self._process.stdout is None:
            raise RuntimeError("the office has no line out")
        return int(self._process.stdout.readline())

    def _write(self, line: str) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()


def kill(process: int) -> None:
    """Kill a worker as nobody can prepare for, and wait until it is gone; one that is gone already stays so."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    while alive(process):
        time.sleep(0.001)


def send_home(crew: Sequence[int]) -> None:
    """Tell workers to finish the message in the air and leave, and wait for them."""
    for process in crew:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)
    while any(alive(process) for process in crew):
        time.sleep(0.01)


def alive(process: int) -> bool:
    """Say whether a process is still there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
