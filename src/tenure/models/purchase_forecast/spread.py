"""How far outcomes lie from what was expected: of single customers, and of all together.

Nothing is assumed about their distribution. The exam's own customers, whom the models had not seen the future of, are
sorted by the orders expected of them; the quantiles of what came, as multiples of what was expected, are read off.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from tenure.models.base import Vector
from tenure.models.lifetime_value.value import Total
from tenure.models.purchase_forecast.exam import Sitting
from tenure.models.purchase_forecast.plain import LEAST, Answer
from tenure.models.purchase_forecast.purchase_log import Outcome

Matrix = NDArray[np.float64]
CHANCES = np.array([0.005, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.995])
MOST_CLASSES, LEAST_IN_CLASS = 20, 60
MISS = {True: 0.08, False: 0.15}  # usual miss of totals by the season being known; bench/forecast.py prints today's
WEIGHT = 3  # tests that the usual miss counts for
DRAWN = 40_000  # made-up customers that stand in where there was no exam


@dataclass(frozen=True, eq=False)
class Spread:
    """Quantiles of outcome over expectation by class of expected orders, and the mean square of what is off."""

    centres: Vector  # of classes, logarithms of expected orders
    orders: Matrix
    value: Matrix
    square_orders: Vector
    square_value: Vector
    missed_orders: Vector  # by what share of the forecast totals were off in each test, less what chance explains
    missed_value: Vector
    tested: int  # days ahead

    def intervals(self, answer: Answer, level: float) -> tuple[tuple[Vector, Vector], tuple[Vector, Vector]]:
        """Return low and high of each customer's orders and value; what is expected always lies between."""
        at = np.log(np.maximum(answer.orders, LEAST))
        bounds = []
        for expected, table, whole in ((answer.orders, self.orders, True), (answer.value, self.value, False)):
            low, high = (expected * self._quantile(at, table, q) for q in ((1 - level) / 2, (1 + level) / 2))
            if whole:
                low, high = np.floor(low + 1e-9), np.ceil(high - 1e-9)
            bounds.append((np.clip(low, 0.0, expected), np.maximum(high, expected)))
        return bounds[0], bounds[1]

    def noise(self, answer: Answer) -> tuple[float, float]:
        """Return the variance of the sums of orders and of value that chance alone makes."""
        at = np.log(np.maximum(answer.orders, LEAST))
        squares = (np.interp(at, self.centres, column) for column in (self.square_orders, self.square_value))
        expected = (answer.orders, answer.value)
        of_orders, of_value = (float(np.dot(one, what**2)) for one, what in zip(squares, expected, strict=True))
        return of_orders, of_value

    def totals(
        self, sums: tuple[float, float], noise: tuple[float, float], ahead: tuple[int, float | None], level: float
    ) -> tuple[Total, Total]:
        """Return the totals of orders and value with intervals.

        ``ahead`` are the days of the horizon and the variance that the season's logarithm has over them, None where
        no season is known. Misses are judged by Student's t, as few tests tell their size badly, grow with the root of
        a horizon longer than the tests', and multiply: a shop can sell twice what was expected, but not less than
        nothing.
        """
        horizon, doubt = ahead
        longer = max(horizon / max(self.tested, 1), 1.0)
        made = []
        for missed, expected, variance in zip((self.missed_orders, self.missed_value), sums, noise, strict=True):
            size = (WEIGHT * MISS[doubt is not None] ** 2 + float(np.sum(missed**2))) / (WEIGHT + len(missed)) * longer
            reach = float(stdtrit(WEIGHT + len(missed), (1 + level) / 2)) ** 2 * size
            sure = (doubt or 0.0) + (variance / expected**2 if expected > 0 else 0.0)
            reach += float(ndtri((1 + level) / 2)) ** 2 * sure
            made.append(Total(expected, expected * float(np.exp(-(reach**0.5))), expected * float(np.exp(reach**0.5))))
        return made[0], made[1]

    def _quantile(self, at: Vector, table: Matrix, chance: float) -> Vector:
        between = np.array([np.interp(chance, CHANCES, row) for row in table])
        return np.asarray(np.interp(at, self.centres, between), dtype=np.float64)


def measure(held: list[Sitting], model: str, seed: int) -> Spread:
    """Measure a model's spread on the tests it sat; without any, a wide one of made-up customers stands in."""
    if not held:
        return _measured([_made_up(seed)], [], 0)
    # before a year was over the season's model was Pareto/NBD as it is: of customers it tells, of totals it does not
    told = [(one.answers.get(model, one.answers["pareto_nbd"]), one.came) for one in held]
    alike = [pair for pair, one in zip(told, held, strict=True) if model in one.answers]
    return _measured(told, alike, held[0].horizon)


def _measured(told: list[tuple[Answer, Outcome]], totals: list[tuple[Answer, Outcome]], days: int) -> Spread:
    expected = np.concatenate([answer.orders for answer, _ in told])
    value = np.maximum(np.concatenate([answer.value for answer, _ in told]), LEAST)
    came = np.concatenate([outcome.orders for _, outcome in told]) / expected
    paid = np.concatenate([outcome.value for _, outcome in told]) / value
    classes = int(np.clip(len(expected) // LEAST_IN_CLASS, 1, MOST_CLASSES))
    members = np.array_split(np.argsort(expected, kind="stable"), classes)
    squares = [np.array([np.mean((column[rows] - 1) ** 2) for rows in members]) for column in (came, paid)]
    spread = Spread(
        np.array([np.log(expected[rows]).mean() for rows in members]),
        np.array([_quantiles(came[rows]) for rows in members]),
        np.array([_quantiles(paid[rows]) for rows in members]),
        squares[0], squares[1], np.zeros(0), np.zeros(0), days,
    )  # fmt: skip
    misses = np.array([_missed(spread, answer, outcome) for answer, outcome in totals]).reshape(-1, 2)
    return Spread(**{**vars(spread), "missed_orders": misses[:, 0], "missed_value": misses[:, 1]})


def _quantiles(ratios: Vector) -> Vector:
    """Read quantiles off, outwards where they fall between two customers."""
    low = np.quantile(ratios, CHANCES, method="lower")
    return np.asarray(np.where(CHANCES < 0.5, low, np.quantile(ratios, CHANCES, method="higher")))


def _missed(spread: Spread, answer: Answer, came: Outcome) -> tuple[float, float]:
    """Return the log misses of both totals, less what chance explains."""
    misses = []
    noise = spread.noise(answer)
    for expected, total, variance in zip(
        (answer.orders.sum(), answer.value.sum()), (came.orders.sum(), came.value.sum()), noise, strict=True
    ):
        off = np.log(max(total, 1e-9) / expected) if expected > 0 and total > 0 else 0.0
        misses.append(float(np.sqrt(max(off**2 - variance / max(expected, 1e-9) ** 2, 0.0))))
    return misses[0], misses[1]


def _made_up(seed: int) -> tuple[Answer, Outcome]:
    """Draw customers whose rates and spend differ from what is expected of them by as much as an exponential does."""
    rng = np.random.default_rng(seed)
    expected = np.exp(rng.uniform(np.log(1e-3), np.log(30.0), DRAWN))
    orders = rng.poisson(expected * rng.exponential(size=DRAWN)).astype(np.float64)
    value = orders * rng.exponential(size=DRAWN)
    return Answer(expected, -np.expm1(-expected), expected), Outcome(orders, value)
