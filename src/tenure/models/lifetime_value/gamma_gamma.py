"""Gamma-Gamma: how much a customer spends per order (Fader and Hardie 2013, note 025)."""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, gammaln
from sklearn.utils.validation import check_is_fitted

from tenure.models.base import (
    DegenerateData,
    SpendFollowsFrequency,
    Vector,
    distinct,
    minimise,
    same_length,
    vector,
    warn,
)
from tenure.models.lifetime_value.likeliest import Likeliest

WIDEST = 8.0
TOO_CORRELATED = 0.2  # the model assumes that how often and how much are unrelated; CDNOW has .08
LEAST_Q = 1.05  # the population mean p·v/(q−1) is infinite at q = 1 and worthless just above it


class GammaGamma(Likeliest):
    """Mean spend per order: order values are Gamma(p, ν), and ν differs between customers as Gamma(q, v).

    Fitted on customers with at least one repeat order and a positive mean. ``params_`` are p, q, v. Learned besides
    (see ``Likeliest``): ``correlation_`` of frequency and spend, ``mean_spend_`` as observed, ``n_customers_``. When
    ``identified_`` is False, the likelihood gave no finite population mean, and spend is shrunk towards the observed
    mean instead.
    """

    NAMES = ("p", "q", "v")
    KIND = "spend"

    def fit(self, frequency: ArrayLike, monetary_value: ArrayLike, weights: ArrayLike | None = None) -> Self:
        """Find the most likely parameters; ``weights`` count how many customers share a row."""
        x, m = vector("frequency", frequency), vector("monetary_value", monetary_value)
        w = np.ones(len(x)) if weights is None else vector("weights", weights)
        same_length(frequency=x, monetary_value=m, weights=w)
        usable = (x > 0) & (m > 0) & (w > 0)
        paying = (m > 0) & (w > 0)
        self.mean_spend_ = float(np.average(m[paying], weights=w[paying])) if paying.any() else 0.0
        (x, m), w, _ = distinct([x[usable], m[usable]], w[usable])
        self.n_customers_ = float(w.sum())
        self.correlation_ = _correlation(x, m, w)
        if self.correlation_ > TOO_CORRELATED:
            warn(SpendFollowsFrequency, f"Spend per order rises with frequency (correlation {self.correlation_:.2f}).")
        if len(x) < 2 or np.ptp(m) == 0:
            return self._stand_in(_ALIKE, (1.0, 2.0, max(self.mean_spend_, 1e-9)))
        return self._most_likely(x, m, w)

    def log_likelihood(self, frequency: ArrayLike, monetary_value: ArrayLike) -> float:
        """Return how likely other customers' spend is at these parameters, of those who repeated and paid."""
        check_is_fitted(self, "params_")
        x, m = self._seen(frequency, monetary_value)
        paid = (x > 0) & (m > 0)
        likelihood = _Likelihood(x[paid], m[paid], np.ones(int(paid.sum())))
        return -likelihood(np.log(list(self.params_.values())))[0] * float(paid.sum())

    def expected_spend(self, frequency: ArrayLike, monetary_value: ArrayLike) -> Vector:
        """Return the expected mean spend per order; newcomers get the population mean."""
        check_is_fitted(self, "params_")
        x, m = self._seen(frequency, monetary_value)
        if not self.identified_:
            return (x * m + self.mean_spend_) / (x + 1)
        p, q, v = self._parameters()
        spend: Vector = p * (v + x * m) / (p * x + q - 1)
        return spend

    def slopes(self, frequency: ArrayLike, monetary_value: ArrayLike) -> tuple[Vector, Vector, Vector]:
        """Return how expected spend moves with the logarithms of p, q and v, for intervals of totals."""
        check_is_fitted(self, "params_")
        x, m = self._seen(frequency, monetary_value)
        p, q, v = self._parameters()
        if not self.identified_:
            return np.zeros(len(x)), np.zeros(len(x)), np.zeros(len(x))
        bottom = p * x + q - 1
        spend = p * (v + x * m) / bottom
        return spend * (q - 1) / bottom, -spend * q / bottom, p * v / bottom

    def posterior(self, frequency: ArrayLike, monetary_value: ArrayLike) -> tuple[float, Vector, Vector]:
        """Return (p, shape, rate): a customer's next order value is Gamma(p, ν) with ν ~ Gamma(shape, rate)."""
        check_is_fitted(self, "params_")
        x, m = self._seen(frequency, monetary_value)
        p, q, v = self._parameters()
        return p, p * x + q, v + x * m

    def _seen(self, frequency: ArrayLike, monetary_value: ArrayLike) -> tuple[Vector, Vector]:
        """Read a history; a mean of zero says nothing of what a paid order costs, so it counts as unseen."""
        x, m = vector("frequency", frequency), vector("monetary_value", monetary_value)
        same_length(frequency=x, monetary_value=m)
        return np.where(m > 0, x, 0.0), m

    def _most_likely(self, x: Vector, m: Vector, w: Vector) -> Self:
        scale = float(np.exp(np.average(np.log(m), weights=w)))  # the mean may be infinite, this is not
        best = minimise(_Likelihood(x, m / scale, w), np.log([2.0, 3.0, 1.0]), -WIDEST, WIDEST)
        self._settle(best, np.exp(best.point) * np.array([1, 1, scale]), w.sum())
        self.log_likelihood_ -= float(w.sum() * np.log(scale))
        q = self.params_["q"]
        self.identified_ = bool(q > LEAST_Q)
        if not self.identified_:
            warn(DegenerateData, f"Mean spend is not finite (q = {q:.3f}); observed means are used.")
        return self


class _Likelihood:
    """Mean negative log-likelihood and its gradient in the logarithms of p, q, v."""

    def __init__(self, x: Vector, m: Vector, weights: Vector) -> None:
        self.counts, self.which = np.unique(x, return_inverse=True)
        self.count_weights = np.bincount(self.which, weights=weights)
        self.x, self.m, self.w = x, m, weights
        self.log_m, self.log_xm = np.log(m), np.log(x) + np.log(m)
        self.total = float(weights.sum())

    def __call__(self, logs: Vector) -> tuple[float, Vector]:
        p, q, v = np.exp(np.clip(logs, -30, 30))
        x, w = self.counts, self.count_weights
        sums = v + self.x * self.m
        log_sums = np.log(sums)
        value = np.dot(w, gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v))
        value += np.dot(self.w, p * self.x * self.log_xm - self.log_m - (p * self.x + q) * log_sums)
        gradient = np.array(
            [
                np.dot(w, x * (digamma(p * x + q) - digamma(p * x)))
                + np.dot(self.w, self.x * (self.log_xm - log_sums)),
                np.dot(w, digamma(p * x + q) - digamma(q) + np.log(v)) - np.dot(self.w, log_sums),
                self.total * q / v - np.dot(self.w, (p * self.x + q) / sums),
            ]
        )
        return -float(value) / self.total, -gradient * np.array([p, q, v]) / self.total


def _correlation(x: Vector, m: Vector, w: Vector) -> float:
    """Pearson correlation with weights; zero when either does not vary."""
    if len(x) < 2 or np.ptp(x) == 0 or np.ptp(m) == 0:
        return 0.0
    dx, dm = x - np.average(x, weights=w), m - np.average(m, weights=w)
    return float(np.dot(w, dx * dm) / np.sqrt(np.dot(w, dx**2) * np.dot(w, dm**2)))


_ALIKE = "The spend of repeat orders does not differ between customers or is unknown."
