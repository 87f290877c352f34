"""A workspace's own attributes become features of the right type, and are not seen before they read as they do."""

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from tenure.app.wiring import Stores
from tenure.features import attributes
from tenure.features.build import FeatureTable, read
from tenure.warehouse.history import History
from tests.features import make
from tests.features.world import recorded

JOINED, LOADED, NOW = datetime(2025, 1, 1), datetime(2025, 3, 1), datetime(2025, 7, 1)
SIZE = 200


def _profiles(told: dict[str, list[str | None]], people: range = range(SIZE)) -> pa.Table:
    cells = [
        [(name, values[row]) for name, values in told.items() if values[row] is not None] for row in range(len(people))
    ]
    return make.rows(
        "customers",
        {
            "customer_id": [f"c{number:03}" for number in people],
            "joined_at": pa.array([JOINED] * len(people)),
            "attributes": pa.array(cells, pa.map_(pa.string(), pa.string())),
        },
    )


TOLD: dict[str, list[str | None]] = {
    "level": [("gold", "silver", None)[row % 3] for row in range(SIZE)],
    "score": [f"{row / 4} " for row in range(SIZE)],
    "Member?": [("Yes", "no")[row % 2] for row in range(SIZE)],
    "renews": [f"{(NOW + timedelta(days=row - 100)).date()}" for row in range(SIZE)],
    "store": [f"store {row % 60}" for row in range(SIZE)],
    "iban": [f"DE{row:09}" for row in range(SIZE)],
    "same": ["x"] * SIZE,
    "rare": ["1", *[None] * (SIZE - 1)],
}


@pytest.fixture
def history(fresh_stores: Stores) -> History:
    """A workspace whose customers came with attributes in March."""
    fresh_stores.lake.append("customers", recorded(_profiles(TOLD), [LOADED] * SIZE))
    return History(fresh_stores.lake, NOW)


def _read(history: History) -> FeatureTable:
    return read(history, attributes.features(history))


def test_numbers_flags_dates_and_words_are_told_apart_and_names_left_out(history: History) -> None:
    table = _read(history)
    assert set(table.words) == {"attributes.level"}
    assert set(table.columns) == {
        "attributes.score", "attributes.Member?", "attributes.renews", "attributes.store_frequency",
    }  # fmt: skip
    assert table.words["attributes.level"].to_pylist()[:3] == ["gold", "silver", None]
    assert table.columns["attributes.score"][:3].tolist() == [0, 0.25, 0.5]
    assert table.columns["attributes.Member?"][:2].tolist() == [1, 0]
    assert table.columns["attributes.renews"][:1].tolist() == [99]  # the day before the instant is its today
    assert table.columns["attributes.store_frequency"][0] == 4 / SIZE


def test_attributes_are_not_seen_before_they_were_recorded_even_by_the_first_load(history: History) -> None:
    found = attributes.features(history)
    before, after = (read(history.at(moment), found) for moment in (LOADED, LOADED + timedelta(microseconds=1)))
    assert len(before) == len(after) == SIZE
    assert before.words["attributes.level"].null_count == SIZE
    assert np.isnan(before.columns["attributes.score"]).all()
    assert not np.isnan(after.columns["attributes.score"]).any()


def test_who_was_changed_later_does_not_stand_out_by_lacking_attributes(history: History) -> None:
    found, lake, may = attributes.features(history), history.lake, datetime(2025, 5, 1)
    one = recorded(_profiles({"score": ["7"]}, range(1)), [NOW - timedelta(days=3)])
    lake.upsert("customers", one)
    few = read(history.at(may), found).columns["attributes.score"]
    assert np.isnan(few).tolist() == [True, *[False] * (SIZE - 1)]  # one in two hundred: unknown, not today's value
    lake.upsert("customers", recorded(_profiles({"score": ["7"] * 50}, range(50)), [NOW - timedelta(days=2)] * 50))
    many = read(history.at(may), found)
    assert np.isnan(many.columns["attributes.score"]).all()
    assert read(history, ["days_as_customer"]).columns["days_as_customer"].tolist() == [180.0] * SIZE
