"""How bold a model may be: the exam tells whether its chances lay too close together, and by how much to spread them."""

from dataclasses import dataclass

import numpy as np

from tenure.models.base import Vector
from tenure.models.evaluation import Estimate

USUAL_SPREAD = 0.1  # standard deviation of true slopes around 1 among models calibrated out of fold
NARROWEST, WIDEST = 0.5, 2.0


@dataclass(frozen=True)
class Boldness:
    """What to multiply a distance from the ``middle`` log-odds by; 1 leaves everything as it is."""

    slope: float = 1.0
    middle: float = 0.0

    def spread(self, log_odds: Vector) -> Vector:
        """Return log-odds further from the middle, or closer to it."""
        return log_odds if self.slope == 1.0 else self.middle + self.slope * (log_odds - self.middle)


def learn_boldness(slope: Estimate, base_rate: float) -> Boldness:
    """Learn from the calibration slope of an exam on later customers, pulled towards 1 by as much as chance explains of it.

    Calibration out of fold cannot see it: there the customers are of the same months as those learned from. The pull is
    that of a normal prior around 1 (empirical Bayes).
    """
    known = np.isfinite(slope.value) and np.isfinite(slope.standard_error) and 0 < base_rate < 1
    if not known:
        return Boldness()
    trust = USUAL_SPREAD**2 / (USUAL_SPREAD**2 + slope.standard_error**2)
    pulled = 1 + trust * (slope.value - 1)
    return Boldness(float(np.clip(pulled, NARROWEST, WIDEST)), float(np.log(base_rate / (1 - base_rate))))
