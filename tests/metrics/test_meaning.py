"""What counts and what does not: time zones, returns, anonymous sales, merged customers, the future."""

from datetime import date, datetime

import pytest

from tenure.app.wiring import Stores
from tenure.metrics.cohorts import CohortQuestion, cohort_table
from tenure.metrics.compute import compute
from tenure.metrics.survival import second_order
from tenure.warehouse.history import History
from tests.metrics import make

JANUARY = date(2026, 1, 1), date(2026, 2, 1)
LATER = datetime(2026, 6, 1)


def value(history: History, name: str, start: date = JANUARY[0], end: date = JANUARY[1]) -> float | None:
    """The only value of a window."""
    return compute(history, name, start, end).rows["value"][0].as_py()


def test_a_day_begins_in_the_time_zone_of_the_workspace(fresh_stores: Stores) -> None:
    make.fill(fresh_stores.lake, "orders", [{"customer_id": "ann", "ordered_at": datetime(2025, 12, 31, 16, 30)}])
    assert value(History(fresh_stores.lake, LATER, "UTC"), "orders") == 0
    assert value(History(fresh_stores.lake, LATER, "Asia/Shanghai"), "orders") == 1
    shanghai = cohort_table(History(fresh_stores.lake, LATER, "Asia/Shanghai"), CohortQuestion()).cohorts[0]
    assert shanghai.start == date(2026, 1, 1)


def test_summer_time_moves_the_edge_of_a_day(fresh_stores: Stores) -> None:
    make.fill(
        fresh_stores.lake,
        "orders",
        [{"customer_id": "ann", "ordered_at": datetime(2026, month, day, 22, 30)} for month, day in ((1, 31), (6, 30))],
    )
    history = History(fresh_stores.lake, datetime(2026, 9, 1), "Europe/Berlin")
    assert value(history, "orders", date(2026, 2, 1), date(2026, 3, 1)) == 0
    assert value(history, "orders", date(2026, 7, 1), date(2026, 8, 1)) == 1
    assert value(history, "active_customers", date(2026, 7, 1), date(2026, 8, 1)) == 1


def test_returns_lower_revenue_and_are_no_purchases(fresh_stores: Stores) -> None:
    orders: list[dict[str, object]] = [
        {"customer_id": "ann", "ordered_at": datetime(2026, 1, 5), "amount": "100"},
        {"customer_id": "ann", "ordered_at": datetime(2026, 1, 9), "amount": "-30", "kind": "return"},
        {"customer_id": "bob", "ordered_at": datetime(2026, 1, 9), "amount": "70", "status": "cancelled"},
        {"customer_id": "bob", "ordered_at": datetime(2026, 1, 9), "amount": "-11", "kind": "adjustment"},
        {"customer_id": None, "ordered_at": datetime(2026, 1, 9), "amount": "50"},
        {"customer_id": None, "ordered_at": datetime(2026, 1, 9), "amount": "50"},
    ]
    make.fill(fresh_stores.lake, "orders", orders)
    history = History(fresh_stores.lake, LATER)
    names = ("revenue", "orders", "active_customers", "repeat_purchase_rate", "revenue_per_customer")
    assert [value(history, name) for name in names] == [170, 3, 1, 0, 70]
    assert value(history, "average_order_value") == pytest.approx(200 / 3)
    assert value(history, "return_share") == pytest.approx(0.15)
    assert compute(history, "revenue", *JANUARY).rows["n"].to_pylist() == [3]


def test_merged_customers_are_one(fresh_stores: Stores) -> None:
    orders = [{"customer_id": who, "ordered_at": datetime(2026, 1, day)} for who, day in (("ann", 3), ("anne", 8))]
    make.fill(fresh_stores.lake, "orders", orders)
    make.fill(
        fresh_stores.lake,
        "customers",
        [{"customer_id": "ann", "country": "CN"}, {"customer_id": "anne", "country": "DE"}],
    )
    history = History(fresh_stores.lake, LATER)
    assert (value(history, "active_customers"), value(history, "repeat_purchase_rate")) == (2, 0)
    make.fill(
        fresh_stores.lake,
        "customer_links",
        [{"customer_id": "anne", "canonical_id": "ann", "linked_at": datetime(2026, 2, 1)}],
    )
    merged = History(fresh_stores.lake, LATER)
    assert (value(merged, "active_customers"), value(merged, "repeat_purchase_rate")) == (1, 1)
    assert compute(merged, "active_customers", *JANUARY, by="country").rows["segment"].to_pylist() == ["CN"]


def test_the_future_changes_nothing_already_known(fresh_stores: Stores) -> None:
    make.fill(fresh_stores.lake, "orders", [{"customer_id": "ann", "ordered_at": datetime(2026, 1, 3)}])
    past = History(fresh_stores.lake, datetime(2026, 1, 20))
    before = [value(past, name) for name in ("active_customers", "repeat_rate_ever", "revenue")]
    make.fill(
        fresh_stores.lake,
        "orders",
        [{"customer_id": "ann", "order_id": "x", "ordered_at": datetime(2026, 1, 25)}],
    )
    assert [value(past, name) for name in ("active_customers", "repeat_rate_ever", "revenue")] == before
    assert value(History(fresh_stores.lake, LATER), "repeat_rate_ever") == 1


def test_young_cohorts_are_marked_and_out_of_the_means(fresh_stores: Stores) -> None:
    orders = [("ann", 1, 5), ("bob", 1, 6), ("ann", 2, 5), ("cy", 2, 6), ("cy", 3, 2), ("dan", 3, 3)]
    make.fill(
        fresh_stores.lake, "orders", [{"customer_id": w, "ordered_at": datetime(2026, m, d)} for w, m, d in orders]
    )
    table = cohort_table(History(fresh_stores.lake, datetime(2026, 3, 15)), CohortQuestion())
    assert [[(cell.value, cell.mature) for cell in cohort.cells] for cohort in table.cohorts] == [
        [(2, True), (1, True), (0, False)],
        [(1, True), (1, False)],
        [(1, False)],
    ]
    assert [(mean.simple, mean.n) for mean in table.means] == [(1.0, 2), (0.5, 1), (None, 0)]
    anniversaries = cohort_table(
        History(fresh_stores.lake, datetime(2026, 3, 15)), CohortQuestion(windows="anniversary")
    )
    assert [cell.mature for cell in anniversaries.cohorts[0].cells] == [True, False, False]


def test_a_period_that_is_not_over_is_not_mature(fresh_stores: Stores) -> None:
    make.fill(fresh_stores.lake, "orders", [{"customer_id": "ann", "ordered_at": datetime(2026, 1, 3)}])
    history = History(fresh_stores.lake, datetime(2026, 1, 20))
    answer = compute(history, "orders", date(2025, 12, 1), date(2026, 2, 1), "month")
    assert answer.rows["mature"].to_pylist() == [True, False]
    assert answer.notes
    within = compute(History(fresh_stores.lake, datetime(2026, 3, 1)), "repeat_rate_within", *JANUARY)
    assert (within.rows["mature"].to_pylist(), within.rows["n"].to_pylist()) == ([False], [0])


def test_the_second_order_curve_of_three_customers(fresh_stores: Stores) -> None:
    orders = [("ann", 1), ("ann", 11), ("bob", 1), ("cy", 11)]
    make.fill(fresh_stores.lake, "orders", [{"customer_id": w, "ordered_at": datetime(2026, 1, d)} for w, d in orders])
    curve = second_order(History(fresh_stores.lake, datetime(2026, 1, 17)))
    assert [(p.day, round(p.probability, 4), p.at_risk) for p in curve.points] == [(0, 0, 3), (10, 0.5, 2)]


def test_scores_of_customers_cut_and_are_averaged(fresh_stores: Stores) -> None:
    make.fill(
        fresh_stores.lake, "orders", [{"customer_id": w, "ordered_at": datetime(2026, 1, 3)} for w in ("ann", "bob")]
    )
    old, new = datetime(2026, 1, 10), datetime(2026, 1, 20)
    scores = [("ann", old, "A", 500.0), ("ann", new, "B", 100.0), ("bob", new, "A", 300.0)]
    make.fill(
        fresh_stores.lake,
        "scores",
        [
            {"score_id": f"{w}{t}{name}", "customer_id": w, "as_of": t, "name": name, "label": label, "value": v}
            for w, t, label, v in scores
            for name in ("tier", "value_365")
        ],
    )
    history = History(fresh_stores.lake, LATER)
    rows = compute(history, "active_customers", *JANUARY, by="tier").rows
    assert sorted(zip(rows["segment"].to_pylist(), rows["value"].to_pylist(), strict=True)) == [("A", 1), ("B", 1)]
    assert value(history, "predicted_value_365") == 200


@pytest.mark.parametrize(
    ("name", "kind", "scores", "expected"),
    [
        ("nps", "nps", [10, 9, 7, 8, 6, 0], 0.0),
        ("csat", "csat", [5, 4, 3, 1], 0.5),
        ("ces", "ces", [7, 5], 6.0),
        ("review_score", "review", [5, 2], 3.5),
    ],
)
def test_what_customers_say_in_numbers(
    fresh_stores: Stores, name: str, kind: str, scores: list[int], expected: float
) -> None:
    rows = [
        {"customer_id": "ann", "answered_at": datetime(2026, 1, 3), "kind": kind, "score": float(s)} for s in scores
    ]
    make.fill(fresh_stores.lake, "feedback", rows)
    assert value(History(fresh_stores.lake, LATER), name) == pytest.approx(expected)


def test_customers_of_a_channel_are_retained_in_the_channel(fresh_stores: Stores) -> None:
    orders = [("ann", 1, "web"), ("ann", 2, "shop"), ("bob", 1, "web"), ("bob", 2, "web")]
    make.fill(
        fresh_stores.lake,
        "orders",
        [{"customer_id": w, "ordered_at": datetime(2026, m, 3), "channel": c} for w, m, c in orders],
    )
    rows = compute(
        History(fresh_stores.lake, LATER),
        "returning_customers",
        date(2026, 2, 1),
        date(2026, 3, 1),
        "month",
        by="orders.channel",
    ).rows
    assert sorted(zip(rows["segment"].to_pylist(), rows["value"].to_pylist(), strict=True)) == [("shop", 0), ("web", 1)]


def test_on_or_after_looks_beyond_the_last_column(fresh_stores: Stores) -> None:
    days = [datetime(2026, 1, 3), datetime(2026, 5, 20)]
    make.fill(fresh_stores.lake, "orders", [{"customer_id": "ann", "ordered_at": day} for day in days])
    question = CohortQuestion(kind="on_or_after", windows="anniversary", grain="day")
    cells = cohort_table(History(fresh_stores.lake, LATER), question).cohorts[0].cells
    assert (len(cells), {cell.value for cell in cells}) == (91, {1})


def test_cohorts_of_one_segment(fresh_stores: Stores) -> None:
    make.fill(
        fresh_stores.lake,
        "orders",
        [
            {"customer_id": who, "ordered_at": datetime(2026, month, 3), "amount": amount}
            for who, month, amount in (("ann", 1, "10"), ("ann", 2, "40"), ("bob", 1, "30"))
        ],
    )
    make.fill(fresh_stores.lake, "customers", [{"customer_id": "ann", "country": "CN"}])
    history = History(fresh_stores.lake, LATER)
    chinese = cohort_table(history, CohortQuestion(by="country", segment="CN")).cohorts[0]
    assert (chinese.size, [cell.value for cell in chinese.cells]) == (1, [1, 1])
    unknown = cohort_table(history, CohortQuestion(by="country", segment="unknown", measure="revenue")).cohorts[0]
    assert [(cell.value, cell.rate) for cell in unknown.cells] == [(30, 1), (0, 0)]
    everybody = cohort_table(history, CohortQuestion(measure="revenue")).cohorts[0]
    assert [(cell.value, cell.rate) for cell in everybody.cells] == [(40, 1), (40, 1)]
