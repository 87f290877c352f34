"""A steady model never tells a lower risk for a longer silence or one more complaint, and says so of everybody."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from tenure.app.wiring import Stores
from tenure.directory.workspace.service import ChurnDefinition
from tenure.features import build
from tenure.features.catalog import CATALOG
from tenure.models import store
from tenure.models.churn.classifier import ChurnBoosted, ChurnClassifier
from tenure.risk import definition
from tenure.risk.health.score import health
from tenure.risk.teaching import lessons as teaching
from tenure.risk.teaching import teacher
from tenure.risk.teaching.churn_model import STEADY, ChurnModel, fit
from tenure.risk.teaching.expected import REASSURES, WORRIES, expected
from tenure.warehouse.history import History
from tests.risk import shops

NOW = datetime(2026, 1, 1)
MORE = (0.0, 1.0, 7.0, 40.0, 300.0)


def _table(rows: int = 3_000) -> tuple[pd.DataFrame, np.ndarray]:
    """Return customers of whom, by chance of the data, long silences and many complaints seem to keep some."""
    rng = np.random.default_rng(8)
    silence, complaints = rng.gamma(1, 30, rows), rng.poisson(0.5, rows) * 1.0
    odds = -1 + np.sin(silence / 12) + 0.02 * silence - 0.4 * complaints + rng.normal(0, 0.2, rows)
    table = pd.DataFrame(
        {"days_since_purchase": silence, "complaints_180": complaints, "purchases": rng.poisson(4, rows)}
    )
    return table, rng.random(rows) < 1 / (1 + np.exp(-odds))


def _least_change(model: ChurnModel, table: pd.DataFrame, name: str) -> float:
    """Return by how much risk falls at worst when everybody has more of one number and all else stays."""
    told = [model.probability(table.assign(**{name: table[name].fillna(0.0) + more}), NOW) for more in MORE]
    return float(np.diff(np.stack(told), axis=0).min())


def test_more_of_what_worries_never_lowers_the_risk_of_a_steady_model_and_does_of_a_free_one() -> None:
    table, left = _table()
    names = tuple(table.columns)
    steady = ChurnModel(ChurnBoosted(monotone=expected(names)).fit(table, left), names)
    free = ChurnModel(ChurnBoosted().fit(table, left), names)
    for name in ("days_since_purchase", "complaints_180"):
        assert _least_change(steady, table, name) >= -1e-12
        assert _least_change(free, table, name) < -0.01


def test_only_rungs_that_can_promise_it_climb_and_a_kept_model_keeps_its_promise() -> None:
    table, left = _table(1_500)
    model = ChurnClassifier(monotone={"days_since_purchase": 1}).fit(table, left)
    assert set(model.weights_) == {"boosted"}
    again = store.load(store.dump(model))
    assert isinstance(again, ChurnClassifier)
    assert again.monotone == {"days_since_purchase": 1}
    assert (again.predict_proba(table) == model.predict_proba(table)).all()


def test_what_is_expected_is_named_as_the_catalog_names_it() -> None:
    assert {*WORRIES, *REASSURES} <= set(CATALOG)
    assert expected(["purchases", "complaints_180", "silence_chance"]) == {"complaints_180": 1, "silence_chance": -1}


@pytest.fixture(scope="module")
def course(stores: Stores) -> tuple[teacher.Course, History]:
    """A course in a shop whose customers have rhythms, and its history."""
    history = History(stores.lake, shops.furnish(stores.lake), "UTC")
    taught = teacher.teach(history, definition.leaving(history, ChurnDefinition(window_days=shops.WINDOW)))
    assert isinstance(taught, teacher.Course)
    return taught, history


def test_health_falls_in_the_mean_while_nothing_happens(course: tuple[teacher.Course, History]) -> None:
    taught, history = course
    leaving = definition.leaving(history, ChurnDefinition(window_days=shops.WINDOW))
    lessons = teaching.read(history, leaving, teaching.periods(history, leaving).instants)
    names = taught.rich.model.features
    model = fit(STEADY, lessons, names)
    for name in [name for name in WORRIES if name in names]:
        assert _least_change(model, lessons.table, name) >= -1e-12
    means = []
    for days in (0, 5, 10, 15, 20):  # the same customers, read later, with nothing new of them
        later = History(history.lake, history.as_of + timedelta(days=days), "UTC")
        features = build.read(later, [name for name in names if name in CATALOG])
        active = np.flatnonzero(features.columns["days_since_purchase"] - days < shops.WINDOW)
        means.append(float(health(model.probability(features.taken(names, active), history.as_of)).mean()))
    assert means == sorted(means, reverse=True)
    assert means[0] - means[-1] > 5
