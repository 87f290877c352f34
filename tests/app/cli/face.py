"""The command face as a person meets it: the words typed, what is printed to either side, and the number it ends with."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from unittest import mock

from tenure.app.cli import main
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
        ):
            try:
                main()
            except SystemExit as end:
                code = int(end.code or 0)
        return Ended(said.getvalue(), told.getvalue(), code)

    return command
