"""The one place that lets LightGBM grow trees, one forest at a time."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np

from tenure.models.base import Vector
from tenure.models.churn.forest import Trees
from tenure.models.churn.practice import Matrix

SETTINGS: dict[str, object] = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 8,  # seven splits: 128 patterns
    "min_data_in_leaf": 20,
    "lambda_l2": 10.0,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "max_bin": 127,
    # the same digits whatever the number of threads
    "deterministic": True,
    "force_col_wise": True,
    "verbosity": -1,
}
ROWS_PER_THREAD = 100_000  # with fewer, threads wait longer for each other than they work, by far beside other work
ONE_AT_A_TIME = threading.Lock()  # training from several Python threads at once has crashed inside LightGBM


@dataclass(frozen=True)
class Held:
    """Rows held out, on which growing is watched: it ends after ``patience`` trees without gain."""

    rows: Matrix
    target: Vector
    patience: int


def grow(
    rows: Matrix, target: Vector, changed: dict[str, object], most: int, held: Held | None = None
) -> tuple[Trees, Vector]:
    """Grow at most so many trees; return them, and the loss on the rows held out after each."""
    threads = min(os.cpu_count() or 1, 1 + len(rows) // ROWS_PER_THREAD)
    settings = {**SETTINGS, "metric": "binary_logloss", **changed, "num_threads": threads}
    curve: dict[str, dict[str, list[float]]] = {}
    with ONE_AT_A_TIME:
        train = lightgbm.Dataset(rows, target, params=settings)
        watched = [] if held is None else [lightgbm.Dataset(held.rows, held.target, reference=train)]
        callbacks: list[Callable[..., Any]] = [lightgbm.record_evaluation(curve)]
        if held is not None:
            callbacks.append(lightgbm.early_stopping(held.patience, verbose=False))
        booster = lightgbm.train(settings, train, most, valid_sets=watched, callbacks=callbacks)
        text = booster.model_to_string(num_iteration=-1)
        del booster, train, watched
    return Trees.read(text), np.array(curve.get("valid_0", {}).get("binary_logloss", []))
