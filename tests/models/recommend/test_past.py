"""The past in entries: counts of days, rhythm, trend, and nothing of what was returned."""

import numpy as np
import pandas as pd
import pytest

from tenure.models.recommend.interactions import read
from tenure.models.recommend.past import Past

DAY = 86_400


def past(
    rows: list[tuple[str, str, float]], now: float = 100.0, horizon: float = 20.0, weight: list[float] | None = None
) -> Past:
    table = pd.DataFrame(rows, columns=["customer", "item", "time"])
    table["time"] *= DAY
    if weight is not None:
        table["weight"] = weight
    return Past.of(read(table), now, horizon)


def test_an_entry_counts_days_and_remembers_the_first_and_the_last() -> None:
    found = past([("a", "tea", 10.2), ("a", "tea", 10.9), ("a", "tea", 40.0), ("b", "tea", 1.0), ("a", "cup", 5.0)])
    assert found.starts.tolist() == [0, 2, 3]
    assert found.times.tolist() == [2, 1, 1]
    assert (found.first[0], found.last[0]) == (pytest.approx(10.2), pytest.approx(40.0))
    assert found.active_days.tolist() == [3, 1]
    assert found.silence(np.array([0, 1, -1])).tolist() == pytest.approx([60.0, 99.0, 20.0])


def test_what_sells_lately_has_a_rising_trend() -> None:
    old = [(f"c{n}", "old", 1.0 + n) for n in range(30)]
    fresh = [(f"c{n}", "fresh", 85.0 + n % 10) for n in range(30)]
    found = past([*old, *fresh])
    rising = dict(zip(["fresh", "old"], found.trend[:, 0], strict=True))
    assert rising["fresh"] > 0.4
    assert rising["old"] < -0.9


def test_the_usual_gap_of_an_item_is_that_of_its_buyers() -> None:
    weekly = [(f"c{n}", "milk", 7.0 * week) for n in range(20) for week in range(8)]
    monthly = [(f"c{n}", "soap", 30.0 * month) for n in range(20) for month in range(3)]
    found = past([*weekly, *monthly])
    assert found.gap[0] == pytest.approx(7, abs=1)
    assert found.gap[1] == pytest.approx(30, abs=2)
    assert found.repeat.min() > 0.9


def test_a_purchase_and_its_return_are_nothing() -> None:
    rows = [("a", "tea", 1.0), ("a", "tea", 2.0), ("a", "cup", 3.0)]
    found = past(rows, weight=[1.0, -1.0, 3.0])
    assert found.rows(np.array([0])).toarray().tolist() == [[2.0, 0.0]]  # the cup: log₂(1 + 3)
    assert found.takers.tolist() == [1, 0]


def test_nobody_has_an_empty_row_and_no_entries() -> None:
    found = past([("a", "tea", 1.0), ("b", "cup", 2.0)])
    assert found.rows(np.array([-1, 0])).toarray().tolist() == [[0.0, 0.0], [0.0, 1.0]]
    row, entries = found.entries(np.array([1, -1, 0]))
    assert (row.tolist(), found.item[entries].tolist()) == ([0, 2], [0, 1])
    assert found.entry_of(np.array([1, 0]), np.array([0, 1])).tolist() == [1, 0]
