"""What the simulated company is made of: customers, tasks, and answers in pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Body = Mapping[str, object]
Told = dict[str, object]


@dataclass
class Person:
    """A customer: who has them in their contacts, what tags they carry, when they got group messages."""

    name: str
    followers: dict[str, datetime] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    got: list[datetime] = field(default_factory=list)


@dataclass
class Task:
    """A group message: whom it is for, and what became of it for each."""

    staff: str
    text: str
    status: dict[str, int]
    at: dict[str, datetime] = field(default_factory=dict)
    reminders: list[datetime] = field(default_factory=list)
    cancelled: bool = False


class Trouble(Exception):
    """An answer with an error number of WeCom."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


def names(asked: Body, name: str) -> list[str]:
    """Return the names in a field, none when it holds something else."""
    found = asked.get(name)
    return [str(one) for one in found] if isinstance(found, list) else []


def page(rows: list[object], name: str, asked: Body, limit: int) -> Told:
    """Return rows from the cursor on, with the next cursor."""
    start = int(str(asked.get("cursor") or "0"))
    following = start + limit
    return {name: rows[start:following], "next_cursor": str(following) if following < len(rows) else ""}
