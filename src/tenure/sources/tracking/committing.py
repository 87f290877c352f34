"""Group commit: what several requests bring at the same moment is written down in one transaction.

A request is answered once its events are on the disk. While one transaction commits, the requests that come meanwhile
gather and go together in the next, so that the number of commits does not grow with the number of requests.
"""

import asyncio
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.kit.stream import repository as stream
from tenure.sources.tracking.keys import repository as keys
from tenure.sources.tracking.parcels import Known, Parcel, payloads

TOPIC = "@tracking"
MOST_AT_ONCE = 400  # requests in one transaction
USED_EVERY = 60.0  # seconds between two notes of a key's use
MOST_WAITING = 10_000  # requests; while the database is away, more than these are told to come again
MOST_KNOWN = 200_000
FORGET_KNOWN = 600.0  # seconds: a customer may have been taken away meanwhile
log = structlog.get_logger()


@dataclass(frozen=True)
class _Waiting:
    parcel: Parcel
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[set[int]]"


class TooMany(Exception):
    """More waits to be written than memory should hold."""


class Committer:
    """Writes parcels down, from one thread of its own that begins with the first of them."""

    def __init__(self, engine: Engine, clock: Clock, most_waiting: int = MOST_WAITING) -> None:
        self._engine, self._clock, self._most = engine, clock, most_waiting
        self._queue: queue.SimpleQueue[_Waiting] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._started = False
        self._known: set[str] = set()
        self._known_since = 0.0
        self._used: dict[str, float] = {}

    async def put(self, parcel: Parcel) -> set[int]:
        """Write a parcel down; returns the places of its events that had come before, once all else is durable."""
        if self._queue.qsize() >= self._most:
            raise TooMany
        self._start()
        loop = asyncio.get_running_loop()
        waiting = _Waiting(parcel, loop, loop.create_future())
        self._queue.put(waiting)
        return await waiting.done

    def _start(self) -> None:
        with self._starting:
            if not self._started:
                threading.Thread(target=self._work, name="tracking", daemon=True).start()
                self._started = True

    def _work(self) -> None:
        while True:
            group = [self._queue.get()]
            while len(group) < MOST_AT_ONCE:
                try:
                    group.append(self._queue.get_nowait())
                except queue.Empty:
                    break
            self._settle(group)

    def _settle(self, group: Sequence[_Waiting]) -> None:
        try:
            stale = self.write([waiting.parcel for waiting in group])
        except Exception as error:  # noqa: BLE001 - whatever it was, the sender is told and sends again
            if len(group) > 1:  # one of them may spoil it for the others
                for waiting in group:
                    self._settle([waiting])
                return
            log.warning("events_not_stored", reason=type(error).__name__)
            _tell(group[0], error)
            return
        for waiting, places in zip(group, stale, strict=True):
            _tell(waiting, places)

    def write(self, parcels: Sequence[Parcel]) -> list[set[int]]:
        """Write parcels in one transaction; returns the places of stale events of each."""
        now = self._clock.now()
        with transaction(self._engine) as session:
            taken_before = stream.claim(
                session, TOPIC, [piece.key for parcel in parcels for piece in parcel.pieces], now
            )
            rows: list[tuple[str, str]] = []
            stale: list[set[int]] = []
            known = Known(self._known)
            for parcel in parcels:
                taken = []
                for piece in parcel.pieces:
                    if piece.key not in taken_before:
                        taken_before.add(piece.key)  # the second of two equal ones is stale
                        taken.append(piece)
                stale.append({piece.place for piece in parcel.pieces} - {piece.place for piece in taken})
                rows += payloads(parcel, taken, known)
            if rows:
                stream.append_json(session, rows, now)
            used = {parcel.source.key_id for parcel in parcels}
            due = sorted(key for key in used if now.timestamp() - self._used.get(key, 0.0) >= USED_EVERY)
            if due:
                keys.used(session, due, now)
        self._used |= dict.fromkeys(due, now.timestamp())
        if len(self._known) > MOST_KNOWN or now.timestamp() - self._known_since > FORGET_KNOWN:
            self._known, self._known_since = set(), now.timestamp()
        self._known |= known.met
        return stale


def _tell(waiting: _Waiting, outcome: set[int] | Exception) -> None:
    def tell() -> None:
        if waiting.done.done():
            return
        if isinstance(outcome, Exception):
            waiting.done.set_exception(outcome)
        else:
            waiting.done.set_result(outcome)

    try:
        waiting.loop.call_soon_threadsafe(tell)
    except RuntimeError:
        return  # the server stops; what was written is written
