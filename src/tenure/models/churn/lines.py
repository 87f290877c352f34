"""Logistic regression with an L2 penalty: Newton's method, and the strength of the penalty chosen out of fold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from tenure.models.base import Vector, expit
from tenure.models.churn.practice import Flags, Matrix, Task, at_once
from tenure.models.evaluation import log_losses

# inverse penalties; below, everything shrinks to the base rate; above, nothing does
STRENGTHS = (0.003, 0.03, 0.3, 3.0)
BENDS = (0.0001, 0.003, 0.03, 0.3)  # the same for bends, which most columns do not need
MOST_STEPS = 50
MANY_ROWS = 15_000
FLAT = 1e-9  # slope per row at which a maximum is reached
SLOW = 0.1  # a step that leaves more than this share of the slope asks for a new curvature


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


@dataclass(frozen=True)
class Penalty:
    """How far terms may move the score: inverse penalties of plain terms and of bends."""

    strength: float = STRENGTHS[0]
    bends: float = STRENGTHS[0]

    def on(self, bends: Flags) -> Vector:
        """Return the penalty of every term, the intercept's first."""
        return np.concatenate([[0.0], np.where(bends, 1 / self.bends, 1 / self.strength)])


def line_rung(task: Task, folds: int) -> list[Line]:
    """Fit a straight line without each fold, by the penalty that does best on what is held out."""
    return practise_lines(task, folds)[1]


def practise_lines(task: Task, folds: int) -> tuple[Penalty, list[Line]]:
    """Return the penalty with the least loss on the rows held out, and its lines: first of all terms, then of bends.

    With many rows one fold tells the penalty as well as all.
    """
    tried = 1 if len(task.target) > MANY_ROWS else folds
    descents = [_descent(task, k) for k in range(tried)]
    flat = BENDS[1]
    # not the strongest penalty within a standard error: its shrinkage made 90 % intervals hold 78 %
    best, points = _best(task, descents, [Penalty(strength, min(flat, strength)) for strength in STRENGTHS], None)
    bent = [Penalty(best.strength, bends) for bends in BENDS if bends <= best.strength and bends != best.bends]
    best, points = _best(task, descents, [best, *bent], points)
    rest = at_once(lambda k: _descent(task, k).to(best, points[0]), range(tried, folds))
    return best, [as_line(point) for point in (*points, *rest)]


def _best(
    task: Task, descents: list["Descent"], penalties: list[Penalty], starts: list[Vector] | None
) -> tuple[Penalty, list[Vector]]:
    """Return the penalty that does best on the rows held out, and its solutions."""
    paths = at_once(lambda k: descents[k].along(penalties, None if starts is None else starts[k]), range(len(descents)))
    held = np.isin(task.fold, np.arange(len(descents)))
    losses = []
    for i in range(len(penalties)):
        scores = task.scores([as_line(path[i]) for path in paths])[held]
        losses.append(log_losses(task.target[held], expit(scores)).mean())
    best = int(np.argmin(losses))
    return penalties[best], [path[best] for path in paths]


def _descent(task: Task, k: int) -> "Descent":
    return Descent(task.rows("lines", k)[task.rest(k)], task.bends, task.target[task.rest(k)])


def as_line(point: Vector) -> Line:
    """Take a solution, intercept first, apart."""
    return Line(float(point[0]), point[1:])


class Descent:
    """Newton's method with step halving, which keeps a curvature for as long as it leads on fast."""

    def __init__(self, terms: Matrix, bends: Flags, target: Vector) -> None:
        self.full = np.column_stack([np.ones(len(terms)), terms])
        self.bends = np.append(bends, np.zeros(terms.shape[1] - len(bends), dtype=bool))  # rates have none
        self.target = target
        self.curvature: Matrix | None = None

    def along(self, penalties: Sequence[Penalty], start: Vector | None) -> list[Vector]:
        """Solve for one penalty after the other, each from where the last one ended."""
        points: list[Vector] = []
        for penalty in penalties:
            start = self.to(penalty, start)
            points.append(start)
        return points

    def to(self, penalised: Penalty, start: Vector | None = None) -> Vector:
        """Return the penalised maximum of the likelihood, intercept first."""
        penalty = penalised.on(self.bends)
        point = np.zeros(self.full.shape[1]) if start is None else start
        score, before = self.full @ point, np.inf
        for _ in range(MOST_STEPS):
            chance = expit(score)
            slope = self.full.T @ (chance - self.target) + penalty * point
            steepest = float(np.max(np.abs(slope)))
            if steepest < FLAT * len(self.target):
                break
            if self.curvature is None or steepest > SLOW * before:
                self.curvature = self.full.T @ (self.full * (chance * (1 - chance))[:, None])
            step = linalg.solve(self.curvature + np.diag(penalty + 1e-10), slope, assume_a="pos")
            point, score = self._down(penalty, point, score, step)
            before = steepest
        return point

    def covariance(self, point: Vector, penalised: Penalty) -> NDArray[np.float64]:
        """Return the inverse of the penalised curvature, intercept first."""
        score = self.full @ point
        curvature = self.full.T @ (self.full * (expit(score) * expit(-score))[:, None])
        return np.asarray(linalg.inv(curvature + np.diag(penalised.on(self.bends))), dtype=np.float64)

    def _down(self, penalty: Vector, point: Vector, score: Vector, step: Vector) -> tuple[Vector, Vector]:
        """Take the step, halved while it overshoots."""
        loss, along = self._loss(penalty, point, score), self.full @ step
        while self._loss(penalty, point - step, score - along) > loss and np.max(np.abs(step)) > 1e-12:
            step, along = step / 2, along / 2
        return point - step, score - along

    def _loss(self, penalty: Vector, point: Vector, score: Vector) -> float:
        return float(np.sum(np.logaddexp(0, score) - self.target * score) + np.dot(penalty, point**2) / 2)
