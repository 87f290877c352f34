"""Where workers are hired: a process that has loaded everything and forks, so that a hundred deaths cost little."""

import json
import os
import subprocess
import sys
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
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._write(json.dumps(astuple(self._desk)))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=30)

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


def alive(process: int) -> bool:
    """Say whether a process is still there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
