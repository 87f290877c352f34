"""Where bounces come back to, and what it takes to look there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from tenure.channels.mail import Tls


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox on a server; the time limit, in seconds, is for each answer."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: Tls = "implicit"
    folder: str = "INBOX"
    timeout: float = 30.0


class NoBox(Exception):
    """The box could not be read now."""


class Reader(Protocol):
    """Whoever reads a box."""

    def each(self, take: Callable[[bytes], object], most: int = 500) -> int:
        """Hand over every new mail once it can be called taken; returns how many."""
        ...
