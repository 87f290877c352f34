"""When the next order is due, by the customer's own rhythm; the answer ages with silence."""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincc, betainccinv, betaln, digamma, gammaln
from sklearn.utils.validation import check_is_fitted

from tenure.models.base import Indices, Vector, distinct, minimise, same_length, vector
from tenure.models.lifetime_value.history import checked_orders
from tenure.models.lifetime_value.likeliest import Likeliest

WIDEST = 6.0
STEP = 1e-5  # of log-parameters: the incomplete beta function has no simple slope in its shapes
LONGEST = 10.0  # waits are cut at ten times the longest history: beyond that a date means nothing


class NextOrder(Likeliest):
    """Waiting time to the next order, from a customer's own gaps and those of everybody.

    Gaps are Gamma(k, λ) with λ ~ Gamma(r, α) between customers (k > 1: regular, k < 1: in bursts); after each order,
    the first included, a customer leaves with probability p ~ Beta(a, b), so a long silence is either a long gap or
    the end (Platzer and Reutterer 2016, with k a real number). With ``log_gaps`` left out k stays 1, which is the
    MBG/NBD model. Fitted on at most ``max_customers`` drawn with ``seed``. ``params_`` are k, r, alpha, a, b. Learned
    besides (see ``Likeliest``, of those drawn, with the covariance of the free parameters): ``longest_``.
    """

    NAMES = ("k", "r", "alpha", "a", "b")
    KIND = "rhythm"

    def __init__(self, max_customers: int = 5_000, seed: int = 0) -> None:
        self.max_customers = max_customers
        self.seed = seed

    def fit(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, log_gaps: ArrayLike | None = None) -> Self:
        """Find the most likely parameters; ``log_gaps`` is each customer's sum of the logarithms of the gaps."""
        n, total, age = checked_orders(frequency, recency, T)
        logs = np.zeros(len(n)) if log_gaps is None else np.asarray(log_gaps, dtype=np.float64)
        same_length(frequency=n, log_gaps=logs)
        self.longest_ = float(LONGEST * age.max(initial=0.0))
        if self.max_customers < len(n):
            drawn = np.sort(np.random.default_rng(self.seed).choice(len(n), self.max_customers, replace=False))
            n, total, age, logs = n[drawn], total[drawn], age[drawn], logs[drawn]
        usable = age > 0  # who first bought this instant has shown nothing yet
        n, total, age, logs = n[usable], total[usable], age[usable], logs[usable]
        self.identified_ = bool(n.sum() > 0)
        if not self.identified_:
            self.longest_ = max(self.longest_, 1.0)
            watched = float(age.sum())
            return self._stand_in(_NO_REPEATS, (1.0, 1.0, 2 * watched if watched > 0 else self.longest_, 1.0, 1.0))
        return self._most_likely((n, total, age, logs), regular=log_gaps is not None)

    def silence_probability(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Vector:
        """Return the chance that a customer who has not left would be silent for this long, by their own rhythm."""
        n, scale, silence, where = self._rows(frequency, recency, T)
        return self._survival(n, scale, silence)[where]

    def probability_active(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Vector:
        """Return the chance that the present silence is a gap and not the end."""
        n, scale, silence, where = self._rows(frequency, recency, T)
        stay = (self.params_["b"] + n) * self._survival(n, scale, silence)
        active: Vector = stay / (self.params_["a"] + stay)
        return active[where]

    def expected_wait(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, quantile: float = 0.5) -> Vector:
        """Return how long from now until the next order, for a customer who has not left: the median, or a quantile.

        The gap's distribution is cut at the silence already elapsed, so every silent day moves the answer. The median
        is used because the mean does not exist for customers with a short history.
        """
        n, scale, silence, where = self._rows(frequency, recency, T)
        k, r = self.params_["k"], self.params_["r"]
        remaining = self._survival(n, scale, silence) * (1 - quantile)
        z = betainccinv(k, r + k * n, np.maximum(remaining, 1e-300))
        gap = scale * z / np.maximum(1 - z, 1e-300)
        wait: Vector = np.clip(gap - silence, 0.0, self.longest_)
        return wait[where]

    def usual_gap(self, frequency: ArrayLike, recency: ArrayLike) -> Vector:
        """Return the median gap of each customer, blending their own gaps with everybody's."""
        n, total = vector("frequency", frequency), vector("recency", recency)
        return self.expected_wait(n, total, total)

    def _survival(self, n: Vector, scale: Vector, silence: Vector) -> Vector:
        k, r = self.params_["k"], self.params_["r"]
        return np.asarray(betaincc(k, r + k * n, silence / (silence + scale)), dtype=np.float64)

    def _rows(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> tuple[Vector, Vector, Vector, Indices]:
        check_is_fitted(self, "params_")
        (n, total, age), _, where = distinct(checked_orders(frequency, recency, T))
        return n, self.params_["alpha"] + total, np.maximum(age - total, 0.0), where

    def _most_likely(self, rows: tuple[Vector, Vector, Vector, Vector], regular: bool) -> Self:
        n, total, age, logs = rows
        scale = float(age.mean())
        (n, total, age, logs), weights, _ = distinct([n, total / scale, age / scale, logs - n * np.log(scale)])
        likelihood = _Likelihood((n, total, age - total, logs), weights, regular)
        start = np.log([1.0, 0.5, 0.2, 1.0, 2.0])[0 if regular else 1 :]
        best = minimise(likelihood, start, -WIDEST, WIDEST)
        point = best.point if regular else np.append(0.0, best.point)
        values = np.exp(point) * np.array([1, 1, scale, 1, 1])
        self._settle(best, values, weights.sum(), fixed=0 if regular else 1)
        self.log_likelihood_ -= float(np.dot(weights, n) * np.log(scale))
        return self


class _Likelihood:
    """Mean negative log-likelihood and gradient in the logarithms of (k,) r, α, a, b."""

    def __init__(self, rows: tuple[Vector, Vector, Vector, Vector], weights: Vector, regular: bool) -> None:
        self.n, self.total, self.silence, self.logs = rows
        self.w = weights / weights.sum()
        self.regular = regular

    def __call__(self, point: Vector) -> tuple[float, Vector]:
        full = point if self.regular else np.append(0.0, point)
        rhythm, (a, b) = full[:3], np.exp(full[3:])
        n, w = self.n, self.w
        gaps, survival = self._rhythm(rhythm)
        odds = a + (b + n) * survival
        value = np.dot(w, gaps + betaln(a, b + n) - betaln(a, b) + np.log(odds) - np.log(a + b + n))
        slopes = []
        for i in range(0 if self.regular else 1, 3):
            move = np.zeros(3)
            move[i] = STEP
            (up, far_up), (down, far_down) = self._rhythm(rhythm + move), self._rhythm(rhythm - move)
            slopes.append(np.dot(w, up - down + (b + n) / odds * (far_up - far_down)) / (2 * STEP))
        shared = digamma(a + b) - digamma(a + b + n) - 1 / (a + b + n)
        slopes.append(a * np.dot(w, shared + 1 / odds))
        slopes.append(b * np.dot(w, shared + digamma(b + n) - digamma(b) + survival / odds))
        return -float(value), -np.array(slopes)

    def _rhythm(self, logs: NDArray[np.float64]) -> tuple[Vector, Vector]:
        """Log-density of the complete gaps, and the chance of the silence since."""
        k, r, alpha = np.exp(logs)
        shape, scale = r + k * self.n, alpha + self.total
        gaps = (k - 1) * self.logs - self.n * gammaln(k) + gammaln(shape) - gammaln(r)
        gaps += r * np.log(alpha) - shape * np.log(scale)
        survival = betaincc(k, shape, self.silence / (self.silence + scale))
        return gaps, np.maximum(survival, 1e-300)


_NO_REPEATS = "No repeat order was seen, so no rhythm can be learned; next orders are put far away."
