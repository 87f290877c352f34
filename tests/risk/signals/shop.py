"""A small shop in the lake in which every signal has one customer to speak of, and nobody else."""

from datetime import datetime, timedelta

import pyarrow as pa

from tenure.risk.signals.catalog import CATALOG
from tenure.warehouse.lake import Lake
from tests.features import make

NOW = datetime(2025, 6, 30, 12)
CROWD = [f"m{number:02}" for number in range(40)]


def ago(days: float) -> datetime:
    """Return a moment so many days before now."""
    return NOW - timedelta(days=days)


def times(days: list[float]) -> pa.Array:
    """Return moments so many days before now, as a column."""
    return pa.array([ago(day) for day in days], pa.timestamp("us"))


def fill(lake: Lake) -> None:
    """Put everybody's story into the lake."""
    named = [*CROWD, *CATALOG]
    make.add(lake, "customers", {"customer_id": named, "joined_at": times([600.0] * len(named))})
    _orders(lake)
    _visits(lake)
    _tickets(lake)
    _feedback(lake)
    _messages(lake)
    _paying(lake)


def _orders(lake: Lake) -> None:
    orders = [(who, ago(day + place % 7), 20.0) for place, who in enumerate(CROWD) for day in range(1, 500, 8)]
    orders += [("overdue", ago(day), 20.0) for day in range(25, 500, 8)]
    orders += [("buying_less", ago(day), 20.0) for day in [5, *range(95, 500, 5)]]
    orders += [("return_spike", ago(day), 20.0) for day in range(2, 500, 8)]
    orders += [("return_spike", ago(day), -20.0) for day in (3, 5, 11, 19)]
    orders += [("best_unthanked", ago(day), 900.0) for day in range(2, 500, 8)]
    make.add_orders(lake, orders)


def _visits(lake: Lake) -> None:
    rows = [(who, day + place % 2, 300) for place, who in enumerate(CROWD) for day in range(0, 230, 3)]
    rows += [("visiting_less", day, 300) for day in [2, *range(30, 230, 2)]]
    rows += [("shorter_visits", day, 20 if day < 28 else 300 + day % 5) for day in range(0, 230, 3)]
    rows += [("renewal_unused", day, 300) for day in range(31, 230, 3)]
    rows += [("trial_unused", 9, 300), ("trial_unused", 3, 300)]
    rows += [("unanswered", day, 300) for day in range(65, 300, 9)]
    make.add(
        lake,
        "events",
        {
            "event_id": [f"e{number}" for number in range(len(rows))],
            "customer_id": [who for who, _, _ in rows],
            "occurred_at": times([day + 0.1 for _, day, _ in rows]),
            "name": ["login"] * len(rows),
            "duration_seconds": pa.array([seconds for _, _, seconds in rows], pa.float64()),
        },
    )


def _tickets(lake: Lake) -> None:
    make.add(
        lake,
        "tickets",
        {
            "ticket_id": ["t1", "t2", "t3", "t4", "t5"],
            "customer_id": ["complaint", "complaint", "service_breach", CROWD[0], CROWD[1]],
            "opened_at": times([40, 6, 10, 10, 9]),
            "first_response_at": times([39.9, 5.9, 7, 9.9, 8.9]),
            "closed_at": times([39, 5, 6, 9, 8]),
            "topic": ["damaged", "late_delivery", "product_question", "damaged", "product_question"],
            "satisfaction": pa.array([4, 4, 4, 5, 5], pa.float64()),
            "reopened": pa.array([0, 0, 0, 0, 0], pa.float64()),
        },
    )


def _feedback(lake: Lake) -> None:
    make.add(
        lake,
        "feedback",
        {
            "feedback_id": ["f1", "f2", "f3", "f4", "f5"],
            "customer_id": ["low_score", "low_score", "negative_comment", CROWD[0], CROWD[1]],
            "answered_at": times([100, 4, 3, 3, 2]),
            "kind": ["nps", "nps", "review", "nps", "comment"],
            "score": pa.array([9, 3, 1, 9, None], pa.float64()),
            "text": [None, None, "broke on the first day", None, "terrible, but no score"],
        },
    )


def _messages(lake: Lake) -> None:
    rows = [("unanswered", day, day >= 60) for day in range(3, 400, 10)]
    rows += [("unsubscribed", 20, True), ("best_unthanked", 100, True)]
    rows += [(who, day, day % 2 == 0) for who in CROWD[:8] for day in range(5, 300, 15)]
    make.add(
        lake,
        "messages",
        {
            "message_id": [f"n{number}" for number in range(len(rows))],
            "customer_id": [who for who, _, _ in rows],
            "sent_at": times([day for _, day, _ in rows]),
            "channel": ["email"] * len(rows),
            "status": ["delivered"] * len(rows),
            "opened_at": pa.array([ago(day - 0.5) if opened else None for _, day, opened in rows], pa.timestamp("us")),
            "unsubscribed_at": pa.array(
                [ago(19) if who == "unsubscribed" else None for who, _, _ in rows], pa.timestamp("us")
            ),
        },
    )


def _paying(lake: Lake) -> None:
    make.add(
        lake,
        "payments",
        {
            "payment_id": ["p1", "p2", "p3", "p4"],
            "customer_id": ["failed_payment", "failed_payment", CROWD[0], CROWD[0]],
            "paid_at": times([40, 5, 6, 5]),
            "amount": pa.array([10.0, 10.0, 10.0, 10.0]),
            "status": ["succeeded", "failed", "failed", "succeeded"],
        },
    )
    make.add(
        lake,
        "subscriptions",
        {
            "period_id": ["s1", "s2", "s3"],
            "subscription_id": ["s1", "s2", "s3"],
            "customer_id": ["renewal_unused", "trial_unused", CROWD[0]],
            "started_at": times([300, 10, 300]),
            "paid_through_at": times([-8, -20, -8]),
            "monthly_amount": pa.array([10.0, 0.0, 10.0]),
            "trial": [False, True, False],
        },
    )
