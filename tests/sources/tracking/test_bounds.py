"""What tracking keeps has an end: what waits in memory, and what is remembered of events that were not as expected."""

import asyncio

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.sources.tracking import repository
from tenure.sources.tracking.committing import Committer, TooMany
from tenure.sources.tracking.keys.service import Source
from tenure.sources.tracking.parcels import Parcel, parcel_of
from tenure.sources.tracking.repository.counting import MOST_VIOLATIONS
from tests.directory.make import TickingClock

SOURCE = Source("key", "shop", (), strict=False, per_second=1_000)


def test_while_the_database_is_busy_no_more_waits_than_memory_should_hold(fresh_stores: Stores) -> None:
    clock = TickingClock()
    committer = Committer(fresh_stores.engine, clock, most_waiting=3)

    def parcel(number: int) -> Parcel:
        told: dict[str, object] = {"userId": "ann", "event": "seen", "messageId": f"m-{number}", "type": "track"}
        return parcel_of(told, "track", SOURCE, clock.now().replace(tzinfo=None), {})

    async def many() -> None:
        with transaction(fresh_stores.engine) as holds:
            holds.execute(text("LOCK TABLE stream_keys IN ACCESS EXCLUSIVE MODE"))
            first = asyncio.create_task(committer.put(parcel(0)))
            await asyncio.sleep(0.5)  # the committer is at work on the first
            waiting = [asyncio.create_task(committer.put(parcel(number))) for number in range(1, 4)]
            await asyncio.sleep(0.1)
            with pytest.raises(TooMany):
                await committer.put(parcel(4))
        assert await asyncio.gather(first, *waiting) == [set()] * 4
        assert await committer.put(parcel(4)) == set()

    asyncio.run(many())


def test_names_made_up_for_the_purpose_do_not_fill_the_table_of_violations(fresh_stores: Stores) -> None:
    now = TickingClock().now()
    many: dict[tuple[str, str, str, str, bool], tuple[int, list[object]]] = {
        ("key", f"event {number}", "wrong_type", "price", False): (1, []) for number in range(MOST_VIOLATIONS)
    }
    with transaction(fresh_stores.engine) as session:
        repository.note_violations(session, many, now)
        repository.note_violations(session, {("key", "one more", "wrong_type", "price", False): (1, [])}, now)
        repository.note_violations(session, {("key", "event 7", "wrong_type", "price", False): (2, [])}, now)
        asked = text("SELECT count(*), max(count), sum(count) FROM tracking_violations")
        assert session.execute(asked).one() == (MOST_VIOLATIONS, 3, MOST_VIOLATIONS + 2)
