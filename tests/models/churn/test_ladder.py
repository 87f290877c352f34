"""The ladder: exact reasons whatever was mixed, and tables as they come."""

import numpy as np
import pandas as pd
import pytest

from tenure.models import ChurnBoosted, ChurnClassifier, ChurnNeural, ChurnTree
from tenure.models.churn.ladder import Ladder
from tenure.models.exam import made_up_table

RUNGS = (ChurnTree, ChurnBoosted, ChurnNeural, ChurnClassifier)


def mixed_table(n: int, seed: int = 3) -> tuple[pd.DataFrame, np.ndarray]:
    """A made-up table with dates and text of many levels besides."""
    table, outcome = made_up_table(n, seed)
    rng = np.random.default_rng(seed)
    town = rng.integers(0, 60, n)
    joined = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 900, n), unit="D")
    outcome = outcome ^ (rng.random(n) < 0.3 * (town % 3 == 0))
    return table.assign(town=np.char.add("town ", town.astype(str)), joined=joined), outcome


@pytest.fixture(scope="module", params=RUNGS)
def fitted(request: pytest.FixtureRequest) -> Ladder:
    return request.param().fit(*mixed_table(1500))


def test_reasons_add_up_to_the_score(fitted: Ladder) -> None:
    table, _ = mixed_table(400, seed=4)
    total = fitted.explain(table).sum(axis=1) + fitted.intercept_
    assert np.abs(total - fitted.decision_function(table)).max() < 1e-6


def test_the_order_of_columns_and_unknown_ones_change_nothing(fitted: Ladder) -> None:
    table, _ = mixed_table(50, seed=4)
    turned = table[list(reversed(table.columns))].assign(extra="new")
    assert np.array_equal(fitted.predict_proba(turned), fitted.predict_proba(table))
