"""Gradient-boosted trees (LightGBM): small, slow steps, their number chosen out of fold."""

from dataclasses import dataclass
from functools import cached_property

import lightgbm
import numpy as np

from tenure.models.base import Vector
from tenure.models.churn.practice import Matrix, Task, Trial, at_once

MOST_TREES = 400
PATIENCE = 30  # trees without gain in every fold end the practice
SETTINGS: dict[str, object] = {
    "objective": "binary",
    "learning_rate": 0.06,
    "num_leaves": 8,
    "min_data_in_leaf": 20,
    "lambda_l2": 5.0,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "max_bin": 127,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}


@dataclass(frozen=True, eq=False)
class Trees:
    """A sum of trees, kept as LightGBM's text."""

    text: str
    view = "trees"

    def score(self, rows: Matrix) -> Vector:
        """Return log-odds."""
        return np.asarray(self._booster.predict(rows, raw_score=True, num_threads=1), dtype=np.float64)

    def shares(self, rows: Matrix) -> Matrix:
        """Return the exact Shapley values of the trees (TreeSHAP, Lundberg and others 2020)."""
        return self._contributions(rows)[:, :-1]

    @cached_property
    def base(self) -> float:
        """The mean score over the rows learned from, as the trees count them."""
        return float(self._contributions(np.zeros((1, self._booster.num_feature())))[0, -1])

    def _contributions(self, rows: Matrix) -> Matrix:
        return np.asarray(self._booster.predict(rows, pred_contrib=True, num_threads=1), dtype=np.float64)

    @cached_property
    def _booster(self) -> lightgbm.Booster:
        return lightgbm.Booster(model_str=self.text)


def boosted_trial(task: Task) -> Trial:
    """Boost in every fold, and keep as many trees as do best over all folds together."""
    grown = at_once(lambda k: _grow(task, k), task.folds)
    shortest = min(len(curve) for _, curve in grown)
    weights = [task.held(k).sum() for k in range(task.folds)]
    rounds = 1 + int(np.argmin(np.average([curve[:shortest] for _, curve in grown], axis=0, weights=weights)))
    parts = [Trees(booster.model_to_string(num_iteration=rounds)) for booster, _ in grown]
    scores = np.empty(len(task.target))
    for k, part in enumerate(parts):
        scores[task.held(k)] = part.score(task.trees(k)[task.held(k)])
    return Trial(scores, parts, lambda: _finish(task, rounds))


def _grow(task: Task, k: int) -> tuple[lightgbm.Booster, list[float]]:
    rows, rest, held = task.trees(k), task.rest(k), task.held(k)
    train = lightgbm.Dataset(rows[rest], task.target[rest], params={**SETTINGS, "seed": task.seed})
    valid = lightgbm.Dataset(rows[held], task.target[held], reference=train)
    curve: dict[str, dict[str, list[float]]] = {}
    booster = lightgbm.train(
        {**SETTINGS, "seed": task.seed, "metric": "binary_logloss"},
        train,
        MOST_TREES,
        valid_sets=[valid],
        callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False), lightgbm.record_evaluation(curve)],
    )
    return booster, curve["valid_0"]["binary_logloss"]


def _finish(task: Task, rounds: int) -> Trees:
    train = lightgbm.Dataset(task.trees(None), task.target)
    return Trees(lightgbm.train({**SETTINGS, "seed": task.seed}, train, rounds).model_to_string())
