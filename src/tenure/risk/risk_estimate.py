"""The chance of leaving, as every way of estimating it tells it."""

from dataclasses import dataclass

import numpy as np

from tenure.risk.factors import FACTORS, Factor


@dataclass(frozen=True)
class RiskEstimate:
    """The chance of leaving for every customer, with its interval, and what each feature adds to its log-odds.

    ``base_rate`` is the chance of the average customer; ``factors`` are the stories the features tell.
    """

    probability: np.ndarray
    low: np.ndarray
    high: np.ndarray
    features: tuple[str, ...]
    effects: np.ndarray
    base_rate: float
    factors: tuple[Factor, ...] = FACTORS
