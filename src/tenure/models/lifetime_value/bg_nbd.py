"""BG/NBD: how many orders to expect from customers who leave without telling (Fader, Hardie and Lee 2005)."""

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma, gammaln, hyp2f1

from tenure.models.base import ValueAndGradient, Vector, beta_nodes, vector
from tenure.models.lifetime_value.purchase_count import MOST_ORDERS, Arrivals, PurchaseCount, Rows, Steps

NODES = 32  # integrates to 1e-10 relative on CDNOW; the exact 2F1 form loses digits for busy customers
ROWS_AT_ONCE = 16_384  # keeps the node matrices inside the processor cache

Moment = Callable[[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


class BetaGeoNBD(PurchaseCount):
    """Purchase counts of customers who may have left unseen, in any unit of time.

    While alive a customer orders at rate λ ~ Gamma(r, α) and after each repeat order leaves with probability
    p ~ Beta(a, b). ``params_`` are r, alpha, a, b.
    """

    NAMES = ("r", "alpha", "a", "b")
    IN_TIME = ("alpha",)
    START = (0.5, 0.5, 1.0, 2.0)
    EARLIER_CHANCES: ClassVar[int] = 0  # to leave, before the first repeat order

    def expected_purchases_of_new(self, t: ArrayLike) -> Vector:
        """Return how many repeat orders a brand-new customer is expected to place within ``t`` of the first."""
        r, alpha, a, b = self._parameters()
        t = vector("t", t)
        # after one order the horizon is long beside the history: twice the nodes keep the digits
        nodes, weights = beta_nodes(np.array([a]), np.array([b + self.EARLIER_CHANCES]), 2 * NODES)
        stay = (b / (a + b)) ** self.EARLIER_CHANCES
        expected: Vector = stay * (_mean(nodes, t[:, None] / alpha, np.array(r)) @ weights[0])
        return expected

    def _likelihood(self, x: Vector, tx: Vector, age: Vector, weights: Vector) -> ValueAndGradient:
        return _Likelihood((x, tx, age), weights, self.EARLIER_CHANCES)

    def _alive(self, rows: Rows) -> Vector:
        r, alpha, a, b = self._parameters()
        x, tx, age, _ = rows
        chances = x + self.EARLIER_CHANCES
        left = np.log(a / (b + np.maximum(chances, 1) - 1)) + (r + x) * np.log((alpha + age) / (alpha + tx))
        return np.where(chances > 0, 1 / (1 + np.exp(np.minimum(left, 700))), 1.0)

    def _mean(self, rows: Rows) -> Vector:
        return self._moment(rows, _mean)

    def _pairs(self, rows: Rows) -> Vector:
        return self._moment(rows, _pairs)

    def _some(self, rows: Rows) -> Vector:
        """Given alive at T the rate is Gamma(r + x, α + T), and leaving can only follow an order."""
        r, alpha, _, _ = self._parameters()
        x, _, age, t = rows
        return -np.expm1(-(r + x) * np.log1p(t / (alpha + age)))

    def _moment(self, rows: Rows, moment: Moment) -> Vector:
        """Average a moment of the order count over p, for customers who are alive at T."""
        r, alpha, a, b = self._parameters()
        x, _, age, t = rows
        counts, which = np.unique(x, return_inverse=True)
        nodes, weights = beta_nodes(np.full(len(counts), a), b + counts + self.EARLIER_CHANCES, NODES)
        result = np.empty(len(x))
        for start in range(0, len(x), ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            p, w, shape = nodes[which[part]], weights[which[part]], (r + x[part])[:, None]
            s = (t[part] / (alpha + age[part]))[:, None]
            result[part] = np.einsum("ij,ij->i", moment(p, s, shape), w)
        return result

    def _tails(self, rows: Rows, least: float) -> Steps:
        """P(X ≥ n) = P(alive) · E[(1−p)^(n−1)] · P(n-th order in time)."""
        r, alpha, a, b = self._parameters()
        x, _, age, t = rows
        active, stay, b_now = np.arange(len(x)), self._alive(rows), b + x + self.EARLIER_CHANCES
        arrivals = Arrivals(r + x, alpha + age, t)
        for n in range(1, MOST_ORDERS + 1):
            tail = stay * arrivals.within
            yield n, active, tail
            keep = tail > least
            active, stay, b_now = active[keep], stay[keep], b_now[keep]
            if not len(active):
                return
            arrivals.keep(keep)
            arrivals.step()
            stay = stay * (b_now + n - 1) / (a + b_now + n - 1)

    def _cautious(self, watched: float) -> tuple[float, ...]:
        return 1.0, 2 * watched if watched > 0 else 1e9, 1.0, 1.0


class _Likelihood:
    """Mean negative log-likelihood and its gradient in the logarithms of r, α, a, b.

    Everything that depends on x alone is computed once per distinct x: gamma functions are the dear part. Who has had
    no chance to leave yet (``chances`` = 0) is alive for sure.
    """

    def __init__(self, rows: tuple[Vector, Vector, Vector], weights: Vector, earlier: int) -> None:
        x, tx, age = rows
        self.counts, which = np.unique(x, return_inverse=True)
        self.chances = self.counts + earlier
        self.count_weights = np.bincount(which, weights=weights)
        self.total = float(weights.sum())
        unsure = x + earlier > 0
        self.x, self.tx, self.age, self.w = x[unsure], tx[unsure], age[unsure], weights[unsure]
        self.which = which[unsure]
        self.sure_age, self.sure_w = age[~unsure], weights[~unsure]

    def __call__(self, logs: Vector) -> tuple[float, Vector]:
        r, alpha, a, b = np.exp(np.clip(logs, -30, 30))
        value, by_count = self._by_count(r, alpha, a, b)
        late, early = np.log(alpha + self.age), np.log(alpha + self.tx)
        shape = r + self.x
        last = b + self.chances[self.which] - 1
        left = np.log(a) - np.log(last) - shape * early
        stayed = -shape * late
        top = np.maximum(left, stayed)
        share = np.exp(left - top)
        whole = share + np.exp(stayed - top)
        value += float(np.dot(self.w, top + np.log(whole)))
        share = share / whole  # chance of having left, given the history
        sure_late = np.log(alpha + self.sure_age)
        value -= r * float(np.dot(self.sure_w, sure_late))
        seen = self.w * share
        gradient = by_count + np.array(
            [
                -np.dot(self.w, late + share * (early - late)) - np.dot(self.sure_w, sure_late),
                -np.dot(self.w * shape, (1 - share) / (alpha + self.age) + share / (alpha + self.tx))
                - r * np.dot(self.sure_w, 1 / (alpha + self.sure_age)),
                seen.sum() / a,
                -np.dot(seen, 1 / last),
            ]
        )
        return -value / self.total, -gradient * np.array([r, alpha, a, b]) / self.total

    def _by_count(self, r: float, alpha: float, a: float, b: float) -> tuple[float, Vector]:
        x, k, w = self.counts, self.chances, self.count_weights
        value = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        value += gammaln(a + b) + gammaln(b + k) - gammaln(b) - gammaln(a + b + k)
        both = digamma(a + b) - digamma(a + b + k)
        slopes = [
            np.dot(w, digamma(r + x) - digamma(r)) + w.sum() * np.log(alpha),
            w.sum() * r / alpha,
            np.dot(w, both),
            np.dot(w, both + digamma(b + k) - digamma(b)),
        ]
        return float(np.dot(w, value)), np.array(slopes)


def exact_expected_purchases(model: BetaGeoNBD, horizon: float, history: tuple[Vector, Vector, Vector]) -> Vector:
    """Return conditional expectations by the published closed form, to check the quadrature against.

    Breaks down at a = 1 and loses digits for busy customers, which is why the model itself does not use it.
    """
    r, alpha, a, b = (model.params_[name] for name in model.NAMES)
    x, _, age = history
    z = horizon / (alpha + age + horizon)
    k = x + model.EARLIER_CHANCES
    series = hyp2f1(r + x, b + k, a + b + k - 1, z)
    growth = (a + b + k - 1) / (a - 1) * (1 - (1 - z) ** (r + x) * series)
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
