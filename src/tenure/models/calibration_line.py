"""Are probabilities too bold or too shy, too high or too low: a straight line through log-odds, with standard errors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm, rankdata

from tenure.models.base import Vector, expit, logit
from tenure.models.evaluation import BINS, Estimate, roc_auc

MOST_STEPS = 50
FARTHEST = 12.0  # log-odds: a probability closer to certainty tells no more about the line


@dataclass(frozen=True)
class CalibrationLine:
    """How outcomes follow predicted log-odds (Cox 1958).

    ``slope`` is 1 for honest probabilities, below 1 for too bold ones; ``offset`` is what must be added to all log-odds
    for the mean to be right, 0 for honest ones.
    """

    slope: Estimate
    offset: Estimate


def calibration_line(outcome: ArrayLike, probability: ArrayLike) -> CalibrationLine:
    """Fit the line by maximum likelihood; NaN where all outcomes are alike or all probabilities are."""
    y = np.asarray(outcome, dtype=np.float64)
    score = np.clip(logit(probability), -FARTHEST, FARTHEST)
    unknown = Estimate(float("nan"), float("nan"))
    if y.min() == y.max():
        return CalibrationLine(unknown, unknown)
    point, covariance = _fit(np.ones((len(y), 1)), y, score)
    offset = Estimate(float(point[0]), float(np.sqrt(covariance[0, 0])))
    # a line through scores that part the outcomes without a single error has no end
    if np.ptp(score) < 1e-9 or roc_auc(y, score).value in (0.0, 1.0):
        return CalibrationLine(unknown, offset)
    point, covariance = _fit(np.column_stack([np.ones(len(y)), score]), y, np.zeros(len(y)))
    return CalibrationLine(Estimate(float(point[1]), float(np.sqrt(covariance[1, 1]))), offset)


def error_by_chance(probability: ArrayLike, bins: int = BINS) -> float:
    """Return the expected calibration error that probabilities would show by chance alone if they were exactly right.

    The mean distance of a binomial share from its mean is sqrt(2 / π) standard errors.
    """
    p = np.asarray(probability, dtype=np.float64)
    which = np.minimum((rankdata(p) - 0.5) * bins / len(p), bins - 1).astype(np.int64)
    n = np.bincount(which, minlength=bins)
    variance = np.bincount(which, p * (1 - p), bins)  # of the number of leavers in a bin
    return float(np.sqrt(variance[n > 0]).sum() * np.sqrt(2 / np.pi) / len(p))


def meets(estimate: Estimate, low: float, high: float, level: float = 0.95) -> bool:
    """Say whether an estimate's interval reaches into a range: whether it is compatible with it."""
    reach = float(norm.ppf((1 + level) / 2)) * estimate.standard_error
    return bool(estimate.value - reach <= high and estimate.value + reach >= low)


def _fit(terms: np.ndarray, y: Vector, fixed: Vector) -> tuple[Vector, np.ndarray]:
    """Newton's method for logistic regression with a fixed part of the score; returns the point and its covariance."""
    point = np.zeros(terms.shape[1])
    curvature = np.eye(len(point))
    for _ in range(MOST_STEPS):
        p = expit(fixed + terms @ point)
        curvature = terms.T @ (terms * (p * (1 - p))[:, None]) + 1e-9 * np.eye(len(point))
        step = np.linalg.solve(curvature, terms.T @ (y - p))
        point = point + np.clip(step, -2.0, 2.0)
        if np.max(np.abs(step)) < 1e-10:
            break
    return point, np.linalg.inv(curvature)
