"""Pareto/NBD: customers order at random and leave at random, whether they order or not (Schmittlein et al. 1987)."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, exprel, gammaln

from tenure.models.base import ValueAndGradient, Vector
from tenure.models.lifetime_value.purchase_count import MOST_ORDERS, Arrivals, PurchaseCount, Rows, Steps

NODES = 20  # 1e-12 relative as a rule, 2e-7 at worst, over all parameters a search may visit
CUT = 28.0  # where the integrand has fallen to e^-28 of its start the rest is left out
ROWS_AT_ONCE = 8_192  # keeps the node matrices inside the processor cache
LAST_NODES = 16  # moments of leaving within a horizon that chances of n orders are averaged over

Matrix = NDArray[np.float64]
_X, _W = np.polynomial.legendre.leggauss(NODES)
_X_LAST, _W_LAST = np.polynomial.legendre.leggauss(LAST_NODES)


class ParetoNBD(PurchaseCount):
    """Purchase counts of customers who may have left unseen, in any unit of time.

    While alive a customer orders at rate λ ~ Gamma(r, α) and leaves at rate μ ~ Gamma(s, β), also without ordering.
    ``params_`` are r, alpha, s, beta. The published forms need 2F1, which fails for busy customers and has no slopes
    in its parameters; here the one integral behind it is taken by quadrature after a change of variable that makes it
    smooth (see ``_Decay``), so that likelihood, slopes and chances come from the same 20 nodes.
    """

    NAMES = ("r", "alpha", "s", "beta")
    IN_TIME = ("alpha", "beta")
    START = (0.5, 0.5, 0.5, 0.5)

    def _likelihood(self, x: Vector, tx: Vector, age: Vector, weights: Vector) -> ValueAndGradient:
        return _Likelihood((x, tx, age), weights)

    def _alive(self, rows: Rows) -> Vector:
        r, alpha, s, beta = self._parameters()
        x, tx, age, _ = rows
        left = np.log(s) + log_decay(alpha + tx, beta + tx, r + x, s + 1, age - tx)
        stayed = -(r + x) * np.log(alpha + age) - s * np.log(beta + age)
        return np.asarray(1 / (1 + np.exp(np.minimum(left - stayed, 700.0))))

    def _mean(self, rows: Rows) -> Vector:
        """E[λ | alive] E[(1 − e^(−μt))/μ | alive]; exprel keeps s = 1 from being a hole."""
        r, alpha, s, beta = self._parameters()
        x, _, age, t = rows
        reach = np.log1p(t / (beta + age))
        return np.asarray((r + x) / (alpha + age) * (beta + age) * reach * exprel((1 - s) * reach))

    def _pairs(self, rows: Rows) -> Vector:
        """E[λ²] E[τ²], τ the time alive within the horizon: E[τ²] = 2 ∫ u (1 + u/β')^(−s) du."""
        r, alpha, s, beta = self._parameters()
        x, _, age, t = rows
        reach = np.minimum(np.log1p(t / (beta + age)), CUT / max(s - 2, 1e-9))
        steps = (_X + 1) / 2 * reach[:, None]
        area = (np.expm1(steps) * np.exp((1 - s) * steps)) @ (_W / 2) * reach
        shape = r + x
        return np.asarray(shape * (shape + 1) * 2 * area * ((beta + age) / (alpha + age)) ** 2)

    def _some(self, rows: Rows) -> Vector:
        """The first order comes at u with density E[λ e^(−λu)], if the customer is still there: P(life > u)."""
        r, alpha, s, beta = self._parameters()
        x, _, age, t = rows
        shape, a, b = r + x, alpha + age, beta + age
        logs = np.log(shape) + shape * np.log(a) + s * np.log(b) + log_decay(a, b, shape + 1, np.asarray(s), t)
        return np.asarray(np.minimum(np.exp(logs), 1.0))

    def _tails(self, rows: Rows, least: float) -> Steps:
        """Average the chance of n arrivals over when the customer leaves within the horizon, or after it."""
        r, alpha, s, beta = self._parameters()
        x, _, age, t = rows
        reach = np.log1p(t / (beta + age))
        steps = (_X_LAST + 1) / 2 * np.minimum(reach, CUT / s)[:, None]
        leaves = s * np.exp(-s * steps) * (np.minimum(reach, CUT / s)[:, None] / 2) * _W_LAST
        weights = np.column_stack([leaves, np.exp(-s * reach)])
        until = np.column_stack([(beta + age)[:, None] * np.expm1(steps), t])
        active, alive = np.arange(len(x)), self._alive(rows)
        arrivals = Arrivals((r + x)[:, None], (alpha + age)[:, None], until)
        for n in range(1, MOST_ORDERS + 1):
            tail = alive * np.einsum("ij,ij->i", arrivals.within, weights)
            yield n, active, tail
            keep = tail > least
            active, alive, weights = active[keep], alive[keep], weights[keep]
            if not len(active):
                return
            arrivals.keep(keep)
            arrivals.step()

    def _cautious(self, watched: float) -> tuple[float, ...]:
        scale = 2 * watched if watched > 0 else 1e9
        return 1.0, scale, 1.0, scale


class _Decay:
    """∫ (A + u)^(−p) (B + u)^(−q) du from 0 to ``length`` by Gauss-Legendre, with the logarithms at every node.

    In ℓ = log(1 + u / min(A, B)) the integrand falls from its start at a rate that only grows, and is analytic within
    ±π of the real line, so few nodes do whatever the sizes of A, B, p, q.
    """

    def __init__(self, a: Vector, b: Vector, p: Vector, q: Vector, length: Vector) -> None:
        low = np.minimum(a, b)
        rate = p * low / a + q * low / b - 1
        reach = np.minimum(np.log1p(length / low), CUT / np.maximum(rate, 1e-9))
        near = low[:, None] * np.exp((_X + 1) / 2 * reach[:, None])
        self.a_at, self.b_at = near + (a - low)[:, None], near + (b - low)[:, None]
        self.log_a, self.log_b = np.log(self.a_at), np.log(self.b_at)
        logs = np.log(near) - p[:, None] * self.log_a - q[:, None] * self.log_b
        top = logs.max(axis=1, initial=-np.inf)
        self.parts = np.exp(logs - top[:, None]) * _W
        self.sum = self.parts.sum(axis=1)
        with np.errstate(divide="ignore"):
            self.log = top + np.log(self.sum) + np.log(reach / 2)

    def average(self, values: Matrix) -> Vector:
        """Average a function of the nodes under the integrand."""
        return np.asarray(np.einsum("ij,ij->i", self.parts, values) / self.sum)


def log_decay(a: Vector, b: Vector, p: Vector, q: Vector | float, length: Vector) -> Vector:
    """Return the logarithm of ∫ (a + u)^(−p) (b + u)^(−q) du from 0 to ``length``; −∞ where that is empty."""
    q = np.broadcast_to(q, a.shape)
    result = np.empty(len(a))
    for start in range(0, len(a), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        result[part] = _Decay(a[part], b[part], p[part], q[part], length[part]).log
    return result


class _Likelihood:
    """Mean negative log-likelihood and its gradient in the logarithms of r, α, s, β (Fader and Hardie 2005, note 009).

    A history ends either in the present, (α+T)^−(r+x) (β+T)^−s, or in having left between the last order and now,
    s ∫ (α+y)^−(r+x) (β+y)^−(s+1) dy.
    """

    def __init__(self, rows: tuple[Vector, Vector, Vector], weights: Vector) -> None:
        self.x, self.tx, self.age = rows
        self.w = weights
        self.total = float(weights.sum())
        self.counts, which = np.unique(self.x, return_inverse=True)
        self.count_weights = np.bincount(which, weights=weights)

    def __call__(self, logs: Vector) -> tuple[float, Vector]:
        r, alpha, s, beta = parameters = np.exp(np.clip(logs, -30, 30))
        value = float(np.dot(self.count_weights, gammaln(r + self.counts) - gammaln(r)))
        value += self.total * float(r * np.log(alpha) + s * np.log(beta))
        gradient = np.array([
            np.dot(self.count_weights, digamma(r + self.counts) - digamma(r)) + self.total * np.log(alpha),
            self.total * r / alpha,
            self.total * np.log(beta),
            self.total * s / beta,
        ])  # fmt: skip
        for start in range(0, len(self.x), ROWS_AT_ONCE):
            more, slopes = self._ends(parameters, slice(start, start + ROWS_AT_ONCE))
            value += more
            gradient += slopes
        return -value / self.total, -gradient * parameters / self.total

    def _ends(self, parameters: Vector, part: slice) -> tuple[float, Vector]:
        r, alpha, s, beta = parameters
        x, tx, age, w = self.x[part], self.tx[part], self.age[part], self.w[part]
        shape = r + x
        gone = _Decay(alpha + tx, beta + tx, shape, np.full(len(x), s + 1), age - tx)
        log_a, log_b = np.log(alpha + age), np.log(beta + age)
        stayed, left = -shape * log_a - s * log_b, np.log(s) + gone.log
        whole = np.logaddexp(stayed, left)
        away, here = np.exp(left - whole) * w, np.exp(stayed - whole) * w
        slopes = [
            -np.dot(here, log_a) - np.dot(away, gone.average(gone.log_a)),
            -np.dot(here, shape / (alpha + age)) - np.dot(away, shape * gone.average(1 / gone.a_at)),
            -np.dot(here, log_b) + np.dot(away, 1 / s - gone.average(gone.log_b)),
            -np.dot(here, s / (beta + age)) - np.dot(away, (s + 1) * gone.average(1 / gone.b_at)),
        ]
        return float(np.dot(w, whole)), np.array(slopes)
