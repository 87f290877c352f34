"""A random world for the lake: rows in every table, in every column features read."""

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from tests.features import make

CUSTOMERS = 40
LATER = (  # what a row learns after it began
    ("tickets", "first_response_at"),
    ("tickets", "closed_at"),
    ("messages", "opened_at"),
    ("messages", "clicked_at"),
    ("messages", "unsubscribed_at"),
    ("subscriptions", "ended_at"),
    ("subscriptions", "paid_through_at"),
)


def world(seed: int, first: datetime, last: datetime, prefix: str, size: int = 300) -> dict[str, pa.Table]:
    """Return random rows for every table whose times lie in [first, last)."""
    rng = np.random.default_rng(seed)
    at = _times(rng, size, first, last)
    ids = [f"{prefix}{number}" for number in range(size)]
    money = rng.integers(1, 200, size).astype(float)
    base = {"customer_id": [f"c{number}" for number in rng.integers(0, CUSTOMERS, size)]}

    def one_of(*words: str | None) -> list[str | None]:
        return [words[place] for place in rng.integers(0, len(words), size)]

    def soon(days: int) -> pa.Array:
        ends = [
            None if part > 0.8 else begun + timedelta(days=float(part) * days)
            for begun, part in zip(at.to_pylist(), rng.random(size), strict=True)
        ]
        return pa.array(ends, pa.timestamp("us"))

    goods = one_of("p1", "p2", "p3", "p4")
    tables: dict[str, dict[str, object]] = {
        "orders": {**base, "order_id": ids, "ordered_at": at, "kind": one_of("sale", "sale", "sale", "return", "adjustment"),
                   "status": one_of("paid", "paid", "paid", "cancelled"), "amount": money, "discount": money / 10,
                   "quantity": money, "channel": one_of("web", "shop", None), "coupon": one_of("SPRING", None)},
        "order_items": {**base, "order_item_id": ids, "order_id": ids, "ordered_at": at, "kind": one_of("sale", "return"),
                        "product_id": goods, "category": one_of("tea", "cups", None), "amount": money},
        "products": {"product_id": [f"{prefix}-p{n}" for n in range(4)], "listed_at": at[:4], "brand": ["a", "b", "a", None]},
        "events": {**base, "event_id": ids, "occurred_at": at, "name": one_of("login", "search", "view"),
                   "duration_seconds": money / 7},
        "tickets": {**base, "ticket_id": ids, "opened_at": at, "first_response_at": soon(20), "closed_at": soon(90),
                    "reopened": rng.integers(0, 3, size) * 1.0, "satisfaction": rng.integers(1, 6, size) * 1.0,
                    "topic": one_of("complaint", "billing", None), "priority": one_of("high", "low", None)},
        "feedback": {**base, "feedback_id": ids, "answered_at": at, "kind": one_of("nps", "review", "comment"),
                     "score": rng.integers(1, 6, size) * 1.0, "text": one_of("nice", "", None)},
        "messages": {**base, "message_id": ids, "sent_at": at, "channel": ["email"] * size, "opened_at": soon(30),
                     "clicked_at": soon(30), "unsubscribed_at": soon(200)},
        "subscriptions": {**base, "period_id": ids, "subscription_id": one_of("s1", "s2"), "started_at": at,
                          "plan": one_of("light", "full"), "ended_at": soon(90), "monthly_amount": money,
                          "end_reason": one_of("cancelled", "plan_change", None), "paid_through_at": soon(120),
                          "trial": pa.array(rng.random(size) < 0.3)},
        "payments": {**base, "payment_id": ids, "paid_at": at, "due_at": soon(5), "amount": money,
                     "subscription_id": one_of("s1", "s2", None), "status": one_of("failed", "succeeded", "refunded")},
        "points": {**base, "entry_id": ids, "booked_at": at, "kind": one_of("earn", "redeem", "expire"), "points": money},
        "customers": {"customer_id": ids[:CUSTOMERS], "joined_at": at[:CUSTOMERS], "city": one_of("Rome", "Bonn")[:CUSTOMERS],
                      "gender": one_of("female", "male", None)[:CUSTOMERS],
                      "birthday": pa.array([datetime(1950 + n, 5, 7).date() for n in range(CUSTOMERS)])},
    }  # fmt: skip
    return {name: make.rows(name, columns) for name, columns in tables.items()}


def recorded(table: pa.Table, moments: list[datetime]) -> pa.Table:
    """Return rows that became known at given times."""
    place = table.column_names.index("recorded_at")
    return table.set_column(place, "recorded_at", pa.array(moments, pa.timestamp("us")))


def moved_after(table: pa.Table, name: str, instant: datetime) -> pa.Table:
    """Move the later events of a row that come after an instant, and empty every other one."""
    for column in (column for owner, column in LATER if owner == name):
        moved = [
            (at + timedelta(days=17) if row % 2 else None) if at and at >= instant else at
            for row, at in enumerate(table[column].to_pylist())
        ]
        table = table.set_column(table.column_names.index(column), column, pa.array(moved, pa.timestamp("us")))
    return table


def _times(rng: np.random.Generator, size: int, first: datetime, last: datetime) -> pa.Array:
    spread = (last - first).total_seconds()
    return pa.array([first + timedelta(seconds=int(part * spread)) for part in rng.random(size)], pa.timestamp("us"))
