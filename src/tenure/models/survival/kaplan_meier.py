"""Kaplan-Meier: the share for whom something has not happened yet, when some are still being watched."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from tenure.models.base import DegenerateData, Vector, warn
from tenure.models.survival.risk_sets import Spells


@dataclass(frozen=True)
class SurvivalCurve:
    """The curve at the times where something happened, with intervals on the scale of log(−log S)."""

    time: Vector
    at_risk: Vector
    events: Vector
    survival: Vector
    low: Vector
    high: Vector

    def at(self, time: ArrayLike) -> Vector:
        """Return the surviving share at given times; one before the first event."""
        steps = np.concatenate([[1.0], self.survival])
        return np.asarray(steps[np.searchsorted(self.time, np.asarray(time, dtype=np.float64), side="right")])


def kaplan_meier(
    duration: ArrayLike, happened: ArrayLike, entry: ArrayLike | None = None, level: float = 0.95
) -> SurvivalCurve:
    """Estimate survival from durations, whether each ended in the event, and optionally when watching began.

    Someone who enters at the very time of an event is not at risk of it; someone censored at that time is. With late
    entry the first risk sets may be so small that everybody in one leaves: the curve then falls to zero and stays
    there, which is warned about; start it later.
    """
    spells = Spells.checked(duration, happened, entry)
    time, events = spells.times()
    at_risk = spells.at_risk(time)
    survival = np.cumprod(1 - events / at_risk, dtype=np.float64)
    if np.any(survival[:-1] <= 0):
        warn(DegenerateData, "Everybody watched so early left, so the curve is zero from there on; start it later.")
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
    low, high = log_log_interval(survival, greenwood, level)
    return SurvivalCurve(time, at_risk, events, survival, low, high)


def log_log_interval(survival: Vector, variance: Vector, level: float) -> tuple[Vector, Vector]:
    """Bound a curve by the variance of its logarithm, on the scale of log(−log S), which keeps it within 0 and 1."""
    inside = (survival > 0) & (survival < 1)
    safe = np.where(inside, survival, 0.5)
    reach = float(ndtri((1 + level) / 2)) * np.sqrt(np.where(inside, variance, 0.0)) / -np.log(safe)
    reach = np.minimum(reach, 700.0)
    low, high = safe ** np.exp(reach), safe ** np.exp(-reach)
    return np.where(inside, low, survival), np.where(inside, high, survival)
