"""What every model of orders to come is asked, whatever it assumes: counts, chances, intervals, and their slopes."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tenure.models.base import (
    Indices,
    Optimum,
    ValueAndGradient,
    Vector,
    distinct,
    minimise,
    polish,
    same_length,
    vector,
)
from tenure.models.lifetime_value.history import checked_orders
from tenure.models.lifetime_value.likeliest import Likeliest

WIDEST = 8.0  # log-parameters (time in mean ages) beyond e^8 describe no customers that differ from each other
MANY_HISTORIES = 50_000  # different ones; more are searched on a grid first
CELL = 1 / 48  # of the mean age: the width of a cell of that grid
MOST_ORDERS = 2_000  # longest purchase count whose probability is followed one by one
PAYMENTS = 12  # moments within a horizon at which orders are counted to discount them; exact to 1e-9 on CDNOW

Rows = tuple[Vector, Vector, Vector, Vector]  # frequency, recency, T, horizon of distinct customers
Steps = Iterator[tuple[int, Indices, Vector]]  # n, rows still in play, their chances of n orders or more


class Tails:
    """Chances of at least n orders, customer rows collapsed: ``steps`` yields (n, rows still in play, chances)."""

    def __init__(self, rows: int, where: Indices, steps: Steps) -> None:
        self.rows = rows
        self.where = where
        self.steps = steps


class PurchaseCount(Likeliest, ABC):
    """Purchase counts of customers who may have left unseen.

    A subclass says how likely a history is and what follows for those still there. Learned: see ``Likeliest``, and
    ``n_customers_``; ``identified_`` is False when the data held no repeat order.
    """

    KIND = "order"
    IN_TIME: ClassVar[tuple[str, ...]]  # parameters measured in the unit of time
    START: ClassVar[tuple[float, ...]]  # where the search begins, time in mean ages

    def fit(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, weights: ArrayLike | None = None) -> Self:
        """Find the most likely parameters; ``weights`` count how many customers share a row."""
        (x, tx, age), w = self._weighted(frequency, recency, T, weights)
        self.n_customers_ = float(w.sum())
        watched = float(np.dot(w, age))
        self.identified_ = bool(watched > 0 and np.dot(w, x) > 0)
        if not self.identified_:
            return self._stand_in(_NO_REPEATS, self._cautious(watched))
        scale = watched / self.n_customers_ if self.IN_TIME else 1.0
        best = self._search((x, tx / scale, age / scale), w)
        self._settle(best, np.exp(best.point) * np.where(np.isin(self.NAMES, self.IN_TIME), scale, 1.0), w.sum())
        self.log_likelihood_ -= float(np.dot(w, x) * np.log(scale))
        return self

    def _search(self, rows: tuple[Vector, Vector, Vector], weights: Vector) -> Optimum:
        """Search for the most likely parameters; of very many different histories first on a grid of them.

        The grid finds the neighbourhood and the curvature, a few looks at every history then the same point to 1e-7 as
        a search over all would.
        """
        start, exact = np.log(self.START), self._likelihood(*rows, weights)
        if len(weights) <= MANY_HISTORIES or not self.IN_TIME:
            return minimise(exact, start, -WIDEST, WIDEST)
        few, shared = on_a_grid(rows, weights)
        return polish(exact, minimise(self._likelihood(*few, shared), start, -WIDEST, WIDEST), -WIDEST, WIDEST)

    def log_likelihood(
        self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, weights: ArrayLike | None = None
    ) -> float:
        """Return how likely other customers' histories are at these parameters, to compare models with."""
        (x, tx, age), w = self._weighted(frequency, recency, T, weights)
        return -self._likelihood(x, tx, age, w)(np.log(self._parameters()))[0] * float(w.sum())

    def expected_purchases(self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Vector:
        """Return how many orders each customer is expected to place in the next ``horizon``."""
        rows, where = self._rows(horizon, frequency, recency, T)
        return (self._alive(rows) * self._mean(rows))[where]

    def variance_of_purchases(
        self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Vector:
        """Return the variance of each customer's order count in the next ``horizon`` at the fitted parameters."""
        rows, where = self._rows(horizon, frequency, recency, T)
        alive, mean, pairs = self._alive(rows), self._mean(rows), self._pairs(rows)
        return np.maximum(alive * (pairs + mean) - (alive * mean) ** 2, 0.0)[where]

    def probability_of_purchase(
        self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Vector:
        """Return the probability of at least one order in the next ``horizon``: the number to rank customers by."""
        rows, where = self._rows(horizon, frequency, recency, T)
        return (self._alive(rows) * self._some(rows))[where]

    def probability_alive(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Vector:
        """Return the probability that a customer has not left unseen. This is no churn score: do not rank by it.

        Nobody ever observes who is "alive", so it cannot be checked, and among customers with few orders it mirrors
        the assumptions more than the customer. On CDNOW it ranks who buys again worse than chance under BG/NBD (AUC
        .316, every one-time buyer scores 1) and worse than recency alone under Pareto/NBD (.726 against .771). Use
        ``probability_of_purchase``.
        """
        rows, where = self._rows(0.0, frequency, recency, T)
        return self._alive(rows)[where]

    def discounted_purchases(
        self, horizon: float, discount_rate: float, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> Vector:
        """Return expected orders of the next ``horizon``, each worth less the later it comes.

        ``discount_rate`` is the yearly rate's equivalent for one unit of time. By parts, ∫ e^(−δu) dE[X(u)] =
        e^(−δt) E[X(t)] + δ ∫ e^(−δu) E[X(u)] du, by Gauss-Legendre quadrature.
        """
        delta = float(np.log1p(discount_rate))
        total: Vector = np.exp(-delta * horizon) * self.expected_purchases(horizon, frequency, recency, T)
        nodes, weights = np.polynomial.legendre.leggauss(PAYMENTS)
        for moment, weight in zip((nodes + 1) / 2 * horizon, weights / 2 * horizon, strict=True):
            until = self.expected_purchases(moment, frequency, recency, T)
            total = total + delta * weight * np.exp(-delta * moment) * until
        return total

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
        t = vector("t", t)
        new = np.zeros(len(t))
        return self.expected_purchases(t, new, new, new)

    def purchase_tails(self, history: tuple[Vector, Vector, Vector], horizon: ArrayLike, least: float) -> Tails:
        """Return the chances of 1, 2, 3, … orders or more, over distinct customers, until all fall below ``least``."""
        rows, where = self._rows(horizon, *history)
        return Tails(len(rows[0]), where, self._tails(rows, least))

    @abstractmethod
    def _likelihood(self, x: Vector, tx: Vector, age: Vector, weights: Vector) -> ValueAndGradient:
        """Return the mean negative log-likelihood of the rows, with its gradient, in the logarithms of parameters."""

    @abstractmethod
    def _alive(self, rows: Rows) -> Vector:
        """Return the chance that a customer is still there at T."""

    @abstractmethod
    def _mean(self, rows: Rows) -> Vector:
        """Return E[X] within the horizon for those still there at T."""

    @abstractmethod
    def _pairs(self, rows: Rows) -> Vector:
        """Return E[X(X−1)] within the horizon for those still there at T."""

    @abstractmethod
    def _some(self, rows: Rows) -> Vector:
        """Return P(X ≥ 1) within the horizon for those still there at T."""

    @abstractmethod
    def _tails(self, rows: Rows, least: float) -> Steps:
        """Yield the chances of at least n orders, those still there or not, while any exceeds ``least``."""

    @abstractmethod
    def _cautious(self, watched: float) -> tuple[float, ...]:
        """Return parameters as if half an order had been seen in all the time watched, where none was."""

    def _checked(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> tuple[Vector, Vector, Vector]:
        return checked_orders(frequency, recency, T)

    def _weighted(
        self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, weights: ArrayLike | None
    ) -> tuple[tuple[Vector, Vector, Vector], Vector]:
        """Return the distinct histories and how many customers share each."""
        x, tx, age = self._checked(frequency, recency, T)
        w = np.ones(len(x)) if weights is None else vector("weights", weights)
        same_length(frequency=x, weights=w)
        (x, tx, age), w, _ = distinct([x, tx, age], w)
        return (x, tx, age), w

    def _rows(self, horizon: ArrayLike, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> tuple[Rows, Indices]:
        x, tx, age = self._checked(frequency, recency, T)
        t = np.broadcast_to(vector("horizon", horizon), x.shape)
        (x, tx, age, t), _, where = distinct([x, tx, age, t])
        return (x, tx, age, t), where


def on_a_grid(rows: tuple[Vector, Vector, Vector], weights: Vector) -> tuple[tuple[Vector, Vector, Vector], Vector]:
    """Put histories with the same count and nearly the same times into one, at the mean of their times."""
    x, recency, age = rows
    cells, _, where = distinct([x, np.floor(recency / CELL), np.floor(age / CELL)], weights)
    shared = np.asarray(np.bincount(where, weights, len(cells[0])), dtype=np.float64)
    means = (np.bincount(where, column * weights, len(shared)) / shared for column in (recency, age))
    return (cells[0], next(means), next(means)), shared


class Arrivals:
    """P(at least n arrivals by now), n rising one at a time, when rates are Gamma(shape, rate): ``within``.

    ``time`` may have more axes than rows; rows that no longer matter are dropped by ``keep``.
    """

    def __init__(self, shape: Vector, rate: Vector, time: NDArray[np.float64]) -> None:
        self.n = 1
        self.shape = shape
        self.log_odds = np.log(np.maximum(time, 1e-300)) - np.log(rate + time)
        self.log_chance = shape * (np.log(rate) - np.log(rate + time))  # of exactly n − 1
        self.within = -np.expm1(self.log_chance)

    def step(self) -> None:
        """Ask for one arrival more."""
        self.log_chance = self.log_chance + np.log((self.shape + self.n - 1) / self.n) + self.log_odds
        self.within = np.maximum(self.within - np.exp(self.log_chance), 0.0)
        self.n += 1

    def keep(self, rows: NDArray[np.bool_]) -> None:
        """Forget the other rows."""
        self.shape, self.log_odds = self.shape[rows], self.log_odds[rows]
        self.log_chance, self.within = self.log_chance[rows], self.within[rows]


_NO_REPEATS = "No repeat order was seen, so repeat buying cannot be learned; forecasts are near zero."
