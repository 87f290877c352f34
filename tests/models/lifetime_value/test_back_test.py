"""Back-tests: intervals of totals that hold what then came, where the likelihood alone does not."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tenure.models import BetaGeoNBD, GammaGamma, ModelError, back_test, forecast_value, history_from_orders
from tenure.models.base import ModelWarning, UnusableInput


def cdnow_orders(shared_data: Path) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return customer, day and amount of the full cohort."""
    rows = pd.read_csv(shared_data / "cdnow" / "cdnow_master.csv.gz", parse_dates=["date"])
    return rows["customer_id"], (rows["date"] - pd.Timestamp("1997-01-01")).dt.days, rows["amount"]


def test_cdnow_total_is_outside_the_plain_interval_and_inside_the_widened_one(shared_data: Path) -> None:
    orders = cdnow_orders(shared_data)
    history = history_from_orders(*orders, 272)
    model, spend = BetaGeoNBD().fit(*history.orders()), GammaGamma().fit(history.frequency, history.monetary_value)
    later = orders[1] > 272
    came, paid = len(pd.DataFrame({"c": orders[0], "d": orders[1]})[later].drop_duplicates()), orders[2][later].sum()
    error = back_test(BetaGeoNBD, *orders, end=272, horizon=273)
    plain = forecast_value(model, spend, history, 273)
    wide = forecast_value(model, spend, history, 273, model_error=error)
    assert came > plain.total_orders.high
    assert paid > plain.total_value.high
    assert wide.total_orders.low < came < wide.total_orders.high
    assert wide.total_value.low < paid < wide.total_value.high
    assert np.mean(wide.high - wide.low) > np.mean(plain.high - plain.low)
    assert wide.total_value.expected == plain.total_value.expected


def test_a_forecast_that_comes_true_adds_nothing() -> None:
    # 400 customers who order every day of 80: the model is near enough, and 3 tests tell so
    customer, day = np.repeat(np.arange(400), 81), np.tile(np.arange(81.0), 400)
    with pytest.warns(ModelWarning):
        error = back_test(BetaGeoNBD, customer, day, np.full(len(day), 5.0), end=80, horizon=20)
    assert error.tests == 3
    assert error.orders < 0.02
    assert error.value < 0.02


def test_shops_that_never_sold_twice_miss_nothing_and_all_when_they_begin() -> None:
    customer, day = np.arange(50), np.linspace(0, 60, 50)
    with pytest.warns(ModelWarning):
        assert back_test(BetaGeoNBD, customer, day, np.ones(50), 60, 30).orders == pytest.approx(1.0, abs=0.7)


def test_student_reaches_further_for_few_tests() -> None:
    assert ModelError(0.1, 0.1, 3).reach(0.9) == pytest.approx(2.3534, abs=1e-4)
    assert ModelError(0.1, 0.1, 1000).reach(0.9) == pytest.approx(1.6464, abs=1e-4)


def test_orders_of_a_single_day_cannot_be_tested() -> None:
    with pytest.raises(UnusableInput):
        back_test(BetaGeoNBD, [1, 2], [5, 5], [1, 1], 5, 30)
