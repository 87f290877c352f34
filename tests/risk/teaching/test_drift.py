"""Drift is seen where customers changed, and not where only chance is at work."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from tenure.models.churn.logistic import ChurnLogistic
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.drift import Population, drift, reference
from tenure.risk.teaching.exam import Json
from tenure.risk.teaching.lessons import Lessons

NOW = datetime(2026, 1, 1)


def _customers(n: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    days = np.where(rng.random(n) < 0.1, np.nan, rng.gamma(2, 20, n))
    return pd.DataFrame(
        {"days_since_purchase": days, "city": rng.choice(np.array(["a", "b", "c", None], dtype=object), n)}
    )


@pytest.fixture(scope="module")
def taught() -> tuple[ChurnModel, Json]:
    table = _customers(3_000, 1)
    left = np.random.default_rng(2).random(3_000) < 0.1 + 0.4 * (table["days_since_purchase"].to_numpy() > 50)
    model = ChurnModel(ChurnLogistic().fit(table, left.astype(int)), tuple(table.columns))
    return model, reference(model, Lessons(table, left, np.zeros(3_000, dtype=int), (NOW,)))


def levels(taught: tuple[ChurnModel, Json], table: pd.DataFrame) -> dict[str, str]:
    """Return the level of every feature and of the scores."""
    model, known = taught
    found = drift(known, Population(table, model.probability(table, NOW)), NOW)
    assert found is not None
    assert isinstance(found["features"], list)
    assert isinstance(found["scores"], dict)
    return {shift["feature"]: shift["level"] for shift in [*found["features"], found["scores"]]}


@pytest.mark.parametrize("customers", [60, 400, 20_000])
def test_other_customers_of_the_same_kind_are_steady_however_many(
    taught: tuple[ChurnModel, Json], customers: int
) -> None:
    found = [levels(taught, _customers(customers, seed)) for seed in range(10, 20)]
    assert sum(level != "steady" for one in found for level in one.values()) <= 1


def test_longer_silences_another_town_and_missing_values_are_seen(taught: tuple[ChurnModel, Json]) -> None:
    table = _customers(2_000, 5)
    assert levels(taught, table.assign(days_since_purchase=table["days_since_purchase"] * 2)) == {
        "days_since_purchase": "changed", "city": "steady", "churn_risk": "changed",
    }  # fmt: skip
    assert levels(taught, table.assign(city="elsewhere"))["city"] == "changed"
    assert levels(taught, table.assign(days_since_purchase=np.nan))["days_since_purchase"] == "changed"


def test_a_card_without_reference_and_a_shop_without_customers_tell_no_drift(taught: tuple[ChurnModel, Json]) -> None:
    empty = Population(_customers(0, 1), np.empty(0))
    assert drift({}, Population(_customers(5, 1), np.full(5, 0.1)), NOW) is None
    assert drift(taught[1], empty, NOW) is None
