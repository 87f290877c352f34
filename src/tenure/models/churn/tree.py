"""One decision tree: rules a person can read, its size chosen out of fold."""

import lightgbm
import numpy as np

from tenure.models.base import Vector, expit, logit
from tenure.models.churn.boosted_trees import SETTINGS, Trees
from tenure.models.churn.practice import Matrix, Task, Trial, at_once
from tenure.models.evaluation import log_losses

SIZES = (4, 8, 16, 32)  # leaves
PULL = 2.0  # customers at the base rate that every leaf is mixed with
LEAST_IN_LEAF = 0.005  # of all rows
GROWING = {**SETTINGS, "learning_rate": 1.0, "lambda_l2": 0.0, "feature_fraction": 1.0, "bagging_freq": 0}


def tree_trial(task: Task) -> Trial:
    """Grow a tree of every size in every fold, and keep the size that does best out of fold."""
    grown = at_once(lambda k: _of_all_sizes(task.trees(k)[task.rest(k)], task.target[task.rest(k)]), task.folds)
    scores = np.empty((len(SIZES), len(task.target)))
    for k, parts in enumerate(grown):
        held = task.trees(k)[task.held(k)]
        scores[:, task.held(k)] = [part.score(held) for part in parts]
    best = int(np.argmin([log_losses(task.target, expit(score)).mean() for score in scores]))
    return Trial(
        scores[best], [parts[best] for parts in grown], lambda: _grow(task.trees(None), task.target, SIZES[best])
    )


def _of_all_sizes(rows: Matrix, target: Vector) -> list[Trees]:
    return [_grow(rows, target, size) for size in SIZES]


def _grow(rows: Matrix, target: Vector, leaves: int) -> Trees:
    """Grow one tree, then give each leaf the log-odds of its own customers instead of a single step towards them."""
    least = max(int(LEAST_IN_LEAF * len(rows)), 5)
    settings = {**GROWING, "num_leaves": leaves, "min_data_in_leaf": least}
    booster = lightgbm.train(settings, lightgbm.Dataset(rows, target), 1)
    leaf = np.asarray(booster.predict(rows, pred_leaf=True), dtype=np.int64).reshape(len(rows))
    rate = (target.sum() + 0.5) / (len(target) + 1)
    customers, leavers = np.bincount(leaf), np.bincount(leaf, target)
    for number, value in enumerate(logit((leavers + PULL * rate) / (customers + PULL))):
        booster.set_leaf_output(0, number, float(value))
    return Trees(booster.model_to_string())
