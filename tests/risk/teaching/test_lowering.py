"""What would lower a risk is what the model says when asked again."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from tenure.models.churn.logistic import ChurnLogistic
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.lowering import lowered, typical

NOW = datetime(2026, 1, 1)


@pytest.fixture(scope="module")
def model() -> tuple[ChurnModel, pd.DataFrame]:
    """A model that has learned that visits keep and open tickets drive away."""
    rng = np.random.default_rng(2)
    table = pd.DataFrame(
        {"visit_days_30": rng.poisson(5, 2_000) * 1.0, "open_tickets": rng.poisson(0.4, 2_000) * 1.0, "purchases": 3.0}
    )
    odds = -0.5 - 0.3 * table["visit_days_30"] + 1.2 * table["open_tickets"]
    left = rng.random(2_000) < 1 / (1 + np.exp(-odds))
    names = ("visit_days_30", "open_tickets")
    return ChurnModel(ChurnLogistic().fit(table[list(names)], left.astype(int)), names), table


def test_each_row_is_asked_again_with_one_story_at_its_usual_level(model: tuple[ChurnModel, pd.DataFrame]) -> None:
    fitted, table = model
    usual = typical(table)
    found = {one.factor.name: one.change for one in lowered(fitted, table, dict(usual), NOW)}
    assert set(found) == {"visits", "tickets"}
    by_hand = fitted.probability(table.assign(open_tickets=0.0), NOW) - fitted.probability(table, NOW)
    assert usual["open_tickets"] == 0
    assert np.abs(found["tickets"] - by_hand).max() < 1e-12
    assert (found["tickets"][table["open_tickets"] > 1] < -0.01).all()
    assert (found["visits"][table["visit_days_30"] == usual["visit_days_30"]] == 0).all()


def test_words_have_a_usual_value_too_and_what_nobody_has_stays() -> None:
    usual = typical(
        pd.DataFrame({"plan": ["a", "b", "b", None], "empty": [np.nan] * 4, "spend": [1.0, 2.0, 9.0, np.nan]})
    )
    assert usual == {"plan": "b", "empty": None, "spend": 2.0}
