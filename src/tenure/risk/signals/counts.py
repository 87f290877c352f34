"""Whether a count has fallen: how unlikely so few are, by the customer's own count before and everybody's."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc

MOST_SPREAD = 10.0
SEASON = (0.3, 3.0)
LOOKS = 1.5  # a test repeated every day errs more often in a month than on one day; the simulation holds the month


@dataclass(frozen=True)
class Counts:
    """Counts of everybody: in the window, in the one before it, and in ``days`` before that (0: not yet a customer)."""

    recent: np.ndarray
    middle: np.ndarray
    earlier: np.ndarray
    days: np.ndarray
    window: float

    @property
    def before(self) -> np.ndarray:
        """Return how many there were before the window."""
        return np.asarray(self.middle + self.earlier)

    @property
    def days_before(self) -> np.ndarray:
        """Return in how many days before the window."""
        return np.asarray(self.days + self.window)


@dataclass(frozen=True)
class Rate:
    """How often something happens: a Gamma prior of rates, the spread beyond Poisson, and how the season moves all.

    ``season`` is everybody's rate now over everybody's rate before: what falls for all is no sign about one.
    """

    shape: float
    days: float
    spread: float
    season: float

    def expected(self, window: float, before: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Return how many to expect of an unchanged customer."""
        return np.asarray(self.season * window * (before + self.shape) / (days + self.days))

    def tail(self, recent: np.ndarray, window: float, before: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Return the chance that an unchanged customer shows so few, or fewer.

        Poisson with the customer's Gamma rate is a negative binomial; its variance is widened by the spread.
        """
        mean = np.maximum(self.expected(window, before, days), 1e-9)
        variance = mean * (1 + self.season * window / (days + self.days)) * self.spread
        size = mean**2 / np.maximum(variance - mean, 1e-6 * mean)
        return np.asarray(betainc(size, recent + 1, size / (size + mean)))


def learn(counts: Counts) -> Rate:
    """Learn the rates of customers who were there in both windows; their own change cannot hide in the prior."""
    seen = (counts.days > 0) & (counts.middle > 0)
    if seen.sum() < 2:
        return Rate(1.0, counts.window, 1.0, 1.0)
    before, days = counts.before[seen], counts.days_before[seen]
    mean = float(before.sum() / days.sum())
    extra = float(np.sum((before - mean * days) ** 2) - np.sum(mean * days))
    variance = max(extra / float(np.sum(days**2)), 1e-6 * mean**2)
    plain = Rate(mean**2 / variance, mean / variance, 1.0, 1.0)
    expected = float(plain.expected(counts.window, before, days).sum())
    season = float(np.clip(counts.recent[seen].sum() / max(expected, 1e-9), *SEASON))
    return Rate(plain.shape, plain.days, _spread(counts, plain), season)


def _spread(counts: Counts, rate: Rate) -> float:
    """Return by how much unchanged customers vary beyond their negative binomial, from one earlier window to the next."""
    stayed = (counts.days > 0) & (counts.recent > 0) & (counts.earlier > 0)
    if stayed.sum() < 2:
        return 1.0
    before, days = counts.earlier[stayed], counts.days[stayed]
    mean = rate.expected(counts.window, before, days)
    mean = mean * counts.middle[stayed].sum() / mean.sum()  # that window had its season too
    variance = mean * (1 + counts.window / (days + rate.days))
    return float(np.clip(np.sum((counts.middle[stayed] - mean) ** 2) / np.sum(variance), 1.0, MOST_SPREAD))
