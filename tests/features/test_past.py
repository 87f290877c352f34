"""Nothing that happens after the instant, or is learned after it, may change a byte of the feature table."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest

from tenure.app.wiring import Stores
from tenure.features.build import build, read, read_many
from tenure.features.catalog import chosen
from tenure.warehouse.history import History
from tenure.warehouse.lake import Lake
from tests.features import make
from tests.features.world import moved_after, recorded, world

AS_OF = datetime(2025, 7, 1)
BEGUN = AS_OF - timedelta(days=500)


def _as_bytes(history: History) -> bytes:
    table = history.lake.read(build(history).order_by("customer_id"))
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(table, sink)  # not IPC: what lies under an empty place there is left to chance
    return bytes(sink.getvalue())


def _replace(lake: Lake, name: str, *parts: pa.Table) -> None:
    lake.delete(name, lambda rows: rows.source == "test")
    lake.append(name, pa.concat_tables(parts))


def test_nothing_after_the_instant_changes_a_byte_of_the_features(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    past = world(1, BEGUN, AS_OF, "past")
    for name, table in past.items():
        lake.append(name, table)
    history = History(lake, AS_OF, "Asia/Shanghai")
    before = _as_bytes(history)

    for name, table in world(2, AS_OF, AS_OF + timedelta(days=300), "future").items():
        shuffled = pa.array(np.random.default_rng(3).permutation(past[name].num_rows))
        _replace(lake, name, moved_after(past[name], name, AS_OF).take(shuffled), table)

    assert _as_bytes(history) == before


def test_what_is_learned_after_the_instant_changes_no_byte_of_the_features(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    for name, table in world(1, BEGUN, AS_OF, "past").items():
        prompt = [AS_OF - timedelta(days=300)] * table.num_rows
        lake.append(name, recorded(table, prompt))
    history = History(lake, AS_OF, "Asia/Shanghai").at(AS_OF)
    before = _as_bytes(history)

    for name, table in world(4, BEGUN, AS_OF, "late").items():
        lake.append(name, recorded(table, [AS_OF + timedelta(days=row % 9) for row in range(table.num_rows)]))

    assert _as_bytes(history) == before
    assert _as_bytes(replace(history, known_by=AS_OF + timedelta(days=10))) != before


def test_a_subscription_that_ends_later_is_not_missing_before(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    june = AS_OF - timedelta(days=20)
    columns = {"customer_id": ["ann"], "subscription_id": ["s"], "period_id": ["s"],
               "started_at": pa.array([BEGUN]), "monthly_amount": [9.0]}  # fmt: skip
    lake.upsert("subscriptions", recorded(make.rows("subscriptions", columns), [june]))
    ended = make.rows("subscriptions", {**columns, "ended_at": pa.array([AS_OF + timedelta(days=9)])})
    lake.upsert("subscriptions", recorded(ended, [AS_OF + timedelta(days=9)]))
    table = read(History(lake, AS_OF + timedelta(days=30)).at(AS_OF), ["running_subscriptions"])
    assert table.customers.to_pylist() == ["ann"]
    assert table.columns["running_subscriptions"].tolist() == [1.0]


def test_the_last_moment_before_the_instant_counts_and_the_instant_does_not(fresh_stores: Stores) -> None:
    make.add_orders(fresh_stores.lake, [("early", AS_OF - timedelta(microseconds=1), 10.0), ("late", AS_OF, 10.0)])
    found = make.values(fresh_stores.lake, build(History(fresh_stores.lake, AS_OF), ["days_since_purchase", "revenue"]))
    assert found == {"early": {"customer_id": "early", "days_since_purchase": 0.0, "revenue": 10.0}}


@pytest.fixture(scope="module")
def lived(stores: Stores) -> History:
    """A workspace in use since April, with rows from before it, late rows and merged customers."""
    lake, in_use = stores.lake, AS_OF - timedelta(days=90)
    rng = np.random.default_rng(5)
    for name, table in world(6, BEGUN, AS_OF + timedelta(days=90), "row", size=700).items():
        late = rng.integers(0, 30, table.num_rows)
        moments = [in_use + timedelta(days=int(day)) for day in late]
        if name in ("orders", "events", "payments"):
            moments = [in_use + timedelta(hours=int(day) * 40) for day in late]
        lake.append(name, recorded(table, moments))
    make.add(lake, "customer_links", {"customer_id": ["c3"], "canonical_id": ["c4"], "linked_at": pa.array([AS_OF])})
    return History(lake, AS_OF + timedelta(days=90), "America/New_York")


INSTANTS = [AS_OF - timedelta(days=days) for days in (20, 400, 90, 60)]


def test_many_instants_in_one_pass_equal_as_many_single_readings_byte_for_byte(lived: History) -> None:
    for moment, table in zip(INSTANTS, read_many(lived, INSTANTS), strict=True):
        single = read(lived.at(moment))
        assert len(table) > 20
        assert table.customers.equals(single.customers)
        assert [*table.columns, *table.words] == [*single.columns, *single.words]
        for name, values in table.columns.items():
            assert values.tobytes() == single.columns[name].tobytes(), (moment, name)
        for name, words in table.words.items():
            assert words.equals(single.words[name]), (moment, name)


def test_one_instant_among_many_keeps_to_both_clocks(lived: History) -> None:
    moment = AS_OF - timedelta(days=60)
    (table,) = read_many(lived, [moment])
    single = read(lived.at(moment))
    assert table.customers.equals(single.customers)
    assert all(values.tobytes() == single.columns[name].tobytes() for name, values in table.columns.items())


def test_many_instants_leave_nothing_behind_even_when_only_some_are_taken(lived: History) -> None:
    before = lived.lake.backend.list_tables(database=("temp", "main"))
    tables = read_many(lived, INSTANTS, ["revenue"])
    next(tables)
    tables.close()  # type: ignore[attr-defined]  # a generator
    assert lived.lake.backend.list_tables(database=("temp", "main")) == before
    assert list(read_many(lived, [])) == []


TIMES = {"orders": "ordered_at", "order_items": "ordered_at", "events": "occurred_at", "tickets": "opened_at",
         "feedback": "answered_at", "messages": "sent_at", "payments": "paid_at", "points": "booked_at"}  # fmt: skip


def test_a_feature_looks_no_further_back_than_its_window_says(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    for name, table in world(7, AS_OF - timedelta(days=800), AS_OF, "row", size=800).items():
        lake.append(name, table)
    history = History(lake, AS_OF, "Asia/Shanghai")
    whole = read(history)
    for window in sorted({feature.window for feature in chosen() if feature.window}, reverse=True):
        first = history.utc(datetime(2025, 7, 1) - timedelta(days=window - 1))
        for name, time in TIMES.items():
            lake.delete(name, lambda rows, time=time, first=first: rows[time] < first)  # type: ignore[misc]
        names = [feature.name for feature in chosen() if feature.window == window]
        cut = read(history, names)
        place = [whole.customers.to_pylist().index(customer) for customer in cut.customers.to_pylist()]
        assert len(place) > 20
        for name, values in cut.columns.items():
            assert np.array_equal(values, whole.columns[name][place], equal_nan=True), name
        for name, words in cut.words.items():
            assert words.equals(whole.words[name].take(pa.array(place))), name


def test_one_customer_asked_for_alone_has_the_same_features_as_among_all(fresh_stores: Stores) -> None:
    for name, table in world(8, BEGUN, AS_OF, "row").items():
        fresh_stores.lake.append(name, table)
    history = History(fresh_stores.lake, AS_OF, "Asia/Shanghai")
    everybody = fresh_stores.lake.read(build(history).order_by("customer_id"))
    for place in range(0, everybody.num_rows, 11):
        alone = fresh_stores.lake.read(build(history, only=everybody["customer_id"][place].as_py()))
        (mine,), (among,) = alone.to_pylist(), everybody.slice(place, 1).to_pylist()
        assert {name: value for name, value in mine.items() if value != among[name]} == {}
