"""Logistic regression with an L2 penalty: Newton's method, and the strength of the penalty chosen out of fold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from tenure.models.base import Vector, expit
from tenure.models.churn.practice import Matrix, Task, Trial, at_once
from tenure.models.evaluation import log_losses

# inverse penalties; below, everything shrinks to the base rate; above, nothing does
STRENGTHS = (0.003, 0.03, 0.3, 3.0)
MOST_STEPS = 50
MANY_ROWS = 20_000  # a curvature taken from so many of them is as good a guide, and cheaper


@dataclass(frozen=True, eq=False)
class Line:
    """A weighted sum of the terms of a row."""

    base: float
    weights: Vector
    view = "lines"

    def score(self, rows: Matrix) -> Vector:
        """Return log-odds."""
        return self.base + rows @ self.weights

    def shares(self, rows: Matrix) -> Matrix:
        """Return each term's part of the score, relative to the average row."""
        return rows * self.weights


def line_trial(task: Task) -> Trial:
    """Fit in every fold and for every strength; keep the strength with the least out-of-fold loss."""
    points = at_once(lambda k: _path(task.lines(k)[task.rest(k)], task.target[task.rest(k)]), task.folds)
    scores = {strength: np.empty(len(task.target)) for strength in STRENGTHS}
    for k in range(task.folds):
        held = task.lines(k)[task.held(k)]
        for i, strength in enumerate(STRENGTHS):
            scores[strength][task.held(k)] = points[k][i][0] + held @ points[k][i][1:]
    # not the strongest penalty within a standard error: its shrinkage made 90 % intervals hold 78 %
    losses = {strength: float(log_losses(task.target, expit(scores[strength])).mean()) for strength in STRENGTHS}
    best = min(STRENGTHS, key=lambda strength: losses[strength])
    chosen = [as_line(path[STRENGTHS.index(best)]) for path in points]
    return Trial(scores[best], chosen, lambda: as_line(solve(task.lines(None), task.target, best)))


def as_line(point: Vector) -> Line:
    """Take a solution, intercept first, apart."""
    return Line(float(point[0]), point[1:])


def solve(terms: Matrix, target: Vector, strength: float, start: Vector | None = None) -> Vector:
    """Find the penalised maximum of the likelihood by Newton steps, halved while they overshoot; intercept first."""
    full = np.column_stack([np.ones(len(terms)), terms])
    penalty = np.full(full.shape[1], 1 / strength)
    penalty[0] = 0.0
    point = np.zeros(full.shape[1]) if start is None else start
    loss = _penalised(full, target, penalty, point)
    for _ in range(MOST_STEPS):
        chance = expit(full @ point)
        slope = full.T @ (chance - target) + penalty * point
        if np.max(np.abs(slope)) < 1e-9 * len(target):
            break
        step = linalg.solve(_curvature(full, chance, penalty), slope, assume_a="pos")
        while (after := _penalised(full, target, penalty, point - step)) > loss and np.max(np.abs(step)) > 1e-12:
            step = step / 2
        point, loss = point - step, after
    return point


def covariance(terms: Matrix, score: Vector, strength: float) -> NDArray[np.float64]:
    """Return the inverse of the penalised curvature, intercept first."""
    full = np.column_stack([np.ones(len(terms)), terms])
    certainty = expit(score) * expit(-score)
    curvature = full.T @ (full * certainty[:, None])
    curvature[np.arange(1, len(curvature)), np.arange(1, len(curvature))] += 1 / strength
    return np.asarray(linalg.inv(curvature), dtype=np.float64)


def _path(terms: Matrix, target: Vector) -> list[Vector]:
    points: list[Vector] = []
    for strength in STRENGTHS:
        points.append(solve(terms, target, strength, start=points[-1] if points else None))
    return points


def _curvature(full: Matrix, chance: Vector, penalty: Vector) -> NDArray[np.float64]:
    """Return the second derivative, from a share of the rows when there are many: the slope decides where it ends."""
    every = max(len(full) // MANY_ROWS, 1)
    some, likely = full[::every], chance[::every]
    curvature = some.T @ (some * (every * likely * (1 - likely))[:, None])
    curvature[np.diag_indices_from(curvature)] += penalty + 1e-10
    return np.asarray(curvature)


def _penalised(full: Matrix, target: Vector, penalty: Vector, point: Vector) -> float:
    score = full @ point
    return float(np.sum(np.logaddexp(0, score) - target * score) + np.dot(penalty, point**2) / 2)
