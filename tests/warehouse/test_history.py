"""History keeps the future out, speaks the workspace's wall clock, and sees merged customers as one."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tenure.app.wiring import Stores
from tenure.warehouse import glossary
from tenure.warehouse.history import History, naive
from tests.metrics import make

NOON = datetime(2026, 1, 10, 12)


def order(customer: str, at: datetime, recorded: datetime = NOON) -> dict[str, Any]:
    """One paid sale."""
    return {"order_id": f"{customer} {at}", "customer_id": customer, "ordered_at": at, "recorded_at": recorded}


def ids(history: History) -> set[str]:
    """Who bought, as far as a history knows."""
    return set(history.lake.read(glossary.purchases(history).select("customer_id"))["customer_id"].to_pylist())


def test_only_what_happened_before_counts(fresh_stores: Stores) -> None:
    make.fill(fresh_stores.lake, "orders", [order("early", datetime(2026, 1, 9)), order("now", NOON)])
    assert ids(History(fresh_stores.lake, NOON)) == {"early"}
    assert ids(History(fresh_stores.lake, NOON.replace(microsecond=1))) == {"early", "now"}
    assert ids(History(fresh_stores.lake, NOON.replace(tzinfo=UTC))) == {"early"}


def test_what_was_learned_later_was_not_known(fresh_stores: Stores) -> None:
    rows = [order("prompt", datetime(2026, 1, 5), NOON), order("late", datetime(2026, 1, 5), datetime(2026, 2, 1))]
    make.fill(fresh_stores.lake, "orders", rows)
    march = History(fresh_stores.lake, datetime(2026, 3, 1))
    moment_later = NOON.replace(microsecond=1)
    assert ids(replace(march, known_by=moment_later)) == {"prompt"}
    assert ids(march) == {"prompt", "late"}
    assert ids(march.at(moment_later)) == {"prompt"}
    assert ids(march.at(datetime(2026, 2, 1))) == {"prompt"}
    assert ids(march.at(datetime(2026, 2, 1, microsecond=1))) == {"prompt", "late"}


def test_before_a_table_was_first_written_to_what_had_happened_counts_as_known(fresh_stores: Stores) -> None:
    first_load, second = datetime(2026, 1, 10), datetime(2026, 2, 1)
    rows = [order("old", datetime(2025, 6, 1), first_load), order("late", datetime(2025, 6, 1), second)]
    make.fill(fresh_stores.lake, "orders", rows)
    now = History(fresh_stores.lake, datetime(2026, 3, 1))
    assert ids(now.at(datetime(2025, 7, 1))) == {"old", "late"}
    assert ids(now.at(first_load)) == {"old", "late"}
    assert ids(now.at(datetime(2026, 1, 20))) == {"old"}
    assert ids(now.at(datetime(2026, 2, 2))) == {"old", "late"}


@pytest.mark.parametrize(
    ("zone", "utc", "wall"),
    [
        ("UTC", datetime(2026, 7, 1, 0, 30), datetime(2026, 7, 1, 0, 30)),
        ("Asia/Shanghai", datetime(2026, 1, 1, 17), datetime(2026, 1, 2, 1)),
        ("Europe/Berlin", datetime(2026, 3, 29, 0, 59), datetime(2026, 3, 29, 1, 59)),
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 0), datetime(2026, 3, 29, 3, 0)),
        ("America/New_York", datetime(2026, 11, 1, 6, 0), datetime(2026, 11, 1, 1, 0)),
        ("America/New_York", datetime(1997, 7, 1, 3, 0), datetime(1997, 6, 30, 23, 0)),
    ],
)
def test_the_lake_and_python_agree_on_the_wall_clock(
    fresh_stores: Stores, zone: str, utc: datetime, wall: datetime
) -> None:
    make.fill(fresh_stores.lake, "orders", [order("ann", utc)])
    history = History(fresh_stores.lake, datetime(2027, 1, 1), zone)
    orders = history.table("orders")
    assert history.lake.read(orders.select(at=history.local(orders.ordered_at)))["at"].to_pylist() == [wall]
    assert history.wall(utc) == wall
    assert naive(history.wall(utc)) == wall


def test_the_surviving_profile_of_merged_customers_is_the_profile(fresh_stores: Stores) -> None:
    people = [
        {"customer_id": who, "country": country} for who, country in (("ann", "CN"), ("anne", "DE"), ("bob", "FR"))
    ]
    make.fill(fresh_stores.lake, "customers", people)
    make.fill(fresh_stores.lake, "customer_links", [{"customer_id": "anne", "canonical_id": "ann", "linked_at": NOON}])
    make.fill(fresh_stores.lake, "orders", [order("ann", datetime(2026, 1, 3)), order("anne", datetime(2026, 1, 4))])
    history = History(fresh_stores.lake, datetime(2026, 2, 1))
    found = history.lake.read(glossary.profiles(history).select("customer_id", "country").order_by("customer_id"))
    assert found.to_pylist() == [{"customer_id": "ann", "country": "CN"}, {"customer_id": "bob", "country": "FR"}]
    assert ids(history) == {"ann"}
    gaps = history.lake.read(glossary.purchase_gaps(history).select("customer_id", "days"))
    assert gaps.to_pylist() == [{"customer_id": "ann", "days": 1}]


def test_the_state_of_the_orders_changes_whenever_they_do(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    history = History(lake, datetime(2026, 2, 1))
    seen = [glossary.orders_state(history)]
    make.fill(lake, "orders", [order("ann", datetime(2026, 1, 3)), order("bob", datetime(2026, 1, 4))])
    seen.append(glossary.orders_state(history))
    lake.delete("orders", lambda orders: orders.customer_id == "bob")
    make.fill(lake, "orders", [order("cy", datetime(2026, 1, 4))])
    seen.append(glossary.orders_state(history))
    make.fill(lake, "customer_links", [{"customer_id": "cy", "canonical_id": "ann", "linked_at": NOON}])
    seen.append(glossary.orders_state(history))
    assert len(set(seen)) == 4
