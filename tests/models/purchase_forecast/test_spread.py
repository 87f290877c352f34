"""Intervals read off earlier tests: they hold as often as they say, and know what they cannot."""

import numpy as np
import pytest

from tenure.models.purchase_forecast.exam import Sitting
from tenure.models.purchase_forecast.plain import Answer
from tenure.models.purchase_forecast.purchase_log import Outcome
from tenure.models.purchase_forecast.spread import measure


def sat(seed: int, n: int = 6000, off: float = 1.0) -> Sitting:
    """Make a test of customers whose rates are spread around what is expected; ``off`` multiplies what came."""
    rng = np.random.default_rng(seed)
    expected = rng.gamma(0.7, 2.0, n) + 0.01
    orders = rng.poisson(off * expected * rng.gamma(8.0, 0.125, n)).astype(np.float64)
    value = orders * 30 * rng.gamma(3.0, 1 / 3, n)
    return Sitting(0, 90, Outcome(orders, value), {"pareto_nbd": Answer(expected, -np.expm1(-expected), 30 * expected)})


def test_customers_unseen_lie_within_as_often_as_told() -> None:
    spread, later = measure([sat(0), sat(1)], "pareto_nbd", 0), sat(2)
    answer, came = later.answers["pareto_nbd"], later.came
    for level in (0.5, 0.9):
        orders, value = spread.intervals(answer, level)
        assert np.mean((came.orders >= orders[0]) & (came.orders <= orders[1])) >= level
        busy = answer.orders > 4  # hardly any of these buys nothing, so that bounds are no rounder than told
        assert np.mean(came.value[busy] <= value[1][busy]) == pytest.approx((1 + level) / 2, abs=0.04)
        assert np.mean(came.value[busy] >= value[0][busy]) == pytest.approx((1 + level) / 2, abs=0.04)


def test_totals_widen_by_what_tests_missed_by_chance_and_by_doubt_of_the_season() -> None:
    def width(off: float, doubt: float | None, days: int = 90, n: int = 6000) -> float:
        spread, answer = measure([sat(0, n, off), sat(1, n, off)], "pareto_nbd", 0), sat(2, n).answers["pareto_nbd"]
        sums = float(answer.orders.sum()), float(answer.value.sum())
        orders, _ = spread.totals(sums, spread.noise(answer), (days, doubt), 0.9)
        assert orders.low * orders.high == pytest.approx(orders.expected**2)
        return orders.high / orders.expected - 1

    usual = width(1.0, 0.0)
    assert 0.05 < usual < 0.2
    assert width(1.4, 0.0) > 1.5 * usual
    assert width(1.0, 0.04) > 1.5 * usual
    assert width(1.0, None) > 1.3 * usual
    assert width(1.0, 0.0, days=360) > 1.5 * usual
    assert width(1.0, 0.0, n=60) > 1.5 * usual


def test_without_a_test_a_wide_spread_stands_in() -> None:
    spread, later = measure([], "pareto_nbd", 0), sat(3)
    answer, came = later.answers["pareto_nbd"], later.came
    orders, value = spread.intervals(answer, 0.9)
    assert np.mean(came.orders <= orders[1]) > 0.95
    assert np.all(np.isfinite(value[1]))
    assert np.mean(orders[1]) > np.mean(measure([sat(0)], "pareto_nbd", 0).intervals(answer, 0.9)[0][1])
