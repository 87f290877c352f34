"""What holds for any orders and any window: found out by random shops."""

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tenure.app.wiring import Stores
from tenure.metrics.cohorts import CohortQuestion, cohort_table
from tenure.metrics.compute import compute
from tenure.metrics.definitions import ChurnDefinition
from tenure.metrics.lifecycle import stages
from tenure.metrics.reconciliation import reconcile
from tenure.warehouse.history import History
from tests.metrics import make

FIRST = date(2025, 1, 1)
DAYS = 200
FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
Shop = list[tuple[int, int]]
shops = some.lists(some.tuples(some.integers(0, 6), some.integers(0, DAYS - 1)), max_size=40)


@pytest.fixture(scope="module")
def histories(stores: Stores) -> list[History]:
    """A place to put one random shop after the other."""
    return [History(stores.lake, datetime(2026, 1, 1))]


def opened(histories: list[History], shop: Shop) -> pd.DataFrame:
    """Replace what is in the lake by a random shop; returns its orders."""
    lake = histories[0].lake
    lake.delete("orders", lambda orders: orders.order_id.notnull())
    days = pd.DataFrame(shop, columns=["customer", "day"])
    orders = days.assign(
        customer_id=days["customer"].astype(str), ordered_at=pd.Timestamp(FIRST) + pd.to_timedelta(days["day"], "D")
    )
    make.fill(lake, "orders", orders)
    return orders


@FEW
@given(shops, some.integers(0, DAYS), some.integers(1, 120), some.integers(1, 120))
def test_customers_always_add_up(histories: list[History], shop: Shop, start: int, length: int, silence: int) -> None:
    orders = opened(histories, shop)
    first = FIRST + timedelta(days=start)
    last = first + timedelta(days=length)
    row = reconcile(histories[0], first, last, churn=ChurnDefinition(window_days=silence))[0]

    def active(before: date) -> set[str]:
        edge = pd.Timestamp(before)
        inside = (orders["ordered_at"] < edge) & (orders["ordered_at"] >= edge - pd.Timedelta(days=silence))
        return set(orders.loc[inside, "customer_id"])

    at_start, at_end = active(first), active(last)
    joined = orders.groupby("customer_id")["ordered_at"].min()
    new = {who for who in at_end if joined[who] >= pd.Timestamp(first)}
    assert (row.at_start, row.at_end, row.retained) == (len(at_start), len(at_end), len(at_start & at_end))
    assert (row.lost, row.new) == (len(at_start - at_end), len(new))
    assert row.at_start == row.retained + row.lost
    assert row.at_end == row.retained + row.new + row.reactivated


@FEW
@given(shops, some.sampled_from(["calendar", "anniversary"]), some.sampled_from(["week", "month"]))
def test_on_or_after_is_never_below_exact_nor_exact_below_streak(
    histories: list[History], shop: Shop, windows: Any, grain: Any
) -> None:
    opened(histories, shop)
    tables = {
        kind: cohort_table(histories[0], CohortQuestion(kind=kind, windows=windows, grain=grain)).cohorts
        for kind in ("on_or_after", "exact", "streak")
    }
    for later, exact, streak in zip(*tables.values(), strict=True):
        for a, b, c in zip(later.cells, exact.cells, streak.cells, strict=True):
            assert later.size >= a.value >= b.value >= c.value
        assert later.size == exact.cells[0].value == streak.cells[0].value


@FEW
@given(shops)
def test_active_customers_are_new_returning_or_reactivated(histories: list[History], shop: Shop) -> None:
    opened(histories, shop)
    for row in stages(histories[0], FIRST, FIRST + timedelta(days=DAYS)):
        assert row.active == row.new + row.returning + row.reactivated


@FEW
@given(
    some.lists(
        some.tuples(some.integers(0, 4), some.integers(0, 300), some.integers(1, 200), some.integers(1, 500)),
        max_size=20,
    )
)
def test_gross_retention_never_exceeds_one(histories: list[History], terms: list[tuple[int, int, int, int]]) -> None:
    lake = histories[0].lake
    lake.delete("subscriptions", lambda rows: rows.period_id.notnull())
    start = datetime(2025, 1, 1)
    rows = [
        {"customer_id": str(who), "subscription_id": str(who), "monthly_amount": amount}
        | {"started_at": start + timedelta(days=begun), "ended_at": start + timedelta(days=begun + length)}
        for who, begun, length, amount in terms
    ]
    if rows:
        make.fill(lake, "subscriptions", rows)
    values = (
        compute(histories[0], "gross_revenue_retention", date(2025, 3, 1), date(2025, 9, 1), "month")
        .rows["value"]
        .to_pylist()
    )
    assert all(value is None or 0 <= value <= 1 for value in values)
