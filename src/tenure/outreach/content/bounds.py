"""What a template may cost: loops, characters, depth and seconds; and filters that cannot grow past them.

``replace`` and ``join`` can grow a short text a millionfold in one step, so their size is worked out before.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from io import StringIO
from typing import Any

from liquid.exceptions import FilterError, LiquidError

from tenure.outreach.content.reader import Reader


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a template may take for one customer."""

    loops: int = 10_000
    characters: int = 1_000_000
    held: int = 1_000_000  # bytes of what is assigned and captured
    depth: int = 8
    seconds: float = 2.0
    source: int = 400_000


@dataclass(slots=True)
class Writing:
    """One message being written: for whom, until when, and what was found missing (None: the first one ends it)."""

    reader: Reader
    limits: Limits
    ends: float
    missing: list[tuple[str, int | None]] | None = None
    depth: int = field(default=0)


class TooLong(LiquidError):
    """More was written than may be."""


class TooSlow(LiquidError):
    """The time is over."""


_NOW: ContextVar[Writing] = ContextVar("writing")


def writing() -> Writing:
    """Return the message being written."""
    return _NOW.get()


def begin(reader: Reader, limits: Limits, missing: list[tuple[str, int | None]] | None) -> None:
    """Start the clock of one message."""
    _NOW.set(Writing(reader, limits, time.monotonic() + limits.seconds, missing))


def check_time() -> None:
    """Raise when the time of the message being written is over."""
    if time.monotonic() > _NOW.get().ends:
        raise TooSlow("too slow", token=None)


class Sheet(StringIO):
    """What is written on: so many characters, and not past the end of the time."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room, self._ends = room, _NOW.get().ends

    def write(self, text: str, /) -> int:
        """Write a text, or raise when the sheet is full or the time is over."""
        self.room -= len(text)
        if self.room < 0:
            raise TooLong("too long", token=None)
        if time.monotonic() > self._ends:
            raise TooSlow("too slow", token=None)
        return super().write(text)


def bounded(name: str, function: Callable[..., Any], limits: Limits) -> Callable[..., Any]:
    """Return a filter that refuses values, arguments and results greater than a message may be."""

    @wraps(function)
    def careful(*values: Any, **named: Any) -> Any:
        check_time()
        for value in values:
            _fits(value, limits)
        _grows(name, values, limits)
        try:
            made = function(*values, **named)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise FilterError(f"{name}: {error}", token=None) from error
        _fits(made, limits)
        return made

    return careful


def _fits(value: object, limits: Limits) -> None:
    if isinstance(value, str):
        if len(value) > limits.characters:
            raise TooLong("too long", token=None)
    elif isinstance(value, int):
        if value.bit_length() > 256:
            raise FilterError("a number that great", token=None)
    elif isinstance(value, list | tuple | range) and len(value) > limits.loops:
        raise TooLong("too long", token=None)


def _grows(name: str, values: tuple[Any, ...], limits: Limits) -> None:
    if name.startswith("replace") and len(values) > 2:
        text, old, new = str(values[0]), str(values[1]), str(values[2])
        if len(text) + (text.count(old) + 1) * len(new) > limits.characters:
            raise TooLong("too long", token=None)
    elif name == "join" and isinstance(values[0], list | tuple | range):
        between = len(str(values[1])) if len(values) > 1 else 1
        if sum(len(str(one)) + between for one in values[0]) > limits.characters:
            raise TooLong("too long", token=None)
