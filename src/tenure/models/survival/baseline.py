"""The rate of leaving of an average customer over time, from the risk sets of everybody whose columns differ from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tenure.models.base import Vector
from tenure.models.survival.nelson_aalen import one_by_one
from tenure.models.survival.risk_sets import Spells


@dataclass(frozen=True)
class Baseline:
    """Cumulative hazard after each moment at which somebody left, and what its interval needs.

    ``variance`` sums 1 / (weight at risk)², ``drift`` the average columns of those at risk by each step of hazard.
    """

    time: Vector
    at_risk: Vector
    events: Vector
    hazard: Vector
    variance: Vector
    drift: NDArray[np.float64]

    def at(self, time: Vector) -> Vector:
        """Return the cumulative hazard at given times."""
        steps = np.concatenate([[0.0], self.hazard])
        return steps[np.searchsorted(self.time, time, side="right")]


def baseline(spells: Spells, columns: NDArray[np.float64], beta: Vector) -> Baseline:
    """Sum events over the weight at risk, those of one moment one by one (Efron 1977), with late entry.

    ``columns`` are centred, so that the baseline belongs to the average customer.
    """
    time, events = spells.times()
    weight = np.exp(np.minimum(columns @ beta, 700.0))
    pull = weight[:, None] * columns
    gone = np.searchsorted(time, spells.end[spells.happened])
    place, turn = one_by_one(events)
    share = turn / events[place]
    leaving = np.bincount(gone, weight[spells.happened], len(time))
    left = spells.at_risk(time, weight)[place] - share * leaving[place]
    leaving_pull = np.zeros((len(time), columns.shape[1]))
    np.add.at(leaving_pull, gone, pull[spells.happened])
    left_pull = spells.at_risk(time, pull)[place] - share[:, None] * leaving_pull[place]
    steps = np.zeros((len(time), columns.shape[1]))
    np.add.at(steps, place, left_pull / left[:, None] ** 2)
    return Baseline(
        time,
        spells.at_risk(time),
        events,
        np.cumsum(np.bincount(place, 1 / left, len(time))),
        np.cumsum(np.bincount(place, 1 / left**2, len(time))),
        np.cumsum(steps, axis=0),
    )
