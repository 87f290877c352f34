"""Gradient-boosted trees (LightGBM): small, slow steps, their number chosen out of fold."""

import numpy as np

from tenure.models.base import Vector
from tenure.models.churn.forest import Trees
from tenure.models.churn.growing import Held, grow
from tenure.models.churn.practice import Task

MOST_TREES = 400
PATIENCE = 20  # trees without gain end the practice of a fold


def boosted_rung(task: Task, folds: int) -> list[Trees]:
    """Boost without each fold, and keep as many trees as do best on what is held out over all of them together."""
    grown = [_grow(task, k) for k in range(folds)]
    shortest = min(len(curve) for _, curve in grown)
    weights = [task.held(k).sum() for k in range(folds)]
    rounds = 1 + int(np.argmin(np.average([curve[:shortest] for _, curve in grown], axis=0, weights=weights)))
    return [trees.first(rounds) for trees, _ in grown]


def _grow(task: Task, k: int) -> tuple[Trees, Vector]:
    rows, rest, held = task.rows("trees", k), task.rest(k), task.held(k)
    watched = Held(rows[held], task.target[held], PATIENCE)
    settings: dict[str, object] = {"seed": task.seed + k}
    if any(task.rising):
        settings |= {"monotone_constraints": list(task.rising), "monotone_constraints_method": "intermediate"}
    return grow(rows[rest], task.target[rest], settings, MOST_TREES, watched)
