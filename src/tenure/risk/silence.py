"""The plainest risk there is: how often has a silence as long as this one gone on for another window?"""

from typing import Self

import numpy as np

PRIOR_CUSTOMERS = 5.0  # how many customers' worth the shop's average counts when few were ever silent this long


class SilenceRisk:
    """Chance of staying away for another window after a silence, from all gaps and open silences seen (Kaplan–Meier).

    Learned: ``lengths_`` of silences, ``at_risk_`` (silences at least that long), ``stay_`` (share that lasts longer
    than each length) and ``base_`` (chance that a silence just begun lasts a window).
    """

    def __init__(self, window_days: int) -> None:
        self.window_days = window_days

    def fit(self, gaps: np.ndarray, counts: np.ndarray, open_silences: np.ndarray) -> Self:
        """Learn from silences that ended with a return (``counts`` of each length) and silences that still last."""
        every = np.concatenate([gaps, open_silences])
        weights = np.concatenate([counts, np.ones(len(open_silences))])
        ended = np.concatenate([counts, np.zeros(len(open_silences))])
        self.lengths_, place = np.unique(every, return_inverse=True)
        size = len(self.lengths_)
        total = np.bincount(place, weights, size)
        self.at_risk_ = total[::-1].cumsum()[::-1]
        self.stay_ = np.cumprod(1 - np.bincount(place, ended, size) / self.at_risk_) if size else np.empty(0)
        # Nobody yet: an even chance, moved by half a customer each way, is all that can be said.
        seen = self._at_risk(np.zeros(1))[0]
        self.base_ = float((self._lasting(np.array([self.window_days]))[0] * seen + 0.5) / (seen + 1))
        return self

    def predict(self, silence: np.ndarray) -> np.ndarray:
        """Return the chance that a customer silent for so many days stays silent for the window."""
        now, later = self._lasting(silence), self._lasting(silence + self.window_days)
        seen = self._at_risk(silence)
        share = np.divide(later, now, out=np.ones_like(now), where=now > 0)
        return np.asarray((share * seen + self.base_ * PRIOR_CUSTOMERS) / (seen + PRIOR_CUSTOMERS))

    def spread(self, silence: np.ndarray) -> np.ndarray:
        """Return the standard error of the chance."""
        chance = self.predict(silence)
        return np.asarray(np.sqrt(chance * (1 - chance) / (self._at_risk(silence) + PRIOR_CUSTOMERS)))

    def _lasting(self, silence: np.ndarray) -> np.ndarray:
        return np.concatenate([[1.0], self.stay_])[np.searchsorted(self.lengths_, silence, side="right")]

    def _at_risk(self, silence: np.ndarray) -> np.ndarray:
        return np.concatenate([self.at_risk_, [0.0]])[np.searchsorted(self.lengths_, silence, side="right")]
