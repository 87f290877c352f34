"""Which rungs a score is mixed from: weights that are not negative, on the log-odds, chosen out of fold."""

import numpy as np
from scipy import optimize

from tenure.models.base import Vector, expit
from tenure.models.churn.practice import Matrix

LEAST_WEIGHT = 0.05  # of the sum; a rung with less costs time and adds nothing
PULL = 0.5  # ridge on the weights, in customers: with little data they stay near equal shares


def choose_weights(scores: Matrix, target: Vector) -> tuple[Vector, float]:
    """Return a weight for each column of log-odds, and a constant, that minimise the log loss; small ones fall out."""
    weights, constant = _fit(scores, target)
    kept = weights >= LEAST_WEIGHT * weights.sum()
    if not kept.all() and kept.any():
        weights = np.zeros(scores.shape[1])
        weights[kept], constant = _fit(scores[:, kept], target)
    return weights, constant


def _fit(scores: Matrix, target: Vector) -> tuple[Vector, float]:
    count = scores.shape[1]
    full = np.column_stack([scores, np.ones(len(scores))])
    equal = np.append(np.full(count, 1 / count), 0.0)
    pull = np.append(np.full(count, PULL), 0.0)

    def loss(point: Vector) -> tuple[float, Vector]:
        score = full @ point
        away = point - equal
        value = np.sum(np.logaddexp(0, score) - target * score) + pull @ away**2 / 2
        return float(value), full.T @ (expit(score) - target) + pull * away

    bounds = [(0.0, None)] * count + [(None, None)]
    found = optimize.minimize(loss, equal, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-13})
    return np.asarray(found.x[:-1], dtype=np.float64), float(found.x[-1])
