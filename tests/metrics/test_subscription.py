"""Contracts: what stays of the recurring revenue, and who left against their will."""

from datetime import date, datetime

import pytest

from tenure.app.wiring import Stores
from tenure.metrics.compute import compute
from tenure.metrics.definitions import ChurnDefinition, Definition
from tenure.metrics.reconciliation import reconcile
from tenure.warehouse.history import History
from tests.metrics import make

YEAR = date(2025, 1, 1), date(2026, 1, 1)
BEFORE, INSIDE, LATE = datetime(2024, 6, 1), datetime(2025, 5, 1), datetime(2025, 12, 20)


@pytest.fixture(scope="module")
def history(stores: Stores) -> History:
    """Four customers at 100 a month: one grows to 150, one shrinks to 80, one leaves, one stays; a fifth comes at 50."""
    make.fill(
        stores.lake,
        "subscriptions",
        [
            term("grows", BEFORE, INSIDE, 100, "plan_change"),
            term("grows", INSIDE, None, 150),
            term("shrinks", BEFORE, INSIDE, 100, "plan_change"),
            term("shrinks", INSIDE, None, 80),
            term("leaves", BEFORE, INSIDE, 100, "payment_failed"),
            term("stays", BEFORE, None, 100),
            term("comes", INSIDE, None, 50),
            {**term("tries", BEFORE, None, 999), "trial": True},
        ],
    )
    return History(stores.lake, datetime(2026, 1, 1))


def term(
    customer: str, start: datetime, end: datetime | None, amount: int, why: str | None = None
) -> dict[str, object]:
    """One period of a subscription."""
    return {
        "customer_id": customer,
        "subscription_id": customer,
        "started_at": start,
        "ended_at": end,
        "end_reason": why,
        "monthly_amount": amount,
    }


def value(history: History, name: str, definition: Definition | None = None) -> float:
    """The only value of a year."""
    return compute(history, name, *YEAR, definition=definition).rows["value"][0].as_py()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gross_revenue_retention", 0.70),
        ("net_revenue_retention", 0.825),
        ("logo_retention", 0.75),
        ("monthly_recurring_revenue", 380.0),
    ],
)
def test_what_stays_of_the_recurring_revenue(history: History, name: str, expected: float) -> None:
    assert value(history, name) == pytest.approx(expected, abs=1e-12)


def test_customers_with_contracts_reconcile_and_churn_unwillingly(history: History) -> None:
    churn = ChurnDefinition(kind="subscription_end", grace_days=0)
    row = reconcile(history, *YEAR, churn=churn)[0]
    counts = (row.at_start, row.at_end, row.new, row.retained, row.lost, row.reactivated)
    assert counts == (4, 4, 1, 3, 1, 0)
    rates = [value(history, name, Definition(churn)) for name in ("churn_rate", "involuntary_churn_rate")]
    assert rates == [0.25, 0.25]
    assert value(history, "voluntary_churn_rate", Definition(churn)) == 0


def test_grace_gives_late_payers_time(fresh_stores: Stores) -> None:
    make.fill(fresh_stores.lake, "subscriptions", [term("late", BEFORE, LATE, 100, "expired")])
    history = History(fresh_stores.lake, datetime(2026, 6, 1))
    lost = [
        reconcile(history, *YEAR, churn=ChurnDefinition("subscription_end", 90, days))[0].lost for days in (0, 11, 30)
    ]
    assert lost == [1, 1, 0]


def test_who_returns_after_a_pause_is_reactivated(fresh_stores: Stores) -> None:
    terms = [term("back", BEFORE, datetime(2024, 8, 1), 100, "cancelled"), term("back", INSIDE, None, 100)]
    make.fill(fresh_stores.lake, "subscriptions", terms)
    row = reconcile(
        History(fresh_stores.lake, datetime(2026, 1, 1)), *YEAR, churn=ChurnDefinition("subscription_end", 90, 0)
    )[0]
    assert (row.at_start, row.at_end, row.new, row.reactivated) == (0, 1, 0, 1)
