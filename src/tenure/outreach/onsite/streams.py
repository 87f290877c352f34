"""Pages that listen: one look a second for all of them together, so that ten thousand pages ask the database as one."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager

import structlog

from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.outreach.onsite import repository, service

MOST, MOST_EACH = 2_000, 6  # pages of a process, and of one person
LOOK = 1.0  # seconds between looks
HEARTBEAT = 20.0  # seconds of silence after which a line is shown to be alive
LASTS = 600.0  # seconds; then the page asks again, and is vouched for again
log = structlog.get_logger()


class Streams:
    """Who listens, and the one look-out that wakes them."""

    def __init__(self, engine: Engine, clock: Clock, heartbeat: float = HEARTBEAT, lasts: float = LASTS) -> None:
        self.engine, self.clock = engine, clock
        self._heartbeat, self._lasts = heartbeat, lasts
        self._pages: dict[str, set[asyncio.Event]] = {}
        self._lookout: asyncio.Task[None] | None = None

    def full(self, user: str) -> bool:
        """Say whether one more page of a user would be too much."""
        return sum(map(len, self._pages.values())) >= MOST or len(self._pages.get(user, ())) >= MOST_EACH

    async def of(self, user: str, after: int) -> AsyncIterator[bytes]:
        """Tell a page of a user what waits, the moment it is there, from after a place on."""
        yield b"retry: 3000\n\n: here\n\n"
        told: set[str] = set()
        loop = asyncio.get_running_loop()
        ends = loop.time() + self._lasts
        with self._listening(user) as woken:
            while loop.time() < ends:
                for row in await asyncio.to_thread(self._waiting, user):
                    if row["send_id"] not in told and int(str(row["position"])) > after:
                        told.add(str(row["send_id"]))
                        yield _event(row)
                woken.clear()
                try:
                    await asyncio.wait_for(woken.wait(), self._heartbeat)
                except TimeoutError:
                    yield b": here\n\n"

    @contextmanager
    def _listening(self, user: str) -> Iterator[asyncio.Event]:
        woken = asyncio.Event()
        self._pages.setdefault(user, set()).add(woken)
        if self._lookout is None or self._lookout.done():
            self._lookout = asyncio.get_running_loop().create_task(self._look())
        try:
            yield woken
        finally:
            self._pages[user].discard(woken)
            if not self._pages[user]:
                del self._pages[user]

    def _waiting(self, user: str) -> Sequence[Mapping[str, object]]:
        with transaction(self.engine) as session:
            root = service.person(session, user)
            return [] if root is None else service.messages(session, root, self.clock.now())

    async def _look(self) -> None:
        """Wake whoever something newer lies there for, for as long as anybody listens; pages look again at each heartbeat."""
        after: int | None = None
        while self._pages:
            begun = after is not None
            try:
                users, after = await asyncio.to_thread(self._newer, after)
            except Exception as error:  # noqa: BLE001 - the database may be away for a moment; pages stay
                log.warning("inbox_not_seen", reason=type(error).__name__)
                users = frozenset()
            if (
                not begun and after is not None
            ):  # something may have come between a page's own look and the first of these
                users = frozenset(self._pages)
            for user in users & self._pages.keys():
                for page in self._pages[user]:
                    page.set()
            await asyncio.sleep(LOOK)

    def _newer(self, after: int | None) -> tuple[frozenset[str], int]:
        with transaction(self.engine) as session:
            if after is None:
                return frozenset(), repository.newest(session)
            return repository.newer(session, after)


def _event(row: Mapping[str, object]) -> bytes:
    told = {
        "id": row["send_id"],
        **{name: row[name] for name in ("style", "title", "body", "button", "url", "language")},
    }
    return f"id: {row['position']}\nevent: message\ndata: {json.dumps(told)}\n\n".encode()
