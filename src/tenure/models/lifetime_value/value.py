"""Expected value over a horizon: how many orders, times what each is worth, with an interval."""

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, ndtri, polygamma, stdtrit

from tenure.models.base import Vector, distinct
from tenure.models.lifetime_value.gamma_gamma import GammaGamma
from tenure.models.lifetime_value.history import CustomerHistory
from tenure.models.lifetime_value.purchase_count import PurchaseCount

LEAST_TAIL = 1e-6  # chances of ever more orders are followed until they fall below this
STEP = 1e-4  # of log-parameters, for slopes
LEAST_SHAPE = 2.05  # the variance of an order value is infinite at shape 2; below this it is held at this


@dataclass(frozen=True)
class Total:
    """A sum over customers with its interval."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class ModelError:
    """How far totals forecast in the past missed, as a share: the root mean square of ``tests`` back-tests.

    ``back_test`` finds it. So few misses tell their own size badly, hence Student's t with as many degrees of freedom.
    """

    orders: float
    value: float
    tests: int

    def reach(self, level: float) -> float:
        """Return how many root mean squares the central interval reaches to either side."""
        return float(stdtrit(self.tests, (1 + level) / 2))


NEVER_MISSED = ModelError(0.0, 0.0, 1)


@dataclass(frozen=True)
class ValueForecast:
    """What customers are expected to bring within a horizon, one row each, and in all.

    ``low`` and ``high`` hold both the spread of outcomes (a customer may order none or many, small or large) and the
    uncertainty of the fitted parameters. They are widened where needed to contain ``expected_value``: a rare, large
    order can lift the mean above the upper quantile. Totals: normal approximation, outcomes independent between
    customers, parameters shared by all. With ``model_error`` both also hold how far the models missed before;
    without it they only hold if the models are right, and on CDNOW BG/NBD expects 12 % fewer orders than came.
    """

    horizon: float
    level: float
    discount_rate: float
    model_error: ModelError | None
    expected_orders: Vector
    probability_of_order: Vector
    expected_spend: Vector
    expected_value: Vector
    low: Vector
    high: Vector
    total_orders: Total
    total_value: Total


def forecast_value(
    orders: PurchaseCount,
    spend: GammaGamma,
    history: CustomerHistory,
    horizon: float,
    level: float = 0.9,
    discount_rate: float = 0.0,
    model_error: ModelError | None = None,
) -> ValueForecast:
    """Forecast orders and value in the next ``horizon`` for every customer.

    Given that at least one order comes, the quantiles of the logarithm of value are taken from its exact mean, variance
    and skewness under the two models (Cornish and Fisher; a sum of n orders over the customer's own scale is a
    Beta-prime variable); the chance of no order is a point mass at zero. Exact quantiles would cost a hundred times
    more; these are off by two points of probability at most on average, low bounds most.

    ``discount_rate`` is for one unit of time (10 % a year in days: 1.1 ** (1 / 365) − 1); it lowers a customer's value
    and interval by the share by which it lowers their expected orders.
    """
    seen, error = history.orders(), model_error or NEVER_MISSED
    count = orders.expected_purchases(horizon, *seen)
    each = spend.expected_spend(history.frequency, history.monetary_value)
    slopes = (
        _count_slopes(orders, history, horizon),
        np.stack(spend.slopes(history.frequency, history.monetary_value), axis=1),
    )
    doubt = _quadratic(slopes[0] / np.maximum(count, 1e-300)[:, None], orders.covariance_)
    doubt += _quadratic(slopes[1] / np.maximum(each, 1e-300)[:, None], spend.covariance_)
    low, high = _interval(orders, spend, history, (horizon, level), np.minimum(doubt + error.value**2, 25.0))
    worth = _worth(orders, history, horizon, discount_rate, count)
    noise = orders.variance_of_purchases(horizon, *seen)
    noise_value = _value_variance(spend, history, count, noise) * worth**2
    variance_orders = noise.sum() + _quadratic(slopes[0].sum(axis=0)[None], orders.covariance_)[0]
    variance_value = noise_value.sum() + _quadratic((each * worth @ slopes[0])[None], orders.covariance_)[0]
    variance_value += _quadratic((count * worth @ slopes[1])[None], spend.covariance_)[0]
    value = count * each
    return ValueForecast(
        horizon, level, discount_rate, model_error,
        count, orders.probability_of_purchase(horizon, *seen), each, value * worth,
        np.minimum(low, value) * worth, np.maximum(high, value) * worth,
        total_of(float(count.sum()), float(variance_orders), level, error.orders * error.reach(level)),
        total_of(float(value @ worth), float(variance_value), level, error.value * error.reach(level)),
    )  # fmt: skip


def _worth(
    orders: PurchaseCount, history: CustomerHistory, horizon: float, discount_rate: float, count: Vector
) -> Vector:
    """Return what a customer's average order to come is worth today, as a share."""
    if discount_rate == 0:
        return np.ones(len(count))
    now = orders.discounted_purchases(horizon, discount_rate, *history.orders())
    return np.where(count > 0, now / np.maximum(count, 1e-300), 1.0)


def total_of(expected: float, variance: float, level: float, missed: float = 0.0) -> Total:
    """Return a sum with its interval, which also holds a miss by that share of what is expected."""
    reach = np.hypot(float(ndtri((1 + level) / 2)) * variance**0.5, missed * expected)
    return Total(expected, max(0.0, expected - float(reach)), expected + float(reach))


def _interval(
    orders: PurchaseCount, spend: GammaGamma, history: CustomerHistory, wanted: tuple[float, float], doubt: Vector
) -> tuple[Vector, Vector]:
    horizon, level = wanted
    p, shape, rate = spend.posterior(history.frequency, history.monetary_value)
    some, centre, spread, lean = _log_counts(orders, history, horizon, p)
    middle = centre - digamma(shape) + np.log(np.maximum(rate, 1e-300))
    width = np.sqrt(spread + polygamma(1, shape) + doubt)
    skew = np.clip((lean - polygamma(2, shape)) / np.maximum(width, 1e-300) ** 3, -1.0, 1.0)
    bounds = []
    for quantile in ((1 - level) / 2, (1 + level) / 2):
        z = ndtri(np.clip((quantile - (1 - some)) / np.maximum(some, 1e-300), 1e-12, 1 - 1e-12))
        z = z + (z**2 - 1) * skew / 6 - (2 * z**3 - 5 * z) * skew**2 / 36
        bounds.append(np.where(quantile > 1 - some, np.exp(np.minimum(middle + width * z, 700.0)), 0.0))
    return bounds[0], bounds[1]


def _log_counts(
    orders: PurchaseCount, history: CustomerHistory, horizon: float, p: float
) -> tuple[Vector, Vector, Vector, Vector]:
    """Return P(X ≥ 1) and, given that, what the number of orders X adds to three cumulants of the log of value.

    The log of a sum of n orders has cumulants ψ(pn), ψ'(pn), ψ''(pn). E[f(X)] is summed by parts over the tails
    P(X ≥ n): each step adds tail · (f(n) − f(n−1)).
    """
    tails = orders.purchase_tails(history.orders(), horizon, LEAST_TAIL)
    sums, before = np.zeros((7, tails.rows)), np.zeros(7)
    for n, active, tail in tails.steps:
        first, second, third = (float(value) for value in (digamma(p * n), polygamma(1, p * n), polygamma(2, p * n)))
        now = np.array([1.0, first, first**2, first**3, second, first * second, third])
        for total, growth in zip(sums, now - before, strict=True):
            if growth:
                total[active] += tail * growth
        before = now
    some = sums[0]
    m1, m2, m3, inner, joint, bent = sums[1:] / np.maximum(some, 1e-300)
    spread = np.maximum(m2 - m1**2 + inner, 0.0)
    lean = m3 - 3 * m1 * m2 + 2 * m1**3 + 3 * (joint - m1 * inner) + bent
    where = tails.where
    return some[where], m1[where], spread[where], lean[where]


def _value_variance(spend: GammaGamma, history: CustomerHistory, count: Vector, noise: Vector) -> Vector:
    """Var(V) = E[X] p E[ν⁻²] + E[X²] p² E[ν⁻²] − E[V]²."""
    p, shape, rate = spend.posterior(history.frequency, history.monetary_value)
    shape = np.maximum(shape, LEAST_SHAPE)
    inverse_square = rate**2 / ((shape - 1) * (shape - 2))
    mean = p * rate / (shape - 1)
    return np.maximum((count * p + (noise + count**2) * p**2) * inverse_square - (count * mean) ** 2, 0.0)


def _count_slopes(orders: PurchaseCount, history: CustomerHistory, horizon: float) -> Vector:
    """How each customer's expected orders move with the logarithms of the parameters."""
    (x, recency, age), _, where = distinct(history.orders())
    slopes = []
    for step in STEP * np.eye(len(orders.NAMES)):
        up = orders.moved(step).expected_purchases(horizon, x, recency, age)
        down = orders.moved(-step).expected_purchases(horizon, x, recency, age)
        slopes.append((up - down) / (2 * STEP))
    return np.stack(slopes, axis=1)[where]


def _quadratic(slopes: Vector, covariance: Vector) -> Vector:
    return np.asarray(np.einsum("ij,jk,ik->i", slopes, covariance, slopes), dtype=np.float64)
