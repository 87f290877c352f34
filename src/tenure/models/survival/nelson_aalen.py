"""Nelson-Aalen: how much risk has been run by each moment, also where customers come under watch late."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from tenure.models.base import Vector
from tenure.models.survival.risk_sets import Spells


@dataclass(frozen=True)
class HazardCurve:
    """The cumulative hazard at the times where something happened, with intervals on the scale of its logarithm."""

    time: Vector
    at_risk: Vector
    events: Vector
    hazard: Vector
    low: Vector
    high: Vector

    def at(self, time: ArrayLike) -> Vector:
        """Return the cumulative hazard at given times; zero before the first event."""
        steps = np.concatenate([[0.0], self.hazard])
        return np.asarray(steps[np.searchsorted(self.time, np.asarray(time, dtype=np.float64), side="right")])


def nelson_aalen(
    duration: ArrayLike, happened: ArrayLike, entry: ArrayLike | None = None, level: float = 0.95
) -> HazardCurve:
    """Estimate the cumulative hazard: Σ events / at risk, events at one time counted as if one after the other.

    So counted (Fleming and Harrington 1984), it does not depend on how finely time is recorded. Its slope is the rate
    of leaving at each tenure.
    """
    spells = Spells.checked(duration, happened, entry)
    time, events = spells.times()
    at_risk = spells.at_risk(time)
    place, turn = one_by_one(events)
    left = at_risk[place] - turn
    hazard = np.cumsum(np.bincount(place, 1 / left, len(time)).astype(np.float64))
    error = np.sqrt(np.cumsum(np.bincount(place, 1 / left**2, len(time)))) / np.maximum(hazard, 1e-300)
    reach = np.exp(float(ndtri((1 + level) / 2)) * error)
    return HazardCurve(time, at_risk, events, hazard, hazard / reach, hazard * reach)


def one_by_one(events: Vector) -> tuple[np.ndarray, Vector]:
    """Return, for every single event, which time it belongs to and how many of that time come before it."""
    count = events.astype(np.int64)
    place = np.repeat(np.arange(len(count)), count)
    turn = np.arange(len(place)) - np.repeat(np.cumsum(count) - count, count)
    return place, turn.astype(np.float64)
