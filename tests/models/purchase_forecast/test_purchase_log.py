"""Reading orders: any order of rows, any kind of column, returns apart from purchases."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from tenure.models import purchase_log
from tenure.models.base import UnusableInput
from tenure.models.purchase_forecast.purchase_log import as_day, as_log, outcome


def test_purchases_of_a_day_are_one_and_returns_are_none() -> None:
    log = purchase_log(["b", "a", "b", "b", "a"], [7, 3, 7, 9, 4], [10.0, 5.0, 2.5, -4.0, 0.0])
    assert log.ids.to_pylist() == ["a", "b"]
    assert log.bought.customer.tolist() == [0, 0, 1]
    assert log.bought.day.tolist() == [3, 4, 7]
    assert log.bought.amount.tolist() == [5.0, 0.0, 12.5]  # nothing paid is bought all the same
    assert (log.returned.customer.tolist(), log.returned.amount.tolist()) == ([1], [4.0])
    assert log.opened == 3


def test_what_came_counts_days_and_takes_returns_off() -> None:
    log = purchase_log([1, 1, 1, 2, 2], [0, 5, 6, 0, 6], [9.0, 4.0, -1.0, 9.0, 8.0])
    came = outcome(log, np.array([0, 1]), 5, 2)
    assert came.orders.tolist() == [1, 1]
    assert came.value.tolist() == [3.0, 8.0]
    assert outcome(log, np.array([0, 1]), 7, 90).active.tolist() == [0, 0]


def test_before_a_day_nothing_later_is_left() -> None:
    log = purchase_log([1, 1, 2, 2], [0, 5, 4, 6], [1.0, 2.0, 3.0, -3.0]).before(5)
    assert log.bought.day.tolist() == [0, 4]
    assert not len(log.returned.day)


def test_days_may_be_dates_times_or_numbers() -> None:
    noon = pd.to_datetime(["1970-01-03 12:00", "1970-01-02 00:00"])
    for day in ([2, 1], noon, noon.to_numpy(), pa.array(noon), pa.array([2, 1], pa.int32()).cast(pa.date32())):
        assert purchase_log([1, 2], day, [1.0, 1.0]).bought.day.tolist() == [2, 1]
    assert [
        as_day(day) for day in (2, "1970-01-03", np.datetime64("1970-01-03"), pd.Timestamp("1970-01-03 05:00"))
    ] == [2] * 4


def test_some_customers_are_spread_over_all_and_parts_make_the_whole() -> None:
    rng = np.random.default_rng(0)
    log = purchase_log(rng.integers(0, 100, 900), rng.integers(0, 300, 900), rng.normal(20, 15, 900))
    few = log.some(30)
    assert few.ids.to_pylist() == log.ids.to_pylist()[::4]
    assert few.bought.amount.sum() == pytest.approx(log.bought.amount[log.bought.customer % 4 == 0].sum())
    parts = [log.part(start, start + 40) for start in (0, 40, 80)]
    assert [one for part in parts for one in part.ids.to_pylist()] == log.ids.to_pylist()
    assert np.concatenate([part.returned.amount for part in parts]).tolist() == log.returned.amount.tolist()
    assert {part.opened for part in parts} == {log.opened}


def test_impossible_orders_are_refused() -> None:
    for wrong in ([1.0, float("nan")], [1.0, float("inf")], pa.array([1.0, None]), [1.0]):
        with pytest.raises(UnusableInput):
            purchase_log([1, 2], [1, 2], wrong)
    with pytest.raises(UnusableInput):
        as_log(pd.DataFrame({"customer_id": [1], "amount": [1.0]}))
