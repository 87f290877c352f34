"""Judged on earlier days: the figures are right, nothing is asked that has not happened, CDNOW is beaten."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tenure.models import purchase_log, rolling_origin
from tenure.models.base import UnusableInput
from tenure.models.purchase_forecast.judge import compare
from tenure.models.purchase_forecast.plain import Answer
from tenure.models.purchase_forecast.purchase_log import Outcome, PurchaseLog

PLAIN = ("recency", "bg_nbd", "pareto_nbd")


@pytest.fixture(scope="module")
def cdnow(shared_data: Path) -> PurchaseLog:
    """The one-in-ten sample of CDNOW."""
    rows = pd.read_csv(shared_data / "cdnow" / "cdnow_sample.csv.gz", parse_dates=["date"])
    return purchase_log(rows["customer_id"], rows["date"], rows["amount"])


def test_cdnow_of_the_next_39_weeks_is_ranked_better_than_published(cdnow: PurchaseLog) -> None:
    judged = rolling_origin(cdnow, ["1997-10-01"], horizon=273)
    (ours,), (pareto,), (bg,) = (judged.of(name) for name in ("forecast", "pareto_nbd", "bg_nbd"))
    assert pareto.auc_by_orders == pytest.approx(0.7787, abs=2e-4)
    assert bg.auc_by_orders == pytest.approx(0.7725, abs=2e-4)
    assert bg.total_error == pytest.approx(-0.121, abs=1e-3)
    assert ours.auc > 0.7787
    assert all(ours.rmse < judged.mean(name, "rmse") for name in PLAIN)
    assert abs(ours.total_error) < abs(pareto.total_error)


def test_cdnow_of_the_next_13_weeks_is_beaten_on_average(cdnow: PurchaseLog) -> None:
    judged = rolling_origin(cdnow, ["1997-10-01", "1997-12-31", "1998-04-01"], horizon=91)
    for name in PLAIN:
        assert judged.mean("forecast", "auc") > judged.mean(name, "auc")
        assert judged.mean("forecast", "rmse") < judged.mean(name, "rmse")
        assert judged.mean("forecast", "rmse_value") < judged.mean(name, "rmse_value")
    assert all(row.total_covered for row in judged.of("forecast"))
    assert judged.mean("forecast", "covered") > 0.9
    assert judged.table().num_rows == 12


def test_a_horizon_that_reaches_into_the_unknown_is_refused(cdnow: PurchaseLog) -> None:
    with pytest.raises(UnusableInput):
        rolling_origin(cdnow, ["1998-04-02"], horizon=91)


def test_figures_are_what_they_say() -> None:
    said = Answer(np.array([1.0, 3.0, 1.0]), np.array([0.2, 0.9, 0.4]), np.array([10.0, 20.0, 20.0]))
    row = compare("any", (5, 30), said, Outcome(np.array([0.0, 2.0, 2.0]), np.array([0.0, 25.0, 15.0])))
    assert (row.origin, row.horizon, row.customers) == (5, 30, 3)
    assert row.auc == 1.0
    assert row.auc_by_orders == 0.75
    assert row.rmse == pytest.approx(1.0)
    assert row.total_error == pytest.approx(0.25)
    assert row.total_error_value == pytest.approx(0.25)
    assert row.deviance == pytest.approx(2 / 3 * (1 + 2 * np.log(2 / 3) + 1 + 2 * np.log(2) - 1))
