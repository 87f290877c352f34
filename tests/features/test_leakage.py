"""Nothing that happens after the instant may change a byte of the feature table."""

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.csv

from tenure.app.wiring import Stores
from tenure.features.build import build
from tenure.warehouse.history import History
from tests.features import make

AS_OF = datetime(2025, 7, 1)
CUSTOMERS = 40


def _times(rng: np.random.Generator, size: int, first: datetime, last: datetime) -> pa.Array:
    spread = (last - first).total_seconds()
    return pa.array([first + timedelta(seconds=int(part * spread)) for part in rng.random(size)], pa.timestamp("us"))


def _after(rng: np.random.Generator, begun: pa.Array, days: int) -> pa.Array:
    ends = [
        at + timedelta(days=float(part) * days)
        for at, part in zip(begun.to_pylist(), rng.random(len(begun)), strict=True)
    ]
    return pa.array(ends, pa.timestamp("us"))


def _world(seed: int, first: datetime, last: datetime, prefix: str, size: int = 400) -> dict[str, pa.Table]:
    """Make random rows for every table whose times lie in [first, last)."""
    rng = np.random.default_rng(seed)
    at = _times(rng, size, first, last)
    who = [f"c{number}" for number in rng.integers(0, CUSTOMERS, size)]
    ids = [f"{prefix}{number}" for number in range(size)]
    money = rng.integers(1, 200, size).astype(float)
    kinds = np.where(rng.random(size) < 0.1, "return", "sale")
    later = _after(rng, at, 90)
    base = {"customer_id": who}
    flags = pa.array(rng.random(size) < 0.2)
    return {
        "orders": make.rows(
            "orders",
            {**base, "order_id": ids, "ordered_at": at, "kind": kinds, "status": ["paid"] * size, "amount": money,
             "discount": money / 10, "quantity": money},
        ),
        "order_items": make.rows(
            "order_items",
            {**base, "order_item_id": ids, "order_id": ids, "ordered_at": at, "kind": kinds, "category": ids, "amount": money},
        ),
        "events": make.rows(
            "events", {**base, "event_id": ids, "occurred_at": at, "name": ["visit"] * size, "duration_seconds": money / 7}
        ),
        "tickets": make.rows(
            "tickets",
            {**base, "ticket_id": ids, "opened_at": at, "first_response_at": later, "closed_at": later,
             "reopened": money, "satisfaction": rng.integers(1, 6, size).astype(float)},
        ),
        "feedback": make.rows(
            "feedback",
            {**base, "feedback_id": ids, "answered_at": at, "kind": ["nps"] * size, "score": rng.integers(0, 11, size) * 1.0},
        ),
        "messages": make.rows(
            "messages",
            {**base, "message_id": ids, "sent_at": at, "channel": ["email"] * size, "opened_at": later, "clicked_at": later,
             "unsubscribed_at": later},
        ),
        "subscriptions": make.rows(
            "subscriptions",
            {**base, "period_id": ids, "subscription_id": ids, "started_at": at, "ended_at": later, "monthly_amount": money,
             "end_reason": ["cancelled"] * size, "paid_through_at": later, "trial": flags},
        ),
        "payments": make.rows(
            "payments", {**base, "payment_id": ids, "paid_at": at, "amount": money, "status": ["failed"] * size}
        ),
        "points": make.rows("points", {**base, "entry_id": ids, "booked_at": at, "kind": ["earn"] * size, "points": money}),
        "customers": make.rows(
            "customers", {"customer_id": [f"{prefix}{number}" for number in range(20)], "joined_at": at[:20]}
        ),
    }  # fmt: skip


def _blank_later(table: pa.Table) -> pa.Table:
    """Move the later events of a row (its end, answer, click) that come after the instant, and empty every other one."""
    for name in (
        "first_response_at",
        "closed_at",
        "opened_at",
        "clicked_at",
        "unsubscribed_at",
        "ended_at",
        "paid_through_at",
    ):
        if name not in table.column_names or (name == "opened_at" and "ticket_id" in table.column_names):
            continue
        moved = [
            (at + timedelta(days=17) if row % 2 else None) if at and at >= AS_OF else at
            for row, at in enumerate(table[name].to_pylist())
        ]
        table = table.set_column(table.column_names.index(name), name, pa.array(moved, pa.timestamp("us")))
    return table


def _features(stores: Stores) -> bytes:
    table = stores.lake.read(build(History(stores.lake, AS_OF, "Asia/Shanghai")).order_by("customer_id"))
    sink = pa.BufferOutputStream()
    pyarrow.csv.write_csv(table, sink)  # not IPC: what lies under an empty place there is left to chance
    return bytes(sink.getvalue())


def test_nothing_after_the_instant_changes_a_byte_of_the_features(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    past = _world(1, AS_OF - timedelta(days=500), AS_OF, "past")
    for name, table in past.items():
        lake.append(name, table)
    before = _features(fresh_stores)

    for name, table in _world(2, AS_OF, AS_OF + timedelta(days=300), "future").items():
        lake.append(name, table)
        kept = pa.array(np.random.default_rng(3).permutation(past[name].num_rows))
        lake.delete(name, lambda rows: rows.source == "test")
        lake.append(name, pa.concat_tables([_blank_later(past[name]).take(kept), table]))

    assert _features(fresh_stores) == before


def test_the_last_moment_before_the_instant_counts_and_the_instant_does_not(fresh_stores: Stores) -> None:
    make.add_orders(fresh_stores.lake, [("early", AS_OF - timedelta(microseconds=1), 10.0), ("late", AS_OF, 10.0)])
    found = make.values(fresh_stores.lake, build(History(fresh_stores.lake, AS_OF), ["days_since_purchase", "revenue"]))
    assert found == {"early": {"customer_id": "early", "days_since_purchase": 0.0, "revenue": 10.0}}
