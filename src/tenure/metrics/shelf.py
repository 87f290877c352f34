"""Keeps what was read from a lake's orders in memory until the orders change."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar, cast
from weakref import WeakKeyDictionary

import pyarrow as pa

from tenure.warehouse import glossary
from tenure.warehouse.history import History, naive
from tenure.warehouse.lake import Lake

MOST_BYTES = 2 * 1024**3  # two million customers with five years of days are 0.5 GB


class Kept(Protocol):
    """Anything with rows in memory."""

    @property
    def rows(self) -> pa.Table:
        """The rows that take the room."""
        ...


K = TypeVar("K", bound=Kept)
Name = tuple[str | int | None, ...]


@dataclass
class Shelf:
    """What is kept of one lake, the least recently used first to go."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    things: "OrderedDict[tuple[object, ...], Kept]" = field(default_factory=OrderedDict)
    snapshot: int = -1
    state: glossary.OrdersState = field(default_factory=glossary.OrdersState)


@dataclass(frozen=True)
class Place:
    """The part of a shelf that belongs to one history."""

    shelf: Shelf
    key: tuple[object, ...]

    def get(self, name: Name, make: Callable[[], K]) -> K:
        """Return what is kept under a name, made now when it is not there."""
        key = (*self.key, *name)
        with self.shelf.lock:
            if key in self.shelf.things:
                self.shelf.things.move_to_end(key)
                return cast(K, self.shelf.things[key])
            made = make()
            self.shelf.things[key] = made
            while len(self.shelf.things) > 1 and sum(t.rows.nbytes for t in self.shelf.things.values()) > MOST_BYTES:
                self.shelf.things.popitem(last=False)
            return made


_shelves: "WeakKeyDictionary[Lake, Shelf]" = WeakKeyDictionary()
_door = threading.Lock()


def of(history: History) -> Place:
    """Return the place of a history on its lake's shelf.

    A snapshot that left the orders as they were, and an ``as_of`` later than every order, change nothing: the
    same place is returned, so a busy stream of visits does not cost a scan of the orders per question.
    """
    with _door:
        shelf = _shelves.setdefault(history.lake, Shelf())
    with shelf.lock:
        snapshot = history.lake.snapshot()
        if snapshot != shelf.snapshot:
            state = glossary.orders_state(history)
            if state != shelf.state:
                shelf.things.clear()
            shelf.snapshot, shelf.state = snapshot, state
        newest = shelf.state.newest
        everything = newest is not None and naive(history.as_of) > newest
        as_of = None if everything else naive(history.as_of)
        return Place(shelf, (history.zone, as_of, history.known_by))


def newest_order(history: History) -> datetime | None:
    """Return when the newest order of the whole lake was placed, or None."""
    return of(history).shelf.state.newest
