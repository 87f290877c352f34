"""The plainest risk there is, for shops too young for a model: how often has such a silence been the end?"""

from typing import Self

import numpy as np

PRIOR_CUSTOMERS = 5.0  # how many customers' worth the shop's average counts when few were ever silent this long


class SilenceRisk:
    """Chance of staying away for another window after a silence, from all gaps and open silences seen (Kaplan–Meier).

    Learned: ``gaps_`` (lengths of silences that ended) and ``stay_`` (share of silences that last longer).
    """

    def __init__(self, window_days: int) -> None:
        self.window_days = window_days

    def fit(self, gaps: np.ndarray, open_silences: np.ndarray) -> Self:
        """Learn from silences that ended with a return and silences that still last."""
        lengths = np.concatenate([gaps, open_silences])
        ended = np.concatenate([np.ones(len(gaps)), np.zeros(len(open_silences))])
        self.gaps_, place = np.unique(lengths, return_inverse=True)
        returns = np.bincount(place, ended, len(self.gaps_))
        self.lengths_ = np.sort(lengths)
        at_risk = len(lengths) - np.searchsorted(self.lengths_, self.gaps_, side="left")
        self.stay_ = np.cumprod(1 - returns / np.maximum(at_risk, 1))
        self.base_ = float(self._lasting(np.array([self.window_days]))[0]) if len(lengths) else 0.5
        return self

    def predict(self, silence: np.ndarray) -> np.ndarray:
        """Return the chance that a customer silent for so many days stays silent for the window."""
        silence = np.nan_to_num(silence, nan=0.0)
        now, later = self._lasting(silence), self._lasting(silence + self.window_days)
        seen = len(self.lengths_) - np.searchsorted(self.lengths_, silence, side="right")
        share = np.divide(later, now, out=np.ones_like(now), where=now > 0)
        return (share * seen + self.base_ * PRIOR_CUSTOMERS) / (seen + PRIOR_CUSTOMERS)

    def spread(self, silence: np.ndarray) -> np.ndarray:
        """Return the standard error of the chance."""
        silence = np.nan_to_num(silence, nan=0.0)
        seen = len(self.lengths_) - np.searchsorted(self.lengths_, silence, side="right")
        chance = self.predict(silence)
        return np.sqrt(chance * (1 - chance) / (seen + PRIOR_CUSTOMERS))

    def _lasting(self, silence: np.ndarray) -> np.ndarray:
        place = np.searchsorted(self.gaps_, silence, side="right")
        return np.concatenate([[1.0], self.stay_])[place]
