"""How unusual a silence is by the customer's own rhythm, with everybody's rhythm where little is known of theirs.

Gaps between purchases are taken as Gamma distributed with one shape k for the shop (k > 1: regular, k < 1: in bursts)
and a mean of the customer's own, drawn from the shop's: with ``x`` gaps in ``T`` days the mean gap is
(T + prior_days) / (x + prior_gaps). T runs up to today, so the silence itself counts: that keeps customers of whom
little is known from raising false alarms and spends the false alarms where they find most (on the silent-stop fixture of
the references recall rises from .18/.40/.57 to .22/.43/.58 at 30/60/90 days and 5 % false alerts).

Days are whole, and two purchases on one day are one: a gap of g days is taken as g − ½, which makes a customer who buys
on any day with the same chance exactly exponential.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc

MONTH = 30.0
HALF = 0.5
SHAPES = (0.2, 20.0)  # beyond, gaps are chaos or clockwork and no longer told apart
STEPS = 40  # halvings: the shape to a millionth, a day to a thousandth
DOUBT = 0.15  # the most likely silence anybody is warned of


@dataclass(frozen=True)
class Rhythm:
    """The shop's rhythm: the shape of gaps, and how much of everybody's rhythm a customer is given."""

    shape: float
    prior_gaps: float
    prior_days: float

    def usual_gap(self, gaps: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Return the mean gap of customers with so many gaps in so many days."""
        return np.asarray((days - HALF * gaps + self.prior_days) / (gaps + self.prior_gaps))

    def tail(self, silence: np.ndarray, gaps: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Return the chance that a gap of an unchanged customer is so long or longer: Q(k, ks/μ).

        ``days`` are those from the first purchase to the last; the silence is added.
        """
        mean = self.usual_gap(gaps, days + silence)
        return np.asarray(gammaincc(self.shape, self.shape * silence / mean))

    def alerts_a_month(self, silence: np.ndarray, gaps: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Return how often in a month an unchanged customer reaches such a silence: gaps begun times their tail."""
        mean = self.usual_gap(gaps, days + silence)
        return np.asarray(self.tail(silence, gaps, days) * MONTH / mean)

    def unusual(self, level: float, silence: np.ndarray, gaps: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Return whose silence an unchanged customer reaches no more often in a month than the level says.

        Who buys twice a year begins few gaps: of them the silence itself must be doubtful too.
        """
        tail = self.tail(silence, gaps, days)
        return np.asarray((self.alerts_a_month(silence, gaps, days) <= level) & (tail <= DOUBT))

    def unusual_after(self, level: float, silence: np.ndarray, gaps: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Return after how many days of the present silence it became unusual; the silence where it did not."""
        low, high = np.zeros_like(silence), silence.copy()
        for _ in range(STEPS):
            middle = (low + high) / 2
            beyond = self.unusual(level, middle, gaps, days)
            low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
        return high


def learn(gaps: np.ndarray, days: np.ndarray, squares: np.ndarray) -> Rhythm:
    """Learn a shop's rhythm from customers with at least one gap: their number, total days, and sum of (g − ½)²."""
    seen = (gaps > 0) & (days > 0)
    x, t = gaps[seen], days[seen] - HALF * gaps[seen]
    if len(x) < 2:
        return Rhythm(1.0, 1.0, float(t.sum() / max(x.sum(), 1.0)) if len(x) else MONTH)
    mean_rate = x.sum() / t.sum()
    # Method of moments: what the counts vary beyond Poisson is how much rates differ between customers.
    extra = float(np.sum((x - mean_rate * t) ** 2) - np.sum(mean_rate * t))
    variance = max(extra / float(np.sum(t**2)), 1e-6 * mean_rate**2)
    return Rhythm(_shape(x, t, squares[seen]), mean_rate**2 / variance, mean_rate / variance)


def _shape(x: np.ndarray, t: np.ndarray, squares: np.ndarray) -> float:
    """Return the shape by moments, given each customer's total: E Σ (g/T)² = (k + 1) / (xk + 1) for Dirichlet shares.

    Squares look at the long gaps, which matter here; logarithms would look at the short ones.
    """
    several = x > 1
    if not several.any():
        return 1.0
    sizes, counts = np.unique(x[several], return_counts=True)
    found = float(np.sum(squares[several] / t[several] ** 2))
    low, high = np.log(SHAPES)
    for _ in range(STEPS):
        middle = (low + high) / 2
        k = np.exp(middle)
        expected = float(np.sum(counts * (k + 1) / (sizes * k + 1)))
        low, high = (middle, high) if expected > found else (low, middle)
    return float(np.exp((low + high) / 2))
