"""Kaplan-Meier: the share for whom something has not happened yet, when some are still being watched."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from tenure.models.base import Vector, same_length, vector


@dataclass(frozen=True)
class SurvivalCurve:
    """The curve at the times where something happened, with log-log intervals from Greenwood's variance."""

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

    Someone who enters at the very time of an event is not at risk of it; someone censored at that time is.
    """
    end, event = vector("duration", duration), np.asarray(happened, dtype=bool)
    start = np.full(len(end), -1.0) if entry is None else vector("entry", entry)
    same_length(duration=end, happened=event.astype(np.float64), entry=start)
    time, events = np.unique(end[event], return_counts=True)
    # entered strictly before, and not yet gone
    at_risk = np.searchsorted(np.sort(start), time, side="left") - np.searchsorted(np.sort(end), time, side="left")
    alive = 1 - events / at_risk
    survival = np.cumprod(alive)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        reach = float(ndtri((1 + level) / 2)) * np.sqrt(greenwood) / np.abs(np.log(survival))
        low, high = survival ** np.exp(reach), survival ** np.exp(-reach)
    gone = survival <= 0
    return SurvivalCurve(
        time,
        at_risk.astype(np.float64),
        events.astype(np.float64),
        survival,
        np.where(gone, 0.0, low),
        np.where(gone, 0.0, high),
    )
