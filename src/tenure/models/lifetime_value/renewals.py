"""What every model of contracts is asked: how many are still there after so many renewals, and who renews next."""

from abc import ABC, abstractmethod
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, gammaln

from tenure.kit.i18n import Text
from tenure.models.base import UnusableInput, Vector, minimise, same_length, vector
from tenure.models.lifetime_value.likeliest import Likeliest

WIDEST = 8.0
FAR = 1e4  # from here on a ratio of gamma functions is its asymptotic power, where differences would lose digits
LARGEST = 600.0  # logarithm of the largest power of a tenure: beyond it nobody is left


class Renewals(Likeliest, ABC):
    """Survival of contracts over renewals when customers differ in how likely they are to stay: S(t) for whole t.

    Customers leave at renewals, where it is seen. Everyone's S has the form B(α, β + u) / B(α, β) with u a power of
    the tenure t. Learned: see ``Likeliest``, and ``n_customers_``, ``renewal_rate_`` (the constant rate a simpler
    count would give); ``identified_`` is False when renewals told too little.
    """

    KIND = "renewal"

    def fit(
        self,
        tenure: ArrayLike,
        lost: ArrayLike,
        entry: ArrayLike | None = None,
        weights: ArrayLike | None = None,
    ) -> Self:
        """Find the most likely parameters.

        ``tenure`` counts the renewals that came up, ``lost`` says that the last of them was declined. ``entry``
        counts renewals made before the customer was watched: who joined late tells nothing of those. ``weights``
        count how many customers share a row.
        """
        at_risk, losses, self.n_customers_ = _by_renewal(tenure, lost, entry, weights)
        risks, leavers = float(at_risk.sum()), float(losses.sum())
        self.renewal_rate_ = 1.0 - leavers / risks if risks else 1.0
        seen = np.flatnonzero(at_risk).astype(np.float64) + 1
        self.identified_ = bool(0 < leavers < risks and len(seen) >= len(self.NAMES))
        if not self.identified_:
            cautious = leavers + 0.5, risks - leavers + 0.5, 1.0
            return self._stand_in(_TOO_LITTLE, cautious[: len(self.NAMES)])
        likelihood = _Likelihood(self, seen, at_risk[at_risk > 0], losses[at_risk > 0])
        best = minimise(likelihood, np.zeros(len(self.NAMES)), -WIDEST, WIDEST)
        self._settle(best, np.exp(best.point), risks)
        return self

    def survival(self, t: ArrayLike) -> Vector:
        """Return the share of newcomers who make at least t renewals."""
        return np.exp(self.log_survival(vector("t", t)))

    def renewal_probability(self, tenure: ArrayLike) -> Vector:
        """Return the chance that a customer with this many renewals behind them makes the next one."""
        made = vector("tenure", tenure)
        return np.exp(self.log_survival(made + 1) - self.log_survival(made))

    def probability_of_staying(self, renewals: ArrayLike, tenure: ArrayLike) -> Vector:
        """Return the chance that a customer makes all of the next ``renewals``, given those made so far."""
        made = vector("tenure", tenure)
        return np.exp(self.log_survival(made + vector("renewals", renewals)) - self.log_survival(made))

    def log_survival(self, t: Vector) -> Vector:
        """Return the logarithm of the survival curve at whole or broken t."""
        return log_survival(t, *self.curve(np.array(self._parameters())))

    @abstractmethod
    def curve(self, parameters: Vector) -> tuple[float, float, float]:
        """Return α, β and the power of the tenure."""


def log_survival(t: Vector, alpha: float, beta: float, c: float) -> Vector:
    """Return log B(α, β + t^c) − log B(α, β)."""
    here, start = _log_ratio(beta + _power(t, c), alpha), _log_ratio(np.array([beta]), alpha)
    return np.asarray(np.minimum(here - start, 0.0))


def slopes_of_log_survival(t: Vector, alpha: float, beta: float, c: float) -> Vector:
    """Return how log S moves with the logarithms of α, β, c, a column each."""
    u, nothing = _power(t, c), np.array([beta])
    ends, begins = digamma(alpha + beta + u), digamma(alpha + beta)
    falls = _ratio_slope(beta + u, alpha)
    with np.errstate(divide="ignore", invalid="ignore"):
        stretch = np.where((t > 0) & (c * np.log(t) < LARGEST), u * c * np.log(t), 0.0)
    return np.column_stack([
        alpha * (begins - ends),
        beta * (falls - _ratio_slope(nothing, alpha)),
        falls * stretch,
    ])  # fmt: skip


def _power(t: Vector, c: float) -> Vector:
    with np.errstate(divide="ignore"):
        return np.asarray(np.exp(np.minimum(c * np.log(t), LARGEST)))


def _log_ratio(x: Vector, alpha: float) -> Vector:
    """Log Γ(x) − log Γ(α + x)."""
    far = x > FAR * (1 + alpha)
    near, remote = np.where(far, 1.0, x), np.where(far, x, 1.0 + alpha)
    return np.where(far, -alpha * np.log(remote + (alpha - 1) / 2), gammaln(near) - gammaln(alpha + near))


def _ratio_slope(x: Vector, alpha: float) -> Vector:
    """Slope of the above in x: ψ(x) − ψ(α + x)."""
    far = x > FAR * (1 + alpha)
    near, remote = np.where(far, 1.0, x), np.where(far, x, 1.0 + alpha)
    return np.where(far, -alpha / (remote + (alpha - 1) / 2), digamma(near) - digamma(alpha + near))


class _Likelihood:
    """Mean negative log-likelihood per renewal, and its gradient: each renewal is a coin with its own chance."""

    def __init__(self, model: Renewals, renewal: Vector, at_risk: Vector, losses: Vector) -> None:
        self.model = model
        self.renewal, self.losses, self.kept = renewal, losses, at_risk - losses
        self.total = float(at_risk.sum())

    def __call__(self, logs: Vector) -> tuple[float, Vector]:
        curve = self.model.curve(np.exp(np.clip(logs, -30, 30)))
        stay = log_survival(self.renewal, *curve) - log_survival(self.renewal - 1, *curve)
        stay = np.minimum(stay, -1e-300)
        leave = np.log(-np.expm1(stay))
        value = np.dot(self.kept, stay) + np.dot(self.losses, leave)
        slopes = slopes_of_log_survival(self.renewal, *curve) - slopes_of_log_survival(self.renewal - 1, *curve)
        gradient = (self.kept - self.losses / np.expm1(np.minimum(-stay, LARGEST))) @ slopes[:, : len(logs)]
        return -float(value) / self.total, -gradient / self.total


def _by_renewal(
    tenure: ArrayLike, lost: ArrayLike, entry: ArrayLike | None, weights: ArrayLike | None
) -> tuple[Vector, Vector, float]:
    """Count, for the first, second, … renewal, whose came up and who declined: all the data there is."""
    t, gone = vector("tenure", tenure), np.asarray(lost, dtype=bool)
    since = np.zeros(len(t)) if entry is None else vector("entry", entry)
    w = np.ones(len(t)) if weights is None else vector("weights", weights)
    same_length(tenure=t, lost=gone.astype(np.float64), entry=since, weights=w)
    if np.any(t != np.floor(t)) or np.any(since != np.floor(since)) or np.any(since > t) or np.any(gone & (since >= t)):
        raise UnusableInput(_IMPOSSIBLE)
    size = int(t.max(initial=0.0)) + 1
    ends = np.bincount(t.astype(np.int64), weights=w, minlength=size)
    begins = np.bincount(since.astype(np.int64), weights=w, minlength=size)
    # at the t-th renewal: who began before it, less who ended before it
    at_risk = np.cumsum(begins)[:-1] - np.cumsum(ends)[:-1]
    losses = np.bincount(t[gone].astype(np.int64), weights=w[gone], minlength=size)[1:]
    at_risk = np.where(at_risk < 1e-9, 0.0, at_risk)  # sums of broken weights need not end at nought
    return at_risk.astype(np.float64), losses.astype(np.float64), float(w.sum())


_TOO_LITTLE = "Too few different renewals were seen; one rate stands for all."
_IMPOSSIBLE = Text(
    "tenure and entry count renewals: whole numbers, entry at most tenure, and below it for who was lost.",
    "tenure 和 entry 是续约次数：必须为整数，entry 不得大于 tenure；已流失者的 entry 须小于 tenure。",
)
