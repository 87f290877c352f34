"""What contracts are worth: expected payments to come, discounted, beside what one constant renewal rate would say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from tenure.kit.i18n import Text
from tenure.models.base import UnusableInput, Vector, vector
from tenure.models.lifetime_value.renewals import Renewals
from tenure.models.lifetime_value.value import Total, total_of

STEP = 1e-4  # of log-parameters, for slopes
FORGOTTEN = 1e-12  # payments discounted below this share are left out
CELLS = 4_000_000  # of the table of tenures and payments held at once


@dataclass(frozen=True)
class ContractValue:
    """What customers will still pay, a row for each or for a cohort; discounted to just before the next renewal.

    ``lifetime`` is the expected discounted number of payments of a newcomer, the first of them now; ``residual`` that
    of a customer after so many renewals, the next renewal's payment undiscounted (Fader and Hardie 2010). ``low`` and
    ``high`` bound what a row pays at the fitted parameters, for one customer exactly, for more of them by the normal
    approximation; the total also holds the parameters' uncertainty. The naive figures apply the one rate at which all
    renewals were made: they undervalue those who have stayed long.
    """

    discount_rate: float
    level: float
    lifetime: float
    naive_lifetime: float
    residual: Vector
    naive_residual: Vector
    expected_value: Vector
    low: Vector
    high: Vector
    total: Total
    naive_total: float


def contract_value(
    model: Renewals,
    tenure: ArrayLike,
    discount_rate: float,
    payment: ArrayLike = 1.0,
    customers: ArrayLike = 1.0,
    horizon: int | None = None,
    level: float = 0.9,
) -> ContractValue:
    """Value customers who have made ``tenure`` renewals so far and pay ``payment`` at each one to come.

    ``discount_rate`` is for one period between renewals; ``customers`` counts how many share a row, such as those of
    a cohort who are left; ``horizon`` counts the renewals valued, all when None.
    """
    made = vector("tenure", tenure)
    each = np.broadcast_to(vector("payment", payment), made.shape)
    many = np.broadcast_to(vector("customers", customers), made.shape)
    worth = _worth(discount_rate, horizon)
    tenures, where = np.unique(made, return_inverse=True)
    mean, square = _residual(model, tenures, worth)
    spread = np.maximum(square - mean**2, 0.0)[where]
    naive = float(np.dot(model.renewal_rate_ ** np.arange(1, len(worth) + 1), worth))
    newcomer = _residual(model, np.zeros(1), worth)[0][0]
    low, high = (bound[where] for bound in _quantiles(model, tenures, worth, level))
    reach = float(ndtri((1 + level) / 2)) * np.sqrt(many * spread)
    low = np.where(many == 1, low, np.maximum(many * mean[where] - reach, 0.0))
    high = np.where(many == 1, high, many * mean[where] + reach)
    slopes = _slopes(model, tenures, worth, np.bincount(where, each * many, len(tenures)).astype(float))
    variance = float(np.dot(many * each**2, spread) + slopes @ model.covariance_ @ slopes)
    first, later = 1.0, 1 / (1 + discount_rate)  # a newcomer pays now; the first renewal is one period away
    return ContractValue(
        discount_rate, level,
        first + later * float(newcomer), first + later * naive,
        mean[where], np.full(len(made), naive),
        each * many * mean[where], each * low, each * high,
        total_of(float(np.dot(each * many, mean[where])), variance, level), float(np.dot(each, many)) * naive,
    )  # fmt: skip


def _worth(discount_rate: float, horizon: int | None) -> Vector:
    """Return what the next payment, the one after, … is worth today."""
    if discount_rate < 0 or (horizon is None and discount_rate == 0):
        raise UnusableInput(_ENDLESS)
    if horizon is None:
        horizon = int(np.ceil(-np.log(FORGOTTEN) / np.log1p(discount_rate))) + 1
    return np.asarray((1 + discount_rate) ** -np.arange(horizon, dtype=np.float64))


def _residual(model: Renewals, tenures: Vector, worth: Vector) -> tuple[Vector, Vector]:
    """Return mean and mean square of the discounted payments after each tenure, summed by parts over the tails."""
    payments = np.arange(1, len(worth) + 1, dtype=np.float64)
    paid = np.cumsum(worth)
    grown = np.diff(paid**2, prepend=0.0)
    mean, square = np.empty(len(tenures)), np.empty(len(tenures))
    for part in _parts(len(tenures), len(worth)):
        stay = _staying(model, tenures[part], payments)
        mean[part], square[part] = stay @ worth, stay @ grown
    return mean, square


def _quantiles(model: Renewals, tenures: Vector, worth: Vector, level: float) -> tuple[Vector, Vector]:
    """Return the central interval of the discounted payments: as many as are made with enough probability."""
    payments = np.arange(1, len(worth) + 1, dtype=np.float64)
    paid = np.concatenate([[0.0], np.cumsum(worth)])
    low, high = np.empty(len(tenures)), np.empty(len(tenures))
    for part in _parts(len(tenures), len(worth)):
        stay = _staying(model, tenures[part], payments)
        low[part] = paid[(stay > (1 + level) / 2).sum(axis=1)]
        high[part] = paid[(stay > (1 - level) / 2).sum(axis=1)]
    return low, high


def _slopes(model: Renewals, tenures: Vector, worth: Vector, payments: Vector) -> Vector:
    """How the sum of all payments moves with the logarithms of the parameters."""
    moved = STEP * np.eye(len(model.NAMES))
    up = [np.dot(payments, _residual(model.moved(step), tenures, worth)[0]) for step in moved]
    down = [np.dot(payments, _residual(model.moved(-step), tenures, worth)[0]) for step in moved]
    return np.subtract(up, down, dtype=np.float64) / (2 * STEP)


def _staying(model: Renewals, tenures: Vector, payments: Vector) -> Vector:
    """P(the next k payments are made | tenure), a row for each tenure."""
    ends = np.add.outer(tenures, payments)
    later = model.log_survival(ends.ravel()).reshape(ends.shape)
    return np.exp(np.subtract(later, model.log_survival(tenures)[:, None], dtype=np.float64))


def _parts(rows: int, columns: int) -> list[slice]:
    size = max(1, CELLS // max(columns, 1))
    return [slice(start, start + size) for start in range(0, rows, size)]


_ENDLESS = Text(
    "Without a horizon the discount rate must be above zero, or the sum need not end.",
    "未设期限时，折现率必须大于零，否则总和可能发散。",
)
