"""What the door asks for with every request, remembered for two seconds: whose a key is, and which events are expected."""

import asyncio
import time

from tenure.kit.db import Engine, transaction
from tenure.sources.tracking import repository
from tenure.sources.tracking.expected import Expected
from tenure.sources.tracking.keys.service import Source, source_of

SECONDS = 2.0  # a revoked key works no longer than this
MOST = 10_000  # keys remembered, good and bad


class Remembered:
    """Sources by key, and expected events, looked up again when they are older than two seconds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sources: dict[str, tuple[float, Source | None]] = {}
        self._expected: tuple[float, Expected] | None = None

    async def source(self, key: str) -> Source | None:
        """Return whose a key is, or None."""
        known = self._sources.get(key)
        if known is not None and time.monotonic() - known[0] < SECONDS:
            return known[1]
        if len(self._sources) >= MOST:
            self._sources.clear()
        found = await asyncio.to_thread(self._look_up, key)
        self._sources[key] = (time.monotonic(), found)
        return found

    async def expected(self) -> Expected:
        """Return the expected events."""
        if self._expected is None or time.monotonic() - self._expected[0] >= SECONDS:
            self._expected = (time.monotonic(), await asyncio.to_thread(self._read_expected))
        return self._expected[1]

    def _look_up(self, key: str) -> Source | None:
        with transaction(self._engine) as session:
            return source_of(session, key)

    def _read_expected(self) -> Expected:
        with transaction(self._engine) as session:
            return repository.expected(session)
