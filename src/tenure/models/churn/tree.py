"""One decision tree: rules a person can read, its size chosen out of fold."""

from dataclasses import replace

import numpy as np

from tenure.models.base import Vector, expit, logit
from tenure.models.churn.forest import Trees
from tenure.models.churn.growing import grow
from tenure.models.churn.practice import Matrix, Task
from tenure.models.evaluation import log_losses

SIZES = (3, 5, 8)  # leaves: more than eight are no rules to remember
PULL = 2.0  # customers at the base rate that every leaf is mixed with
LEAST_IN_LEAF = 0.005  # of all rows
GROWING: dict[str, object] = {"learning_rate": 1.0, "lambda_l2": 0.0, "feature_fraction": 1.0, "bagging_freq": 0}


def tree_rung(task: Task, folds: int) -> list[Trees]:
    """Grow a tree of every size without each fold, and keep the size that does best on what is held out."""
    rows = [(task.rows("trees", k)[task.rest(k)], task.target[task.rest(k)]) for k in range(folds)]
    grown = [[_grow(*some, size) for size in SIZES] for some in rows]
    held = np.isin(task.fold, np.arange(folds))
    losses = []
    for i in range(len(SIZES)):
        scores = task.scores([parts[i] for parts in grown])[held]
        losses.append(log_losses(task.target[held], expit(scores)).mean())
    return [parts[int(np.argmin(losses))] for parts in grown]


def _grow(rows: Matrix, target: Vector, leaves: int) -> Trees:
    """Grow one tree, then give each leaf the log-odds of its own customers instead of a single step towards them."""
    least = max(int(LEAST_IN_LEAF * len(rows)), 5)
    settings = {**GROWING, "num_leaves": leaves, "min_data_in_leaf": least}
    tree, _ = grow(rows, target, settings, 1)
    leaf, count = tree.leaves(rows)[:, 0], tree.value.shape[1]
    customers, leavers = np.bincount(leaf, minlength=count), np.bincount(leaf, target, count)
    rate = (target.sum() + 0.5) / (len(target) + 1)
    value = logit((leavers + PULL * rate) / (customers + PULL))
    return replace(tree, value=value[None], cover=np.maximum(customers, 1e-9)[None].astype(np.float64))
