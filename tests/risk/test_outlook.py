"""Orders and value to come are told by whichever model did better on earlier days of the shop, and it says so."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from tenure.app.wiring import Stores
from tenure.features import build
from tenure.features.build import FeatureTable
from tenure.models import forecast_value
from tenure.risk import outlook
from tenure.risk.ahead import Learned, ahead
from tenure.risk.contest import BTYD, FORECAST
from tenure.risk.outlook import Outlook
from tenure.risk.purchases import purchase_log_of, tomorrow
from tenure.warehouse.history import History
from tests.features import make
from tests.models.purchase_forecast.shop import OPENED, Log, Shop
from tests.risk import shops

BEFORE_PEAK = datetime(2021, 10, 1)  # the shop's season is highest in the middle of November


@dataclass(frozen=True)
class Seen:
    """A shop with a season as the product sees it on a day, and all it will ever sell."""

    history: History
    features: FeatureTable
    said: Outlook
    sold: Log


@pytest.fixture(scope="module")
def seen(stores: Stores) -> Seen:
    """Look at a shop of twenty-nine months from the day before its second high season."""
    sold = Shop(customers=1200).draw(seed=2)
    who, day, amount = sold
    make.add(
        stores.lake,
        "orders",
        pa.table(
            {
                "order_id": [f"o{number}" for number in range(len(who))],
                "customer_id": [f"c{number:05}" for number in who],
                "ordered_at": pa.array((day * 86_400 + 40_000).astype("datetime64[s]").astype("datetime64[us]")),
                "kind": np.where(amount < 0, "return", "sale"),
                "status": ["paid"] * len(who),
                "amount": amount,
            }
        ),
    )
    history = History(stores.lake, BEFORE_PEAK)
    features = build.read(replace(history, known_by=datetime.max))
    return Seen(history, features, outlook.expect(history, features, 0.96), sold)


def _came(sold: Log, first: int, days: int) -> int:
    """Count the purchase days of known customers within some days."""
    who, day, amount = sold
    inside = (amount >= 0) & (day >= first) & (day < first + days) & np.isin(who, who[(day < first) & (amount >= 0)])
    return len(np.unique(who[inside] * 100_000 + day[inside]))


def test_the_log_holds_the_purchase_days_that_features_count(seen: Seen) -> None:
    log = purchase_log_of(seen.history, seen.features.customers)
    counted = np.bincount(log.bought.customer, minlength=len(seen.features))
    assert np.array_equal(counted, np.nan_to_num(seen.features.columns["purchases"]))
    assert log.returned.amount.sum() > 0
    assert tomorrow(seen.history) == OPENED + (BEFORE_PEAK - datetime(2020, 1, 1)).days


def test_a_season_that_was_seen_last_year_is_foretold_where_bg_nbd_misses_it(seen: Seen) -> None:
    quarter = seen.said.contests[0]
    assert (quarter.horizon, quarter.answers, quarter.season_known) == (90, FORECAST, True)
    log, today = purchase_log_of(seen.history, seen.features.customers), tomorrow(seen.history)
    came = _came(seen.sold, today, 90)
    rows = np.flatnonzero(seen.features.columns["purchases"] > 0)
    bought = outlook.bought_by(seen.features, rows)
    plain = ahead(replace(quarter, answers=BTYD), log, today, (Learned.of(bought), bought, rows))
    ours, theirs = (total.expected / came - 1 for total in (seen.said.totals[90][0], plain.total_orders))
    assert abs(ours) < 0.12
    assert abs(theirs) > 2 * abs(ours)
    assert seen.said.totals[90][0].low <= came <= seen.said.totals[90][0].high


def test_the_contest_tells_everybodys_figures_with_recency_beside_them(seen: Seen) -> None:
    told = seen.said.contests[0].told()
    models = {row["model"]: row for row in told["models"]}  # type: ignore[attr-defined]  # JSON of the page
    assert list(models) == ["forecast", "bg_nbd", "pareto_nbd", "recency"]
    assert [name for name, row in models.items() if row["chosen"]] == ["forecast"]
    assert models["forecast"]["deviance"] < models["bg_nbd"]["deviance"] < models["recency"]["deviance"]
    assert len(told["days"]) == 2  # type: ignore[arg-type]
    assert seen.said.model(90) == "purchase_forecast"
    assert any("BG/NBD" in note.en and "BG/NBD" in note.zh for note in seen.said.notes)


def test_nobody_is_worth_less_in_a_year_than_in_a_quarter_of_it(seen: Seen) -> None:
    for part in (seen.said.orders, seen.said.value):
        assert np.all((part[365] >= part[90]) | np.isnan(part[90]))
    for days in outlook.HORIZONS:
        value = seen.said.value[days]
        assert np.nansum(value) == pytest.approx(seen.said.totals[days][1].expected)
        assert np.all((seen.said.low[days] <= value) & (value <= seen.said.high[days]) | np.isnan(value))


def test_where_bg_nbd_answers_its_totals_hold_what_it_missed_before(seen: Seen) -> None:
    log, today = purchase_log_of(seen.history, seen.features.customers), tomorrow(seen.history)
    rows = np.flatnonzero(seen.features.columns["purchases"] > 0)
    bought = outlook.bought_by(seen.features, rows)
    learned = Learned.of(bought)
    told = ahead(replace(seen.said.contests[0], answers=BTYD), log, today, (learned, bought, rows))
    sure = forecast_value(learned.orders, learned.spend, bought, 90.0)
    assert told.total_value.expected == pytest.approx(sure.total_value.expected)
    assert told.total_value.high - told.total_value.low > 2 * (sure.total_value.high - sure.total_value.low)


def test_a_history_of_less_than_a_year_says_that_it_knows_no_season(fresh_stores: Stores) -> None:
    end = shops.furnish(fresh_stores.lake, customers=200)
    history = History(fresh_stores.lake, end)
    said = outlook.expect(history, build.read(replace(history, known_by=datetime.max)), 1.0)
    assert not any(one.season_known for one in said.contests)
    assert any("no season yet" in note.en and "季节" in note.zh for note in said.notes)


def test_a_history_too_short_for_any_test_is_answered_by_bg_nbd_and_says_so(fresh_stores: Stores) -> None:
    begin = datetime(2025, 1, 1)
    bought = [(f"c{n}", begin + timedelta(days=n % 12, hours=9), 10.0 + n) for n in range(40)]
    make.add_orders(fresh_stores.lake, bought)
    history = History(fresh_stores.lake, begin + timedelta(days=14))
    said = outlook.expect(history, build.read(replace(history, known_by=datetime.max)), 1.0)
    assert [one.answers for one in said.contests] == [BTYD, BTYD]
    assert said.contests[0].told()["models"] == []
    assert any("untested" in note.en for note in said.notes)
    assert np.all(np.isfinite(said.value[365]))
