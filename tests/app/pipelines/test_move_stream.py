"""The outbox reaches the lake exactly once, whatever dies in between."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from tenure.app.pipelines.move_stream import move_stream
from tenure.app.wiring import Stores
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit.db import transaction
from tenure.kit.stream import repository as stream
from tenure.kit.stream.repository import Entry
from tenure.warehouse.engines.duckdb import DuckLake
from tests.app.pipelines.move_until_killed import main
from tests.killable import at_work

KEYS = ErasedKeys("of a test")

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
KILLS = 24


def _visits(first: int, count: int) -> list[Entry]:
    return [
        Entry(
            "events",
            f"e{n}",
            {
                "event_id": f"e{n}",
                "customer_id": f"c{n % 7}",
                "occurred_at": "2026-01-05T10:00:00+08:00",
                "name": "view",
                "properties": {"colour": "red"},
                "source": "test",
            },
        )
        for n in range(first, first + count)
    ]


def _append(stores: Stores, entries: list[Entry]) -> int:
    with transaction(stores.engine) as session:
        return stream.append(session, entries, NOW)


def _counts(stores: Stores) -> tuple[int, int]:
    events = stores.lake.table("events")
    found = stores.lake.read(events.aggregate(rows=events.count(), ids=events.event_id.nunique()))
    return found["rows"][0].as_py(), found["ids"][0].as_py()


def test_a_row_arrives_with_its_types_and_in_utc(fresh_stores: Stores) -> None:
    _append(fresh_stores, _visits(0, 1))
    assert move_stream(fresh_stores.engine, fresh_stores.lake, keys=KEYS) == 1
    row = fresh_stores.lake.read(fresh_stores.lake.table("events")).to_pylist()[0]
    assert row["occurred_at"] == datetime(2026, 1, 5, 2)
    assert row["recorded_at"] == datetime(2026, 1, 5, 12)
    assert dict(row["properties"]) == {"colour": "red"}


def test_the_same_key_is_taken_once_even_after_its_row_has_moved(fresh_stores: Stores) -> None:
    assert _append(fresh_stores, _visits(0, 10) + _visits(5, 10)) == 15
    move_stream(fresh_stores.engine, fresh_stores.lake, keys=KEYS)
    assert _append(fresh_stores, _visits(0, 20)) == 5
    move_stream(fresh_stores.engine, fresh_stores.lake, keys=KEYS)
    assert _counts(fresh_stores) == (20, 20)


def test_two_movers_at_once_carry_each_row_once(fresh_stores: Stores) -> None:
    _append(fresh_stores, _visits(0, 400))
    with ThreadPoolExecutor(4) as pool:
        moved = list(
            pool.map(lambda _: move_stream(fresh_stores.engine, fresh_stores.lake, batch=30, keys=KEYS), range(4))
        )
    assert sum(moved) == 400
    assert _counts(fresh_stores) == (400, 400)


def test_killed_at_random_moments_nothing_is_lost_and_nothing_comes_twice(fresh_stores: Stores) -> None:
    assert isinstance(fresh_stores.lake, DuckLake)
    location = fresh_stores.lake.location
    url = fresh_stores.engine.url.render_as_string(hide_password=False)
    chance = random.Random(20260105)
    expected, died_working = 0, 0
    for _ in range(KILLS):
        _append(fresh_stores, _visits(expected, 500))
        expected += 500
        with at_work(main, url, location.files, str(location.scratch)) as (mover, hear):
            hear.recv()
            time.sleep(chance.uniform(0.0, 0.6))
            died_working += mover.is_alive()
    landed_before = _counts(fresh_stores)[0]
    move_stream(fresh_stores.engine, fresh_stores.lake, keys=KEYS)
    assert _counts(fresh_stores) == (expected, expected)
    assert landed_before > 0
    assert died_working >= 20


def test_a_row_nobody_can_carry_is_set_aside_and_holds_up_no_other(fresh_stores: Stores) -> None:
    spoilt = [
        Entry(
            "events", "bad", {"event_id": "bad", "customer_id": "c", "occurred_at": "never", "name": "x", "source": "t"}
        ),
        Entry("nothing_of_ours", "lost", {"a": 1}),
    ]
    _append(fresh_stores, [*_visits(0, 50), *spoilt, *_visits(50, 50)])
    assert move_stream(fresh_stores.engine, fresh_stores.lake, keys=KEYS) == 100
    assert _counts(fresh_stores) == (100, 100)
    with transaction(fresh_stores.engine) as session:
        assert stream.pressure(session, "@set_aside")[0] == 2
        assert stream.unfinished_batches(session) == []
    _append(fresh_stores, _visits(100, 1))
    assert move_stream(fresh_stores.engine, fresh_stores.lake, keys=KEYS) == 1
