"""A model in use is judged by outcomes that have matured, and called worse only when its back-test does not explain it."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from tenure.models.churn.logistic import ChurnLogistic
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.exam import Json, examine
from tenure.risk.teaching.judgement import judge, most_expected, next_judgement
from tenure.risk.teaching.lessons import Lessons

NOW = datetime(2026, 3, 1)
WINDOW = timedelta(days=30)


def _period(seed: int, slope: float = 1.5, rows: int = 2_000) -> Lessons:
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 1, rows)
    return Lessons(pd.DataFrame({"x": x}), rng.random(rows) < expit(slope * x - 1), np.zeros(rows, dtype=int), (NOW,))


@pytest.fixture(scope="module")
def taught() -> tuple[ChurnModel, Json]:
    """A model with a back-test of six periods like the one it was taught with."""
    first = _period(1)
    model = ChurnModel(ChurnLogistic().fit(first.table, first.churned.astype(int)), ("x",))
    series = []
    for seed in range(2, 8):
        period = _period(seed)
        told = examine(period.churned, model.probability(period.table, NOW)).told()
        series.append({"log_loss": told["log_loss"], "base_rate": told["base_rate"]})
    return model, {"back_test": series, "exam": told}


def test_a_period_like_those_before_is_as_expected(taught: tuple[ChurnModel, Json]) -> None:
    found = [judge(taught[0], _period(seed), taught[1], NOW + WINDOW) for seed in range(20, 40)]
    assert sum(bool(one and one["worse_than_expected"]) for one in found) <= 3


def test_a_period_that_follows_other_rules_is_worse(taught: tuple[ChurnModel, Json]) -> None:
    found = judge(taught[0], _period(50, slope=0.3), taught[1], NOW + WINDOW)
    assert found is not None
    assert found["worse_than_expected"]


def test_without_a_back_test_the_exam_tells_what_to_expect(taught: tuple[ChurnModel, Json]) -> None:
    alone = {"exam": taught[1]["exam"]}
    found = judge(taught[0], _period(50, slope=0.0), alone, NOW + WINDOW)
    assert found is not None
    assert found["worse_than_expected"]
    assert most_expected({}) == float("inf")


def test_nothing_is_judged_before_its_window_has_passed_nor_twice_a_week() -> None:
    assert next_judgement(NOW, WINDOW, []) == NOW + WINDOW
    assert next_judgement(NOW, WINDOW, [{"at": "2026-03-10T00:00:00+00:00"}]) == datetime(2026, 3, 17) + WINDOW


def test_too_few_leavers_tell_nothing(taught: tuple[ChurnModel, Json]) -> None:
    assert judge(taught[0], _period(3, rows=40), taught[1], NOW) is None
