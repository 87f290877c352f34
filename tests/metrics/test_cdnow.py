"""Every whole number that was published or recomputed for the purchases at CDNOW, to the unit."""

from datetime import date, timedelta

import pytest

from tenure.metrics.compute import compute
from tenure.metrics.definitions import ChurnDefinition, Definition
from tenure.metrics.reconciliation import reconcile
from tenure.warehouse.history import History

NINETY = ChurnDefinition(window_days=90)


@pytest.mark.parametrize(
    ("start", "end", "at_start", "at_end", "formula", "retained", "back"),
    [
        ("1997-03-31", "1997-06-30", 23570, 5322, 22.58, 22.58, 0),
        ("1997-06-30", "1997-09-30", 5322, 4195, 78.82, 42.07, 1956),
        ("1997-09-30", "1997-12-31", 4195, 4176, 99.55, 48.51, 2141),
        ("1997-12-31", "1998-03-31", 4176, 3817, 91.40, 46.41, 1879),
        ("1998-03-31", "1998-06-30", 3817, 3301, 86.48, 45.95, 1547),
    ],
)
def test_the_retention_rate_shows_who_came_back(
    cdnow: History, start: str, end: str, at_start: int, at_end: int, formula: float, retained: float, back: int
) -> None:
    first, last = (date.fromisoformat(day) + timedelta(days=1) for day in (start, end))
    row = reconcile(cdnow, first, last, churn=NINETY)[0]
    assert (row.at_start, row.at_end, row.new, row.reactivated) == (at_start, at_end, 0, back)
    assert round(100 * (row.formula_rate or 0), 2) == formula
    assert round(100 * (row.retained_rate or 0), 2) == retained


def whole(history: History, name: str, **definition: object) -> float:
    answer = compute(history, name, date(1997, 1, 1), date(1998, 7, 1), definition=Definition(**definition))
    return answer.rows["value"][0].as_py()


@pytest.mark.parametrize(("order", "rate"), [("day", 11516 / 23570), ("row", 11662 / 23570)])
@pytest.mark.parametrize("name", ["repeat_purchase_rate", "repeat_rate_ever"])
def test_the_repeat_rate_says_what_an_order_is(cdnow: History, name: str, order: str, rate: float) -> None:
    assert whole(cdnow, name, order=order) == pytest.approx(rate, abs=1e-12)


@pytest.mark.parametrize(("days", "count"), [(30, 4115), (60, 5929), (90, 6887), (180, 8827), (365, 10810)])
def test_second_orders_within_days(cdnow: History, days: int, count: int) -> None:
    assert whole(cdnow, "repeat_rate_within", within_days=days) == pytest.approx(count / 23570, abs=1e-12)
