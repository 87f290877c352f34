"""From score to probability: a monotone map chosen on scores the model had not seen."""

from dataclasses import dataclass, replace

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from tenure.models.base import Indices, Vector, expit, logit
from tenure.models.evaluation import log_losses

STRAIGHT = 0.1
LEAST_FOR_STEPS = 300  # of each outcome: with fewer, steps fit noise


@dataclass(frozen=True)
class Calibration:
    """A map on the log-odds scale: as is, a straight line (Platt), or interpolated steps (isotonic)."""

    method: str
    slope: float = 1.0
    intercept: float = 0.0
    scores: tuple[float, ...] = ()
    log_odds: tuple[float, ...] = ()
    straight: float = 0.0  # share of the straight line in steps, so that no two scores become equal

    def apply(self, score: Vector) -> Vector:
        """Return calibrated log-odds."""
        if self.method == "isotonic":
            steps = np.interp(score, self.scores, self.log_odds)
            return steps + self.straight * (self.intercept + self.slope * score - steps)
        return self.intercept + self.slope * score


def choose_calibration(score: Vector, outcome: Vector, fold: Vector | Indices) -> Calibration:
    """Fit each kind of map out of fold and keep the simplest one that no richer map beats by a standard error."""
    chosen, least = Calibration("none"), log_losses(outcome, expit(score))
    enough = min(outcome.sum(), (1 - outcome).sum()) >= LEAST_FOR_STEPS
    for fit in (fit_platt, fit_isotonic) if enough else (fit_platt,):
        losses = np.empty(len(score))
        for held in np.unique(fold):
            out = fold == held
            losses[out] = log_losses(outcome[out], expit(fit(score[~out], outcome[~out]).apply(score[out])))
        gain = least - losses
        if gain.mean() > gain.std(ddof=1) / np.sqrt(len(gain)):
            chosen, least = fit(score, outcome), losses
    return chosen


def fit_platt(score: Vector, outcome: Vector) -> Calibration:
    """Fit a straight line; a falling one would turn the ranking round, so the slope stays positive."""
    line = LogisticRegression(C=1e6, solver="newton-cholesky").fit(score[:, None], outcome)
    return Calibration("platt", slope=max(float(line.coef_[0, 0]), 1e-3), intercept=float(line.intercept_[0]))


def fit_isotonic(score: Vector, outcome: Vector) -> Calibration:
    """Fit rising steps, joined by straight lines and kept away from certainty."""
    edge = 1 / (len(score) + 2)
    steps = IsotonicRegression(y_min=edge, y_max=1 - edge, out_of_bounds="clip").fit(score, outcome)
    scores, rates = steps.X_thresholds_, steps.y_thresholds_
    line, log_odds = fit_platt(score, outcome), logit(rates)
    return replace(
        line, method="isotonic", scores=tuple(scores.tolist()), log_odds=tuple(log_odds.tolist()), straight=STRAIGHT
    )
