"""Whom a score finds first: the share of all leavers among the customers of highest risk, and how that beats chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tenure.models.base import Vector

STEPS = 20  # points of the curve: every twentieth of the customers
TOP = 0.1


@dataclass(frozen=True)
class GainPoint:
    """Among the ``share`` of customers of highest risk: the part of all leavers ``found``, and how many times chance."""

    share: float
    found: float
    lift: float


def gain_curve(outcome: ArrayLike, score: ArrayLike, steps: int = STEPS) -> tuple[GainPoint, ...]:
    """Return the curve at even steps up to everybody; customers who tie are taken in proportion."""
    shares = np.arange(1, steps + 1) / steps
    return tuple(
        GainPoint(float(share), float(found), float(found / share))
        for share, found in zip(shares, _found(outcome, score, shares), strict=True)
    )


def lift(outcome: ArrayLike, score: ArrayLike, share: float = TOP) -> float:
    """Return how many times likelier to leave the top share of customers was than everybody."""
    return float(_found(outcome, score, np.array([share]))[0] / share)


def _found(outcome: ArrayLike, score: ArrayLike, shares: Vector) -> Vector:
    y, s = np.asarray(outcome, dtype=np.float64), np.asarray(score, dtype=np.float64)
    _, group = np.unique(-s, return_inverse=True)
    customers, leavers = np.bincount(group), np.bincount(group, y)
    if not leavers.sum():
        return np.full(len(shares), np.nan)
    reached = np.concatenate([[0.0], np.cumsum(customers) / len(y)])
    found = np.concatenate([[0.0], np.cumsum(leavers) / leavers.sum()])
    return np.asarray(np.interp(shares, reached, found))
