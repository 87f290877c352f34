"""Every whole number that was published or recomputed for the purchases at CDNOW, to the unit."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tenure.metrics.churn import gap_quantiles
from tenure.metrics.cohorts import CohortQuestion, cohort_table
from tenure.metrics.compute import compute
from tenure.metrics.definitions import ChurnDefinition, Definition
from tenure.metrics.lifecycle import stages
from tenure.metrics.reconciliation import reconcile
from tenure.metrics.survival import second_order
from tenure.warehouse import glossary
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


def whole(history: History, name: str, **definition: Any) -> float:
    answer = compute(history, name, date(1997, 1, 1), date(1998, 7, 1), definition=Definition(**definition))
    return answer.rows["value"][0].as_py()


@pytest.mark.parametrize(("order", "rate"), [("day", 11516 / 23570), ("row", 11662 / 23570)])
@pytest.mark.parametrize("name", ["repeat_purchase_rate", "repeat_rate_ever"])
def test_the_repeat_rate_says_what_an_order_is(cdnow: History, name: str, order: str, rate: float) -> None:
    assert whole(cdnow, name, order=order) == pytest.approx(rate, abs=1e-12)


@pytest.mark.parametrize(("days", "count"), [(30, 4115), (60, 5929), (90, 6887), (180, 8827), (365, 10810)])
def test_second_orders_within_days(cdnow: History, days: int, count: int) -> None:
    assert whole(cdnow, "repeat_rate_within", within_days=days) == pytest.approx(count / 23570, abs=1e-12)


def test_the_first_quarter_of_1998_repeats_within_itself_and_altogether(cdnow: History) -> None:
    quarter = date(1998, 1, 1), date(1998, 4, 1)
    inside = compute(cdnow, "repeat_purchase_rate", *quarter).rows.to_pylist()[0]
    assert (inside["n"], round(100 * inside["value"], 2)) == (3817, 36.81)
    assert compute(cdnow, "repeat_order_share", *quarter).rows["value"][0].as_py() == 1.0


JANUARY = [7846, 1157, 964, 810, 679, 736, 720, 582, 559, 594, 673, 634, 528, 511, 664, 472, 497, 498]
FEBRUARY = [8476, 1312, 980, 783, 847, 786, 626, 619, 666, 721, 661, 545, 568, 718, 545, 548, 551]
MARCH = [7248, 1032, 752, 756, 674, 564, 561, 579, 634, 569, 464, 472, 678, 420, 443, 457]


def test_calendar_months_of_the_three_cohorts(cdnow: History) -> None:
    table = cohort_table(cdnow, CohortQuestion())
    assert [[cell.value for cell in cohort.cells] for cohort in table.cohorts] == [JANUARY, FEBRUARY, MARCH]
    assert [cohort.size for cohort in table.cohorts] == [7846, 8476, 7248]
    assert all(cell.mature for cohort in table.cohorts for cell in cohort.cells)


@pytest.mark.parametrize(("month", "simple", "weighted"), [(1, 14.8213, 14.8536), (12, 7.5950, 7.5265)])
def test_means_are_simple_and_weighted(cdnow: History, month: int, simple: float, weighted: float) -> None:
    mean = cohort_table(cdnow, CohortQuestion()).means[month]
    assert (round(100 * (mean.simple or 0), 4), round(100 * (mean.weighted or 0), 4)) == (simple, weighted)


def test_on_or_after_counts_whoever_still_comes(cdnow: History) -> None:
    table = cohort_table(cdnow, CohortQuestion(kind="on_or_after"))
    found = [[cohort.cells[month].value for month in (1, 3, 6, 12)] for cohort in table.cohorts]
    assert found == [[3654, 3140, 2677, 1741], [3861, 3337, 2812, 1757], [3300, 2828, 2371, 1356]]


def totals(history: History, question: CohortQuestion) -> list[float]:
    """Add the columns of all cohorts up."""
    table = cohort_table(history, question)
    longest = max(len(cohort.cells) for cohort in table.cohorts)
    return [sum(c.cells[i].value for c in table.cohorts if i < len(c.cells)) for i in range(longest)]


def test_thirty_day_windows_from_each_customers_own_first_purchase(cdnow: History) -> None:
    found = totals(cdnow, CohortQuestion(windows="anniversary"))
    assert found[:13] == [23570, 3088, 2375, 2149, 2110, 2024, 1868, 1772, 1930, 1824, 1721, 1622, 1741]


def test_exact_days_after_the_first_purchase(cdnow: History) -> None:
    found = totals(cdnow, CohortQuestion(windows="anniversary", grain="day", start=date(1997, 1, 1)))
    assert [found[day] for day in (0, 1, 7, 30)] == [23570, 247, 241, 160]


def test_brackets_of_days_after_the_first_purchase(cdnow: History) -> None:
    question = CohortQuestion(kind="bracket", windows="anniversary", grain="day", start=date(1997, 1, 1))
    assert totals(cdnow, question) == [1384, 3210, 4504, 4644, 6134]


def test_a_streak_ends_at_the_first_month_without_a_purchase(cdnow: History) -> None:
    exact, streak = (cohort_table(cdnow, CohortQuestion(kind=kind)).cohorts[0].cells for kind in ("exact", "streak"))
    assert [cell.value for cell in streak[:2]] == [cell.value for cell in exact[:2]]
    assert all(s.value <= e.value for s, e in zip(streak, exact, strict=True))
    assert [a.value >= b.value for a, b in pairwise(streak)] == [True] * (len(streak) - 1)


def test_cohort_revenue_adds_up_to_all_revenue(cdnow: History) -> None:
    for windows in ("calendar", "anniversary"):
        question = CohortQuestion(measure="revenue", windows=windows)
        assert round(sum(totals(cdnow, question)), 2) == 2_500_315.63


def test_the_second_order_curve(cdnow: History) -> None:
    curve = second_order(cdnow)
    by = {point.day: point.probability for point in curve.points}
    days = (30, 90, 180, 365, 450, 500)
    assert [round(by[day], 6) for day in days] == [0.174586, 0.292193, 0.374501, 0.458634, 0.480569, 0.488296]
    assert curve.n == 23570


def test_gaps_between_purchase_days(cdnow: History) -> None:
    gaps = gap_quantiles(cdnow, (0.5, 0.75, 0.9, 0.95))
    assert gaps.n == 44021
    assert round(gaps.mean or 0, 2) == 72.21
    assert [gap.days for gap in gaps.quantiles] == [34, 94, 200, 283]


@pytest.mark.parametrize(
    ("month", "expected"),
    [(date(1997, 7, 1), (2180, 0, 746, 1434, 1593)), (date(1998, 1, 1), (1537, 0, 512, 1025, 1352))],
)
def test_the_lifecycle_month_by_month(cdnow: History, month: date, expected: tuple[int, ...]) -> None:
    row = stages(cdnow, month, month + timedelta(days=31))[0]
    assert (row.active, row.new, row.returning, row.reactivated, row.dormant) == expected
    names = ("active", "new", "returning", "reactivated", "dormant")
    values = [compute(cdnow, f"{name}_customers", month, month + timedelta(days=1), "month") for name in names]
    assert tuple(answer.rows["value"][0].as_py() for answer in values) == expected


def test_what_is_in_the_file_is_in_the_numbers(cdnow: History) -> None:
    assert whole(cdnow, "orders") == 69_659
    assert whole(cdnow, "active_customers") == 23_570
    assert whole(cdnow, "new_customers") == 23_570
    assert round(whole(cdnow, "revenue"), 2) == 2_500_315.63
    days = cdnow.lake.read(glossary.purchase_days(cdnow).count().as_table())
    assert days.column(0).to_pylist() == [67_591]
