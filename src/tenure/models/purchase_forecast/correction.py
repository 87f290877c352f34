"""By how much the plain expectation has to be moved for customers of certain traits: a steady line and boosted trees.

Both learn on the logarithmic scale with the plain expectation as offset, so that without anything to learn it stays.
"""

from dataclasses import dataclass, field
from functools import partial

import lightgbm
import numpy as np
from scipy import linalg

from tenure.models.base import Vector, expit, logit, one_thread
from tenure.models.churn.forest import Trees
from tenure.models.purchase_forecast.lessons import Lesson, joined
from tenure.models.purchase_forecast.plain import Answer
from tenure.models.purchase_forecast.traits import STEADY, Matrix, matrix

FARTHEST = 4.0  # standard deviations; beyond, the line goes on level
PENALTY = {"poisson": 30.0, "binary": 3.0}  # of a standardised weight; from .3 to 10 times it little changes
STEPS = 40
MOST_SHIFT = 2.0  # a seventh or seven times as much: further than that no trait of few customers is believed
SMALLEST_LEAF, ROWS_PER_LEAF = 20, 200  # a leaf holds at least one row in 200
GROWTH: dict[str, object] = {
    "learning_rate": 0.05,
    "num_leaves": 8,
    "lambda_l2": 10.0,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 63,
    "extra_trees": True,  # splits drawn at random: gains more from averaging than it loses
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}
ROUNDS = {"poisson": 150, "binary": 150, "gamma": 80}
LEAST_SPEND = 0.01  # of the expected: a purchase sent back altogether still has a logarithm


@dataclass(frozen=True, eq=False)
class OffsetLine:
    """A weighted sum of standardised traits."""

    base: float
    centre: Vector
    scale: Vector
    weights: Vector

    def shift(self, rows: Matrix) -> Vector:
        """Return what to add to the offset."""
        return self.base + _standard(rows, self.centre, self.scale) @ self.weights


@dataclass(frozen=True, eq=False)
class Correction:
    """What to add to the logarithm of expected orders, to the log-odds of any, and to the log of spend per order."""

    names: tuple[str, ...]
    order_line: OffsetLine
    order_trees: Trees
    chance_line: OffsetLine
    chance_trees: Trees
    spend_trees: Trees
    bases: dict[str, float] = field(default_factory=dict)

    def corrected(self, plain: Answer, traits: dict[str, Vector]) -> Answer:
        """Move a plain answer: the mean of no move, the line's, and the trees', which no single one of them beats."""
        steady, every = matrix(traits, STEADY), matrix(traits, self.names)
        orders = _bounded(self.order_line.shift(steady)) + _bounded(
            self.bases["orders"] + self.order_trees.score(every)
        )
        chance = self.chance_line.shift(steady) + self.bases["chance"] + self.chance_trees.score(every)
        spend = _bounded(self.bases["spend"] + self.spend_trees.score(every))
        count = plain.orders * np.exp(orders / 3)
        each = plain.each * np.exp(spend / 2)
        return Answer(count, expit(logit(plain.chance) + chance / 2), count * each)


def learn(parts: list[Lesson], seed: int) -> Correction:
    """Learn from lessons."""
    names = tuple(name for name in parts[0].traits if all(np.isfinite(part.traits[name]).any() for part in parts))
    every = np.vstack([matrix(part.traits, names) for part in parts])
    steady = np.vstack([matrix(part.traits, STEADY) for part in parts])
    came = joined(parts, lambda part: part.came.orders)
    some = (came > 0).astype(np.float64)
    count = np.log(joined(parts, lambda part: part.plain.orders))
    odds = logit(joined(parts, lambda part: part.plain.chance))
    base = _base(came.sum(), np.exp(count).sum())
    base_odds = float(logit(some.mean()) - logit(expit(odds).mean()))
    grow = partial(_trees, every, seed=seed)
    spend, trees = _spend(parts, every, came, seed)
    return Correction(
        names,
        _line(steady, count, came, "poisson"),
        grow(count + base, came, "poisson"),
        _line(steady, odds, some, "binary"),
        grow(odds + base_odds, some, "binary"),
        trees,
        {"orders": base, "chance": base_odds, "spend": spend},
    )


def _bounded(shift: Vector) -> Vector:
    return np.clip(shift, -MOST_SHIFT, MOST_SHIFT)


def _spend(parts: list[Lesson], every: Matrix, came: Vector, seed: int) -> tuple[float, Trees]:
    """Learn the money of one order from those who ordered; many orders tell more than one."""
    bought = came > 0
    expected = joined(parts, lambda part: part.plain.each)[bought]
    value = joined(parts, lambda part: part.came.value)[bought]
    base = _base(value.sum(), float(np.dot(came[bought], expected)))
    paid = np.maximum(value / came[bought], np.maximum(LEAST_SPEND * expected, 1e-6))
    offset = np.log(np.maximum(expected, 1e-6)) + base
    return base, _trees(every[bought], offset, paid, "gamma", weight=np.sqrt(came[bought]), seed=seed)


def _base(came: float, expected: float) -> float:
    return float(np.log(max(came, 1e-9) / expected)) if expected > 0 and came > 0 else 0.0


def _trees(
    rows: Matrix, offset: Vector, target: Vector, objective: str, weight: Vector | None = None, seed: int = 0
) -> Trees:
    settings = GROWTH | {
        "objective": objective, "seed": seed, "min_data_in_leaf": max(SMALLEST_LEAF, len(rows) // ROWS_PER_LEAF),
    }  # fmt: skip
    data = lightgbm.Dataset(rows, target, weight=weight, init_score=offset, params=settings)
    return Trees.read(lightgbm.train(settings, data, ROUNDS[objective]).model_to_string())


def _line(rows: Matrix, offset: Vector, target: Vector, family: str) -> OffsetLine:
    """Fit by penalised Newton steps, none longer than one; overdispersed counts weigh less against the penalty."""
    known = np.isfinite(rows)
    n = np.maximum(known.sum(axis=0), 1)
    centre = np.where(known, rows, 0.0).sum(axis=0) / n
    scale = np.sqrt(np.where(known, rows - centre, 0.0).__pow__(2).sum(axis=0) / n)
    terms = np.column_stack([np.ones(len(rows)), _standard(rows, centre, scale)])
    penalty = np.full(terms.shape[1], PENALTY[family])
    penalty[0] = 1e-6
    if family == "poisson":
        mean = np.exp(offset)
        penalty *= max(1.0, float(np.mean((target - mean) ** 2 / mean)))
    point = np.zeros(terms.shape[1])
    with one_thread():
        for _ in range(STEPS):
            score = offset + terms @ point
            mean = np.exp(np.clip(score, -20.0, 8.0)) if family == "poisson" else expit(score)
            weight = mean if family == "poisson" else mean * (1 - mean)
            curvature = (terms * weight[:, None]).T @ terms + np.diag(penalty)
            step = linalg.solve(curvature, terms.T @ (target - mean) - penalty * point, assume_a="pos")
            point = point + step / max(1.0, float(np.abs(step).max()))
            if np.abs(step).max() < 1e-7:
                break
    return OffsetLine(float(point[0]), centre, scale, point[1:])


def _standard(rows: Matrix, centre: Vector, scale: Vector) -> Matrix:
    """Standardise; what is not known is put at the mean, what never varies says nothing."""
    moved = np.divide(rows - centre, scale, out=np.zeros_like(rows), where=scale > 1e-9)
    return np.clip(np.where(np.isfinite(moved), moved, 0.0), -FARTHEST, FARTHEST)
