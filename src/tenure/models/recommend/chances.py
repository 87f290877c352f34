"""From a rank to a chance: how likely a customer is to take an item within the horizon, new to them or again.

Two logistic regressions, one for items new to the customer and one for those taken before, learned on the stretch of
time before the one that judges them. They also put what is in fashion before what was.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from tenure.models.base import Indices, Vector, expit, logit, one_thread
from tenure.models.recommend.past import Past
from tenure.models.recommend.ranker import Scores

LEAST_OUTCOMES = 30  # of either kind, below which no chance is learned
BINS = 20
SOON = 0.05  # of a gap: keeps the logarithm of "just taken" finite
Table = NDArray[np.float64]


@dataclass(frozen=True)
class Chance:
    """A fitted logistic regression over centred and scaled columns, then a shift that makes chances come true.

    The shift is interpolated between ``knots`` of log-odds and never turns an order round.
    """

    mean: Vector
    scale: Vector
    weights: Vector
    intercept: float
    knots: Vector
    shift: Vector

    def of(self, features: Table) -> Vector:
        """Return the chance of each row; further dimensions are kept."""
        with one_thread():
            odds = (features - self.mean) / self.scale @ self.weights + self.intercept
        return expit(odds + np.interp(odds, self.knots, self.shift))


@dataclass(frozen=True)
class Chances:
    """The chance of items new to a customer and of those taken before; None where too little was seen to learn it."""

    new: Chance | None = None
    again: Chance | None = None


def learn(features: Table, outcome: NDArray[np.bool_]) -> Chance | None:
    """Fit a chance; None when there are hardly any outcomes of one kind."""
    if min(int(outcome.sum()), int((~outcome).sum())) < LEAST_OUTCOMES:
        return None
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    with one_thread():
        scaled = (features - mean) / scale
        fitted = LogisticRegression(max_iter=500).fit(scaled, outcome)
        odds = np.asarray(fitted.decision_function(scaled), dtype=np.float64)
    knots, shift = _shift(odds, outcome)
    return Chance(mean, scale, fitted.coef_[0].astype(np.float64), float(fitted.intercept_[0]), knots, shift)


def _shift(odds: Vector, outcome: NDArray[np.bool_]) -> tuple[Vector, Vector]:
    """Return what to add to log-odds so that in each of many equal parts as much happens as is said."""
    parts = np.array_split(np.argsort(odds, kind="stable"), min(BINS, int(outcome.sum()) // LEAST_OUTCOMES))
    knots = np.array([odds[part].mean() for part in parts])
    rates = np.array([(outcome[part].sum() + 0.5) / (len(part) + 1) for part in parts])
    level = np.maximum.accumulate(logit(rates))
    return knots, level - knots


def of_new(past: Past, customers: Indices, picked: Indices, scores: Scores) -> Table:
    """Return what tells whether a customer will take an item new to them, for picks in the order of their scores."""
    shape = picked.shape
    counts = np.diff(past.starts, append=past.starts[-1])[customers]
    columns = (
        np.where(np.isfinite(scores), scores, 0.0),
        np.broadcast_to(np.log1p(np.arange(shape[1])), shape),
        past.trend[picked, 0],
        past.trend[picked, 1],
        np.broadcast_to(np.log1p(counts)[:, None], shape),
        np.broadcast_to(np.log1p(past.silence(customers))[:, None], shape),
    )
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=-1)


def of_again(past: Past, owner: Indices, entries: Indices, scores: Vector) -> Table:
    """Return what tells whether a customer will take again what they took: a row for each entry of its owner."""
    item, times = past.item[entries], past.times[entries]
    elapsed = past.now - past.last[entries]
    due = np.log(elapsed / own_gap(past, entries) + SOON)
    watched = past.now - _first_of(past)[owner]
    columns = (
        scores,
        past.trend[item, 0],
        past.trend[item, 1],
        np.log(times),
        np.log1p(elapsed),
        due,
        np.abs(due),
        np.log(past.repeat[item] / (1 - past.repeat[item])),
        np.log1p(past.silence(owner)),
        np.log((past.active_days[owner] + 0.5) / (watched + past.horizon)),
    )
    return np.stack(columns, axis=-1)


def own_gap(past: Past, entries: Indices) -> Vector:
    """Return the usual days between two takes of each entry: the customer's own, drawn towards the item's."""
    gaps, span = past.times[entries] - 1, past.last[entries] - past.first[entries]
    return np.asarray((span + 2.0 * past.gap[past.item[entries]]) / (gaps + 2.0))


def _first_of(past: Past) -> Vector:
    first = np.full(past.customers, past.now)
    some = np.flatnonzero(np.diff(past.starts))
    if len(some):
        first[some] = np.minimum.reduceat(past.first, past.starts[some])
    return first
