"""Every signal speaks of the one customer it is about, of nobody in the crowd, and in both languages."""

import re
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pytest

from tenure.app.wiring import Stores
from tenure.directory.workspace.service import TierCutoffs
from tenure.features import build
from tenure.risk.signals import compute
from tenure.risk.signals.catalog import CATALOG
from tenure.risk.signals.sight import Sight, Standing, look
from tenure.risk.tiers import tiers
from tenure.warehouse.history import History
from tests.features import make
from tests.risk.signals import shop

HAN = re.compile("[一-鿿]")
SENTENCES = {
    "overdue": "Usually buys every 8 days, silent for 25 days",
    "buying_less": "Bought on 1 day in the last 90",
    "visiting_less": "Came by on 1 day in four weeks",
    "shorter_visits": "Stays 0.3 minutes on a day with a visit, usually 5.0",
    "complaint": "Complained 2 times in 90 days, last 6 days ago",
    "service_breach": "Waited 72 hours for an answer",
    "low_score": "Scored 30% of the scale 4 days ago, 90% before",
    "negative_comment": "Wrote a negative comment 3 days ago",
    "return_spike": "Sent back 4 orders worth €80.00 in 30 days",
    "failed_payment": "Payment failed 5 days ago and is still open, 1 failure in 90 days",
    "renewal_unused": "Paid for another 8 days; came by on 0 days in four weeks",
    "trial_unused": "On trial for 10 days, logged in 1 time in a week",
    "unsubscribed": "Unsubscribed 19 days ago",
    "unanswered": "6 messages unopened",
    "best_unthanked": "not contacted by us for 100 days",
}


def seen(stores: Stores, history: History | None = None) -> Sight:
    """See everybody in the shop."""
    then = history or History(stores.lake, shop.NOW)
    everybody = build.customers(then, build.tables_with_rows(then)).order_by("customer_id")
    ids = stores.lake.read(everybody)["customer_id"].combine_chunks()
    nothing = np.full(len(ids), np.nan)
    first = look(then, Standing(ids, np.full(len(ids), None, dtype=object), nothing, nothing), 60.0)
    spent = first.number("spent_365", 0)
    tier = tiers(spent, TierCutoffs(0.02, 0.3)).to_numpy(zero_copy_only=False)
    return Sight(Standing(ids, tier, spent, nothing), first.columns, first.today, 60.0, first.tables)


@pytest.fixture(scope="module")
def told(stores: Stores) -> pa.Table:
    """What all signals tell of the shop."""
    shop.fill(stores.lake)
    sight = seen(stores)
    return compute.told(sight, compute.find(sight, compute.standard()), shop.NOW, "EUR")


def test_every_signal_is_tried_here() -> None:
    assert set(SENTENCES) == set(CATALOG)


@pytest.mark.parametrize("name", CATALOG)
def test_a_signal_speaks_of_its_customer_and_of_nobody_in_the_crowd(told: pa.Table, name: str) -> None:
    rows = [row for row in told.to_pylist() if row["signal"] == name and row["fresh"]]
    about = {row["customer_id"] for row in rows}
    assert name in about, about
    assert not about & set(shop.CROWD)
    (mine,) = (row for row in rows if row["customer_id"] == name)
    assert SENTENCES[name] in mine["en"]
    assert HAN.search(mine["zh"])
    assert not re.search("nan|None|{|}", mine["en"] + mine["zh"])
    assert mine["since"] <= shop.NOW


def test_words_of_every_signal_are_in_both_languages() -> None:
    for signal in CATALOG.values():
        for words in (signal.label, signal.meaning, signal.basis, signal.suggestion, signal.threshold.meaning):
            assert words.en
            assert HAN.search(words.zh), words.en


def test_a_signal_whose_table_is_empty_is_silent(fresh_stores: Stores) -> None:
    make.add_orders(fresh_stores.lake, [("a", shop.ago(day), 5.0) for day in (1, 9, 17)])
    sight = seen(fresh_stores)
    found = compute.find(sight, compute.standard())
    assert {name for name in found if "events" in CATALOG[name].reads or "tickets" in CATALOG[name].reads} == set()


def test_evidence_stays_the_same_while_the_occurrence_is_the_same(stores: Stores, told: pa.Table) -> None:
    sight = seen(stores, History(stores.lake, shop.NOW + timedelta(days=2)))
    later = compute.told(sight, compute.find(sight, compute.standard()), shop.NOW + timedelta(days=2), "EUR")
    evidence = {
        (row["customer_id"], row["signal"]): row["evidence"] for row in told.to_pylist() if row["evidence"] is not None
    }
    for row in later.to_pylist():
        before = evidence.get((row["customer_id"], row["signal"]))
        if row["customer_id"] == row["signal"] and before is not None:
            assert row["evidence"] == before, row["signal"]


def test_what_happens_or_is_recorded_later_changes_nothing(fresh_stores: Stores) -> None:
    shop.fill(fresh_stores.lake)
    then = shop.NOW - timedelta(days=1)
    made = make.RECORDED
    before = seen(fresh_stores, History(fresh_stores.lake, then, known_by=made + timedelta(days=1)))
    make.add(
        fresh_stores.lake,
        "feedback",
        {
            "feedback_id": ["late", "future"],
            "customer_id": [shop.CROWD[3], shop.CROWD[4]],
            "answered_at": shop.times([10, 0.5]),
            "kind": ["nps", "nps"],
            "score": pa.array([1.0, 1.0]),
            "recorded_at": pa.array([made + timedelta(days=2), made], pa.timestamp("us")),
        },
    )
    after = seen(fresh_stores, History(fresh_stores.lake, then, known_by=made + timedelta(days=1)))
    assert set(before.columns) == set(after.columns)
    for name, values in before.columns.items():
        np.testing.assert_array_equal(values, after.columns[name], err_msg=name)


def test_days_of_the_lake_are_those_the_simulations_count(stores: Stores, told: pa.Table) -> None:
    sight = seen(stores)
    place = sight.standing.customers.to_pylist().index("buying_less")
    assert told.num_rows
    assert sight.number("purchases")[place] == len([5, *range(95, 500, 5)])
    assert sight.number("gap_squares")[place] == pytest.approx(
        (90 - 0.5) ** 2 + (5 - 0.5) ** 2 * len(range(100, 500, 5))
    )
    assert (sight.number("bought_90")[place], sight.number("last_purchase")[place]) == (1, 5)
