"""The chance of leaving, as every way of estimating it tells it."""

from dataclasses import dataclass

import numpy as np

from tenure.risk.factors import FACTORS, Factor


@dataclass(frozen=True)
class RiskEstimate:
    """The chance of leaving for every customer, with its interval, and what each story adds to its log-odds.

    ``effects`` has a column for each of ``factors``; with ``base``, where each customer's sum begins, a row adds up to
    the log-odds of the probability. ``base_rate`` is the chance of the average customer.
    """

    probability: np.ndarray
    low: np.ndarray
    high: np.ndarray
    effects: np.ndarray
    base: np.ndarray
    base_rate: float
    factors: tuple[Factor, ...] = FACTORS


def by_factor(shares: np.ndarray, features: tuple[str, ...], factors: tuple[Factor, ...] = FACTORS) -> np.ndarray:
    """Add the shares of features up by the story they tell."""
    place = {feature: number for number, factor in enumerate(factors) for feature in factor.features}
    summed = np.zeros((len(shares), len(factors)))
    for column, feature in enumerate(features):
        summed[:, place[feature]] += shares[:, column]
    return summed
