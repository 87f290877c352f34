"""BG/BB: customers who have discrete occasions to buy, take some, and leave unseen (Fader, Hardie and Shang 2010)."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, digamma, gammaln

from tenure.kit.i18n import Text
from tenure.models.base import Indices, UnusableInput, ValueAndGradient, Vector
from tenure.models.lifetime_value.purchase_count import MOST_ORDERS, PurchaseCount, Rows, Steps

Matrix = NDArray[np.float64]


class BetaGeoBetaBinomial(PurchaseCount):
    """How often customers take a yearly (weekly, …) occasion: donations, conferences, catalogues, cruises.

    ``T`` counts the occasions since the first order, ``recency`` the last one taken, ``frequency`` how many were
    taken; a horizon counts occasions to come. While there, a customer takes an occasion with probability
    p ~ Beta(α, β); before each, they leave with probability θ ~ Beta(γ, δ). ``params_`` are alpha, beta, gamma, delta;
    ``probability_alive`` is that of being there at the next occasion.
    """

    NAMES = ("alpha", "beta", "gamma", "delta")
    IN_TIME = ()
    START = (1.0, 1.0, 0.5, 2.0)

    def discounted_purchases(
        self, horizon: float, discount_rate: float, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Vector:
        """Return expected orders at the next occasions, each worth 1 / (1 + rate) for every occasion it is away."""
        rows, where = self._rows(horizon, frequency, recency, T)
        there = self._sum(rows, lambda k: float((1 + discount_rate) ** -k))
        return (self._alive(rows) * self._buys(rows) * there)[where]

    def _likelihood(self, x: Vector, tx: Vector, age: Vector, weights: Vector) -> ValueAndGradient:
        return _Likelihood((x, tx, age), weights)

    def _alive(self, rows: Rows) -> Vector:
        alpha, beta, gamma, delta = self._parameters()
        x, tx, n, _ = rows
        left = _Endings((x, tx, n)).left(np.array([alpha, beta, gamma, delta]))[0]
        stayed = _stayed((x, n), (alpha, beta, gamma, delta))
        return np.asarray((delta + n) / (gamma + delta + n) / (1 + np.exp(np.minimum(left - stayed, 700.0))))

    def _mean(self, rows: Rows) -> Vector:
        return self._buys(rows) * self._sum(rows, lambda k: 1.0)

    def _pairs(self, rows: Rows) -> Vector:
        alpha, beta, _, _ = self._parameters()
        x, _, n, _ = rows
        both = self._buys(rows) * (alpha + x + 1) / (alpha + beta + n + 1)
        return both * self._sum(rows, lambda k: 2.0 * (k - 1))

    def _some(self, rows: Rows) -> Vector:
        """The first of the occasions to come that is taken is the k-th with E[p (1−p)^(k−1)]."""
        alpha, beta, _, _ = self._parameters()
        x, _, n, _ = rows
        first, total = self._buys(rows), np.zeros(len(x))
        for k, there in self._there(rows):
            total += there * first
            first = first * (beta + n - x + k - 1) / (alpha + beta + n + k)
        return np.minimum(total, 1.0)

    def _tails(self, rows: Rows, least: float) -> Steps:
        """P(X ≥ m) is the chance that the m-th order comes at some occasion k and the customer is still there."""
        alpha, beta, _, _ = self._parameters()
        x, _, n, t = rows
        active, kth = np.arange(len(x)), np.arange(1, int(t.max(initial=0.0)) + 1)
        there = np.stack([column for _, column in self._there(rows)] or [np.zeros(len(x))], axis=1)
        there *= self._alive(rows)[:, None]
        a, b = alpha + x, beta + n - x
        chance = np.exp(betaln(a[:, None] + 1, b[:, None] + kth - 1) - betaln(a, b)[:, None])
        for m in range(1, min(MOST_ORDERS, len(kth)) + 1):
            tail = np.einsum("ij,ij->i", chance, there)
            yield m, active, tail
            keep = tail > least
            active, there, chance, a, b = active[keep], there[keep], chance[keep], a[keep], b[keep]
            if not len(active):
                return
            spare = np.maximum(kth - m, 0)
            chance = chance * spare / m * (a[:, None] + m) / np.maximum(b[:, None] + spare - 1, 1e-300)

    def _cautious(self, watched: float) -> tuple[float, ...]:
        return 1.0, 2 * watched if watched > 0 else 1e9, 1.0, 1.0

    def _buys(self, rows: Rows) -> Vector:
        """Return the chance that a customer who is there takes the next occasion."""
        alpha, beta, _, _ = self._parameters()
        return (alpha + rows[0]) / (alpha + beta + rows[2])

    def _there(self, rows: Rows) -> Iterator[tuple[int, Vector]]:
        """Yield k and the chance of being there at the k-th occasion, given the first; zero beyond the horizon."""
        _, _, gamma, delta = self._parameters()
        _, _, n, t = rows
        there = np.ones(len(n))
        for k in range(1, int(t.max(initial=0.0)) + 1):
            yield k, np.where(k <= t, there, 0.0)
            there = there * (delta + n + k) / (gamma + delta + n + k)

    def _sum(self, rows: Rows, worth: Callable[[int], float]) -> Vector:
        total = np.zeros(len(rows[0]))
        for k, there in self._there(rows):
            total += worth(k) * there
        return total

    def _checked(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> tuple[Vector, Vector, Vector]:
        x, tx, n = super()._checked(frequency, recency, T)
        if any(np.any(column != np.floor(column)) for column in (x, tx, n)) or np.any(x > tx):
            raise UnusableInput(_NOT_OCCASIONS)
        return x, tx, n

    def _rows(self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> tuple[Rows, Indices]:
        rows, where = super()._rows(horizon, frequency, recency, T)
        if np.any(rows[3] != np.floor(rows[3])):
            raise UnusableInput(_NOT_OCCASIONS)
        return rows, where


def _stayed(history: tuple[Vector, Vector], parameters: tuple[float, ...]) -> Vector:
    """Log-likelihood of a history that has not ended, but for the factor B(α, β) B(γ, δ)."""
    (x, n), (alpha, beta, gamma, delta) = history, parameters
    return np.asarray(betaln(alpha + x, beta + n - x) + betaln(gamma, delta + n))


class _Endings:
    """Log-likelihood of histories that ended at some occasion j after the last order, t_x ≤ j < n.

    The j-th term, B(α + x, β + j − x) B(γ + 1, δ + j), depends on x and j only, so sums from j on are tabled once for
    every distinct x, in logarithms: a customer with many orders has terms that differ by hundreds of powers of ten.
    """

    def __init__(self, rows: tuple[Vector, Vector, Vector]) -> None:
        x, tx, n = rows
        self.counts, self.which = np.unique(x, return_inverse=True)
        self.j = np.arange(int(n.max(initial=0.0)) + 1, dtype=np.float64)
        self.begin, self.end = tx.astype(np.int64), n.astype(np.int64)
        self.possible = (self.j[None, :] >= self.counts[:, None]) & (self.j < len(self.j) - 1)
        self.past = np.where(self.possible, self.j[None, :] - self.counts[:, None], 0.0)

    def left(self, parameters: Vector) -> tuple[Vector, list[Vector]]:
        """Return the logarithm of the sum of terms, and the average of its slope in each parameter."""
        alpha, beta, gamma, delta = parameters
        j, x = self.j, self.counts[:, None]
        logs = gammaln(alpha + x) + gammaln(beta + self.past) - gammaln(alpha + beta + j) + betaln(gamma + 1, delta + j)
        logs = np.where(self.possible, logs, -np.inf)
        log_sum = self._between(logs)
        # averages of what is never negative, so that their sums, too, can be kept in logarithms
        grown = [
            digamma(alpha + beta + j) - digamma(alpha + beta) + 0 * x,
            digamma(beta + self.past) - digamma(beta),
            digamma(gamma + 1 + delta + j) - digamma(gamma + delta) + 0 * x,
            digamma(delta + j) - digamma(delta) + 0 * x,
        ]
        with np.errstate(divide="ignore", invalid="ignore"):
            means = [self._between(logs + np.log(np.maximum(values, 0.0))) - log_sum for values in grown]
            both, bought, all_left, stayed = (np.where(np.isfinite(log_sum), np.exp(mean), 0.0) for mean in means)
        taken = (digamma(alpha + self.counts) - digamma(alpha))[self.which]
        return log_sum, [taken - both, bought - both, 1 / gamma - all_left, stayed - all_left]

    def _between(self, logs: Matrix) -> Vector:
        """Return log Σ exp over begin ≤ j < end for every row."""
        beyond = np.logaddexp.accumulate(logs[:, ::-1], axis=1)[:, ::-1]
        whole, rest = beyond[self.which, self.begin], beyond[self.which, self.end]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(np.isfinite(rest), whole + np.log1p(-np.exp(np.minimum(rest - whole, 0.0))), whole)


class _Likelihood:
    """Mean negative log-likelihood and its gradient in the logarithms of α, β, γ, δ."""

    def __init__(self, rows: tuple[Vector, Vector, Vector], weights: Vector) -> None:
        self.x, _, self.n = rows
        self.endings = _Endings(rows)
        self.w = weights / weights.sum()

    def __call__(self, logs: Vector) -> tuple[float, Vector]:
        alpha, beta, gamma, delta = parameters = np.exp(np.clip(logs, -30, 30))
        x, n = self.x, self.n
        left, slopes = self.endings.left(parameters)
        stayed = _stayed((x, n), tuple(parameters))
        whole = np.logaddexp(left, stayed)
        away, here = self.w * np.exp(left - whole), self.w * np.exp(stayed - whole)
        occasions = digamma(alpha + beta + n) - digamma(alpha + beta)
        departures = digamma(gamma + delta + n) - digamma(gamma + delta)
        still = [
            digamma(alpha + x) - digamma(alpha) - occasions,
            digamma(beta + n - x) - digamma(beta) - occasions,
            -departures,
            digamma(delta + n) - digamma(delta) - departures,
        ]
        gradient = np.array([np.dot(away, gone) + np.dot(here, stay) for gone, stay in zip(slopes, still, strict=True)])
        value = np.dot(self.w, whole) - self.w.sum() * (betaln(alpha, beta) + betaln(gamma, delta))
        return -float(value), -gradient * parameters


_NOT_OCCASIONS = Text(
    "Occasions are counted: frequency, recency, T and horizon must be whole, and frequency at most recency.",
    "机会按次计数：frequency、recency、T 和预测期必须为整数，且 frequency 不得大于 recency。",
)
