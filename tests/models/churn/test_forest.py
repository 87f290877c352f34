"""Trees as arrays say what LightGBM says, to the last digit, and share a score out as its TreeSHAP does."""

import lightgbm
import numpy as np
import pytest

from tenure.models.churn.forest import Trees
from tenure.models.churn.growing import SETTINGS


def gappy(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Numbers with and without gaps, some repeated, and an outcome that depends on pairs of them and on a gap."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(n, 8))
    rows[:, 3] = rows[:, 3].round()
    rows[:, 1:][rng.random((n, 7)) < 0.15] = np.nan
    odds = rows[:, 0] + np.nan_to_num(rows[:, 1] * rows[:, 2]) + np.isnan(rows[:, 4])
    return rows, (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(np.float64)


@pytest.mark.parametrize("leaves", [2, 5, 8, 9])
def test_scores_and_shares_are_those_of_lightgbm(leaves: int) -> None:
    rows, target = gappy(3000)
    booster = lightgbm.train({**SETTINGS, "num_leaves": leaves}, lightgbm.Dataset(rows, target), 20)
    asked, _ = gappy(300, seed=1)
    asked[:5, 0] = np.nan  # a gap where none was seen in fitting
    trees = Trees.read(booster.model_to_string())
    theirs = np.asarray(booster.predict(asked, pred_contrib=True))
    assert np.array_equal(trees.score(asked), booster.predict(asked, raw_score=True))
    assert np.abs(trees.shares(asked) - theirs[:, :-1]).max() < 1e-12
    assert trees.base == pytest.approx(theirs[0, -1], abs=1e-12)


def test_rows_that_nothing_tells_apart_grow_no_tree() -> None:
    booster = lightgbm.train({**SETTINGS}, lightgbm.Dataset(np.zeros((100, 2)), np.arange(100) % 2), 3)
    trees = Trees.read(booster.model_to_string())
    asked = np.array([[0.0, 5.0], [np.nan, 1.0]])
    assert np.array_equal(trees.score(asked), booster.predict(asked, raw_score=True))
    assert np.all(trees.shares(asked) == 0)
