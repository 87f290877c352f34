"""Gradient-boosted trees (LightGBM): small, slow steps, their number chosen out of fold."""

import lightgbm
import numpy as np

from tenure.models.churn.forest import Trees
from tenure.models.churn.practice import Task, at_once

MOST_TREES = 400
PATIENCE = 20  # trees without gain in every fold end the practice
SETTINGS: dict[str, object] = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 8,  # five splits: thirty-two patterns
    "min_data_in_leaf": 20,
    "lambda_l2": 10.0,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "max_bin": 127,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}


def boosted_rung(task: Task, folds: int) -> list[Trees]:
    """Boost without each fold, and keep as many trees as do best on what is held out over all of them together."""
    grown = at_once(lambda k: _grow(task, k), range(folds))
    shortest = min(len(curve) for _, curve in grown)
    weights = [task.held(k).sum() for k in range(folds)]
    rounds = 1 + int(np.argmin(np.average([curve[:shortest] for _, curve in grown], axis=0, weights=weights)))
    return [Trees.read(booster.model_to_string(num_iteration=rounds)) for booster, _ in grown]


def _grow(task: Task, k: int) -> tuple[lightgbm.Booster, list[float]]:
    rows, rest, held = task.rows("trees", k), task.rest(k), task.held(k)
    train = lightgbm.Dataset(rows[rest], task.target[rest], params={**SETTINGS, "seed": task.seed})
    valid = lightgbm.Dataset(rows[held], task.target[held], reference=train)
    curve: dict[str, dict[str, list[float]]] = {}
    booster = lightgbm.train(
        {**SETTINGS, "seed": task.seed + k, "metric": "binary_logloss"},
        train,
        MOST_TREES,
        valid_sets=[valid],
        callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False), lightgbm.record_evaluation(curve)],
    )
    return booster, curve["valid_0"]["binary_logloss"]
