"""BG/NBD: how many orders to expect from customers who leave without telling (Fader, Hardie and Lee 2005)."""

from collections.abc import Callable, Iterator
from copy import copy
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma, gammaln, hyp2f1
from sklearn.utils.validation import check_is_fitted

from tenure.models.base import (
    AtBound,
    DegenerateData,
    Indices,
    Model,
    NotConverged,
    Vector,
    beta_nodes,
    distinct,
    minimise,
    same_length,
    vector,
    warn,
)
from tenure.models.lifetime_value.history import checked_orders

NAMES = ("r", "alpha", "a", "b")
NODES = 32  # integrates to 1e-10 relative on CDNOW; the exact 2F1 form loses digits for busy customers
ROWS_AT_ONCE = 16_384  # keeps the node matrices inside the processor cache
WIDEST = 8.0  # log-parameters (time in mean ages) beyond e^8 describe no customers that differ from each other
MOST_ORDERS = 2_000  # longest purchase count whose probability is followed one by one


Moment = Callable[[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


class BetaGeoNBD(Model):
    """Purchase counts of customers who may have left unseen, in any unit of time.

    While alive a customer orders at rate λ ~ Gamma(r, α) and after each order leaves with probability p ~ Beta(a, b).
    Learned: ``params_`` {r, alpha, a, b}, ``log_likelihood_``, ``covariance_`` (of the logarithms of the parameters),
    ``standard_errors_``, ``n_customers_``, ``identified_`` (False when the data held no repeat order).
    """

    def fit(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, weights: ArrayLike | None = None) -> Self:
        """Find the most likely parameters; ``weights`` count how many customers share a row."""
        x, tx, age = checked_orders(frequency, recency, T)
        w = np.ones(len(x)) if weights is None else vector("weights", weights)
        same_length(frequency=x, weights=w)
        (x, tx, age), w, _ = distinct([x, tx, age], w)
        self.n_customers_ = float(w.sum())
        self.identified_ = bool(self.n_customers_ > 0 and np.dot(w, x) > 0 and np.dot(w, age) > 0)
        if not self.identified_:
            return self._stand_in(float(np.dot(w, age)))
        scale = float(np.dot(w, age) / w.sum())
        likelihood = _Likelihood(x, tx / scale, age / scale, w)
        best = minimise(likelihood, np.log([0.5, 0.5, 1.0, 2.0]), -WIDEST, WIDEST)
        if not best.converged:
            warn(NotConverged, "The order model did not settle; treat its forecasts with care.")
        if best.at_bound:
            names = ", ".join(NAMES[i] for i in best.at_bound)
            warn(AtBound, f"The order data says almost nothing about {names}.")
        values = np.exp(best.point) * np.array([1, scale, 1, 1])
        self.params_ = dict(zip(NAMES, values.tolist(), strict=True))
        self.log_likelihood_ = -best.value * w.sum() - float(np.dot(w, x)) * float(np.log(scale))
        self.covariance_ = best.covariance / w.sum()
        errors = values * np.sqrt(np.diag(self.covariance_))
        self.standard_errors_ = dict(zip(NAMES, errors.tolist(), strict=True))
        return self

    def expected_purchases(self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Vector:
        """Return how many orders each customer is expected to place in the next ``horizon``."""
        rows, where = self._rows(horizon, frequency, recency, T)
        return (self._alive(rows) * self._moment(rows, _mean))[where]

    def variance_of_purchases(
        self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Vector:
        """Return the variance of each customer's order count in the next ``horizon`` at the fitted parameters."""
        rows, where = self._rows(horizon, frequency, recency, T)
        alive, mean, pairs = self._alive(rows), self._moment(rows, _mean), self._moment(rows, _pairs)
        return np.maximum(alive * (pairs + mean) - (alive * mean) ** 2, 0.0)[where]

    def probability_alive(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Vector:
        """Return the probability that a customer has not left; always one before the first repeat order.

        A ranking by this number is worse than useless (one-time buyers all score 1): rank by expected orders.
        """
        rows, where = self._rows(0.0, frequency, recency, T)
        return self._alive(rows)[where]

    def probability_of_purchase(
        self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Vector:
        """Return the probability of at least one order in the next ``horizon``.

        Given alive at T the rate is Gamma(r + x, α + T) and leaving can only follow an order, so the chance of silence
        is ((α+T)/(α+T+t))^(r+x) times P(alive), plus the chance of having left already.
        """
        rows, where = self._rows(horizon, frequency, recency, T)
        r, alpha, _, _ = self._parameters()
        x, _, age, t = rows
        chance: Vector = self._alive(rows) * -np.expm1(-(r + x) * np.log1p(t / (alpha + age)))
        return chance[where]

    def purchase_interval(
        self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, level: float = 0.9
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the exact central predictive interval of each customer's order count, at the fitted parameters."""
        rows, where = self._rows(horizon, frequency, recency, T)
        low, high = np.zeros(len(rows[0]), dtype=np.int64), np.zeros(len(rows[0]), dtype=np.int64)
        for _, active, tail in self._tails(rows, (1 - level) / 2):
            low[active] += tail > (1 + level) / 2
            high[active] += tail > (1 - level) / 2
        return low[where], high[where]

    def expected_purchases_of_new(self, t: ArrayLike) -> Vector:
        """Return how many repeat orders a brand-new customer is expected to place within ``t`` of the first."""
        r, alpha, a, b = self._parameters()
        t = vector("t", t)
        nodes, weights = beta_nodes(np.array([a]), np.array([b]), 2 * NODES)
        expected: Vector = _mean(nodes, t[:, None] / alpha, np.array(r)) @ weights[0]
        return expected

    def purchase_tails(self, history: tuple[Vector, Vector, Vector], horizon: float, least: float) -> "Tails":
        """Return the chances of 1, 2, 3, … orders or more, over distinct customers, until all fall below ``least``."""
        rows, where = self._rows(horizon, *history)
        return Tails(len(rows[0]), where, self._tails(rows, least))

    def moved(self, shift: ArrayLike) -> "BetaGeoNBD":
        """Return the same model with the logarithms of r, α, a, b moved, to see how answers depend on them."""
        other = copy(self)
        values = np.array(self._parameters()) * np.exp(shift)
        other.params_ = dict(zip(NAMES, values.tolist(), strict=True))
        return other

    def _parameters(self) -> tuple[float, float, float, float]:
        check_is_fitted(self, "params_")
        r, alpha, a, b = (self.params_[name] for name in NAMES)
        return r, alpha, a, b

    def _rows(
        self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> tuple[tuple[Vector, Vector, Vector, Vector], Indices]:
        x, tx, age = checked_orders(frequency, recency, T)
        t = np.broadcast_to(vector("horizon", horizon), x.shape)
        (x, tx, age, t), _, where = distinct([x, tx, age, t])
        return (x, tx, age, t), where

    def _alive(self, rows: tuple[Vector, Vector, Vector, Vector]) -> Vector:
        r, alpha, a, b = self._parameters()
        x, tx, age, _ = rows
        repeat = np.maximum(x, 1)
        left = np.log(a / (b + repeat - 1)) + (r + x) * np.log((alpha + age) / (alpha + tx))
        return np.where(x > 0, 1 / (1 + np.exp(np.minimum(left, 700))), 1.0)

    def _moment(self, rows: tuple[Vector, Vector, Vector, Vector], moment: Moment) -> Vector:
        """Average a moment of the order count over p, for customers who are alive at T."""
        r, alpha, a, b = self._parameters()
        x, _, age, t = rows
        counts, which = np.unique(x, return_inverse=True)
        nodes, weights = beta_nodes(np.full(len(counts), a), b + counts, NODES)
        result = np.empty(len(x))
        for start in range(0, len(x), ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            p, w, shape = nodes[which[part]], weights[which[part]], (r + x[part])[:, None]
            s = (t[part] / (alpha + age[part]))[:, None]
            result[part] = np.einsum("ij,ij->i", moment(p, s, shape), w)
        return result

    def _tails(
        self, rows: tuple[Vector, Vector, Vector, Vector], least: float
    ) -> Iterator[tuple[int, Indices, Vector]]:
        """Yield n, the rows still in play, and their P(X ≥ n) = P(alive) · E[(1−p)^(n−1)] · P(n-th order in time)."""
        r, alpha, a, b = self._parameters()
        x, _, age, t = rows
        active = np.arange(len(x))
        stay, shape = self._alive(rows), r + x
        b_now, log_odds = b + x, np.log(np.maximum(t, 1e-300)) - np.log(alpha + age + t)
        log_chance = shape * np.log((alpha + age) / (alpha + age + t))
        within = -np.expm1(log_chance)
        for n in range(1, MOST_ORDERS + 1):
            tail = stay * np.maximum(within, 0.0)
            yield n, active, tail
            keep = tail > least
            active, stay, shape, b_now = active[keep], stay[keep], shape[keep], b_now[keep]
            log_odds, log_chance, within = log_odds[keep], log_chance[keep], within[keep]
            if not len(active):
                return
            stay = stay * (b_now + n - 1) / (a + b_now + n - 1)
            log_chance = log_chance + np.log((shape + n - 1) / n) + log_odds
            within = within - np.exp(log_chance)

    def _stand_in(self, watched: float) -> Self:
        """Without one repeat order, act as if half an order had been seen in all the time watched."""
        warn(DegenerateData, "No repeat order was seen, so repeat buying cannot be learned; forecasts are near zero.")
        self.params_ = {"r": 1.0, "alpha": 2 * watched if watched > 0 else 1e9, "a": 1.0, "b": 1.0}
        self.log_likelihood_ = float("nan")
        self.covariance_ = np.zeros((4, 4))
        self.standard_errors_ = dict.fromkeys(NAMES, float("nan"))
        return self


class Tails:
    """Chances of at least n orders, customer rows collapsed: ``steps`` yields (n, rows still in play, chances)."""

    def __init__(self, rows: int, where: Indices, steps: Iterator[tuple[int, Indices, Vector]]) -> None:
        self.rows = rows
        self.where = where
        self.steps = steps


class _Likelihood:
    """Mean negative log-likelihood and its gradient in the logarithms of r, α, a, b.

    Everything that depends on x alone is computed once per distinct x: gamma functions are the dear part.
    """

    def __init__(self, x: Vector, tx: Vector, age: Vector, weights: Vector) -> None:
        self.counts, which = np.unique(x, return_inverse=True)
        self.count_weights = np.bincount(which, weights=weights)
        self.total = float(weights.sum())
        again = x > 0
        self.x, self.tx, self.age, self.w = x[again], tx[again], age[again], weights[again]
        self.which = which[again]
        self.once_age, self.once_w = age[~again], weights[~again]

    def __call__(self, logs: Vector) -> tuple[float, Vector]:
        r, alpha, a, b = np.exp(np.clip(logs, -30, 30))
        value, by_count = self._by_count(r, alpha, a, b)
        late, early = np.log(alpha + self.age), np.log(alpha + self.tx)
        shape = r + self.x
        left = (np.log(a) - np.log(b + self.counts[self.which] - 1)) - shape * early
        stayed = -shape * late
        top = np.maximum(left, stayed)
        share = np.exp(left - top)
        whole = share + np.exp(stayed - top)
        value += float(np.dot(self.w, top + np.log(whole)))
        share = share / whole  # chance of having left, given the history
        once_late = np.log(alpha + self.once_age)
        value -= r * float(np.dot(self.once_w, once_late))
        seen = self.w * share
        gradient = by_count + np.array(
            [
                -np.dot(self.w, late + share * (early - late)) - np.dot(self.once_w, once_late),
                -np.dot(self.w * shape, (1 - share) / (alpha + self.age) + share / (alpha + self.tx))
                - r * np.dot(self.once_w, 1 / (alpha + self.once_age)),
                seen.sum() / a,
                -np.dot(seen, 1 / (b + self.x - 1)),
            ]
        )
        return -value / self.total, -gradient * np.array([r, alpha, a, b]) / self.total

    def _by_count(self, r: float, alpha: float, a: float, b: float) -> tuple[float, Vector]:
        x, w = self.counts, self.count_weights
        value = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        value += gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        both = digamma(a + b) - digamma(a + b + x)
        slopes = [
            np.dot(w, digamma(r + x) - digamma(r)) + w.sum() * np.log(alpha),
            w.sum() * r / alpha,
            np.dot(w, both),
            np.dot(w, both + digamma(b + x) - digamma(b)),
        ]
        return float(np.dot(w, value)), np.array(slopes)


def exact_expected_purchases(model: BetaGeoNBD, horizon: float, history: tuple[Vector, Vector, Vector]) -> Vector:
    """Return conditional expectations by the published closed form, to check the quadrature against.

    Breaks down at a = 1 and loses digits for busy customers, which is why the model itself does not use it.
    """
    r, alpha, a, b = (model.params_[name] for name in NAMES)
    x, _, age = history
    z = horizon / (alpha + age + horizon)
    series = hyp2f1(r + x, b + x, a + b + x - 1, z)
    growth = (a + b + x - 1) / (a - 1) * (1 - (1 - z) ** (r + x) * series)
    return np.asarray(model.probability_alive(*history) * growth)


def _mean(p: NDArray[np.float64], s: NDArray[np.float64], shape: NDArray[np.float64]) -> NDArray[np.float64]:
    """E[X | alive, p] = (1 − (1+ps)^−shape) / p, with s = t / (α+T)."""
    return np.asarray(-np.expm1(-shape * np.log1p(p * s)) / p, dtype=np.float64)


def _pairs(p: NDArray[np.float64], s: NDArray[np.float64], shape: NDArray[np.float64]) -> NDArray[np.float64]:
    """E[X(X−1) | alive, p] = 2(1−p)/p² · (1 − (1+u)^−shape (1 + shape·u/(1+u))), u = ps; a series where u is tiny."""
    u = p * s
    plain = 1 - np.exp(-shape * np.log1p(u)) * (1 + shape * u / (1 + u))
    small = shape * (shape + 1) / 2 * u**2 * (1 - 2 * (shape + 2) / 3 * u)
    return 2 * (1 - p) * np.where(u * (shape + 2) < 1e-4, small, plain) / p**2
