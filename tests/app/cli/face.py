"""The command face as a person meets it: the words typed, what is printed to either side, and the number it ends with."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unittest import mock

from tenure.app.cli import main, terminal
from tenure.app.settings import Settings


@dataclass(frozen=True)
class Ended:
    """What a command printed, what it told beside it, and the number it ended with."""

    said: str
    told: str
    code: int

    def json(self) -> object:
        """Return what was printed, read as JSON."""
        return json.loads(self.said)


Run = Callable[..., Ended]


@contextlib.contextmanager
def _wide(columns: int) -> Iterator[None]:
    """Give the consoles a width: they keep the one of the environment they were first imported in."""
    before = [(console, console.width) for console in (terminal.out, terminal.err)]
    for console, _ in before:
        console.width = columns
    try:
        yield
    finally:
        for console, width in before:
            console.width = width


def face(settings: Settings) -> Run:
    """Return a function that types a command in a home of its own; words in capitals change the environment."""
    home = {"TENURE_HOME": str(settings.home), "TENURE_DATABASE_URL": str(settings.database_url)}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TENURE_")}

    def command(*words: object, **changed: str) -> Ended:
        said, told = io.StringIO(), io.StringIO()
        environment = plain | home | {"TENURE_LANGUAGE": "en", "COLUMNS": "240"} | changed
        typed = ["tenure", *(str(word) for word in words)]
        code = 0
        with (
            mock.patch.dict(os.environ, environment, clear=True),
            mock.patch.object(sys, "argv", typed),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(told),
            _wide(int(environment["COLUMNS"])),
        ):
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
        return Ended(said.getvalue(), told.getvalue(), code)

    return command
