"""A model's word, season and calibration included, is exactly the sum of its parts."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from tenure.models.churn.calibration import Calibration
from tenure.models.churn.logistic import ChurnLogistic
from tenure.risk.teaching.boldness import Boldness
from tenure.risk.teaching.churn_model import ChurnModel, informative
from tenure.risk.teaching.season import Season

MOMENT = datetime(2026, 3, 1)
SEASON = Season((MOMENT - timedelta(days=365),), (0.3,))
CALIBRATIONS = (
    Calibration("none"),
    Calibration("platt", slope=0.6, intercept=-0.4),
    Calibration("isotonic", scores=(-3.0, -1.0, 0.0, 2.0), log_odds=(-2.5, -1.2, -1.1, 1.5)),
)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rng = np.random.default_rng(6)
    return pd.DataFrame(
        {"days": rng.gamma(1, 30, 400), "spend": rng.lognormal(3, 1, 400), "city": rng.choice(list("abc"), 400)}
    )


@pytest.mark.parametrize("calibration", CALIBRATIONS, ids=lambda kind: kind.method)
@pytest.mark.parametrize("season", [Season(), SEASON], ids=["no season", "season"])
@pytest.mark.parametrize("boldness", [Boldness(), Boldness(1.2, -0.8)], ids=["as it is", "bolder"])
def test_base_and_shares_add_up_to_the_log_odds(
    table: pd.DataFrame, calibration: Calibration, season: Season, boldness: Boldness
) -> None:
    left = np.random.default_rng(7).random(400) < 1 / (1 + np.exp(2 - table["days"] / 30))
    fitted = ChurnLogistic().fit(table, left.astype(int))
    fitted.calibration_ = calibration
    model = ChurnModel(fitted, tuple(table.columns), season, boldness)
    base, shares = model.explain(table, MOMENT)
    assert np.abs(base + shares.sum(axis=1) - model.log_odds(table, MOMENT)).max() < 1e-9
    low, high = model.interval(table, MOMENT)
    chance = model.probability(table, MOMENT)
    assert ((low <= chance + 1e-12) & (chance <= high + 1e-12)).all()
    raw = fitted.explain(table).to_numpy()
    assert (np.sign(shares) * np.sign(raw) >= 0).all()


def test_a_column_that_is_the_same_for_all_who_have_it_teaches_nothing() -> None:
    table = pd.DataFrame({"a": [1.0, np.nan, 1.0], "b": [1.0, 2.0, np.nan], "c": ["x", None, "y"], "d": [None] * 3})
    assert informative(table, ("a", "b", "c", "d")) == ("b", "c")
