"""Forecast value: its parts agree, its intervals hold what they promise."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import betainc

from tenure.models import (
    BetaGeoNBD,
    CustomerHistory,
    GammaGamma,
    ModelError,
    ModifiedBetaGeoNBD,
    ParetoNBD,
    ValueForecast,
    forecast_value,
)
from tenure.models.base import DegenerateData
from tenure.models.lifetime_value.purchase_count import PurchaseCount
from tests.models.lives import Truth, draw_lives

Column = NDArray[np.float64]
TRUTH = Truth()
HORIZON = 180.0


def draw_value(history: CustomerHistory, orders: Column, seed: int = 3) -> Column:
    """Draw what each customer spends on the orders that came, from the truth given their history."""
    rng = np.random.default_rng(seed)
    shape = TRUTH.p * history.frequency + TRUTH.q
    scale = rng.gamma(shape) / (TRUTH.v + history.frequency * history.monetary_value)
    return np.where(orders > 0, rng.gamma(TRUTH.p * np.maximum(orders, 1)) / scale, 0.0)


def chance_below(orders: BetaGeoNBD, spend: GammaGamma, history: CustomerHistory, value: Column) -> Column:
    """P(V ≤ value) exactly: n orders come to a Beta-prime sum with shapes p·n and the customer's own."""
    p, shape, rate = spend.posterior(history.frequency, history.monetary_value)
    tails = orders.purchase_tails(history.orders(), HORIZON, 1e-9)
    below = np.ones(len(value))
    before = 1.0
    for n, active, tail in tails.steps:
        chance = np.zeros(tails.rows)
        chance[active] = tail
        now = betainc(p * n, shape, value / (value + rate))
        below += chance[tails.where] * (now - before)
        before = now
    return below


@pytest.fixture(scope="module")
def lives() -> tuple[CustomerHistory, Column, ValueForecast]:
    """Drawn lives, what they spend, and a forecast of it."""
    history, after = draw_lives(20_000, TRUTH, HORIZON, seed=5)
    orders, spend = BetaGeoNBD().fit(*history.orders()), GammaGamma().fit(history.frequency, history.monetary_value)
    return history, draw_value(history, after), forecast_value(orders, spend, history, HORIZON, level=0.9)


def test_intervals_hold_nine_outcomes_in_ten(lives: tuple[CustomerHistory, Column, ValueForecast]) -> None:
    _, value, forecast = lives
    assert 0.89 <= np.mean((value >= forecast.low - 1e-9) & (value <= forecast.high)) <= 0.97
    assert 0.03 <= np.mean(value > forecast.high) <= 0.06  # the lower side often sits on zero, the upper must be right


def test_bounds_are_the_quantiles_of_the_exact_distribution(
    lives: tuple[CustomerHistory, Column, ValueForecast],
) -> None:
    history, _, forecast = lives
    orders, spend = BetaGeoNBD().fit(*history.orders()), GammaGamma().fit(history.frequency, history.monetary_value)
    for bound, share, close in ((forecast.low, 0.05, 0.02), (forecast.high, 0.95, 0.005)):
        told = (bound > 0) & (bound != forecast.expected_value)
        off = chance_below(orders, spend, history, bound)[told] - share
        assert told.sum() > 100
        assert np.abs(off).mean() < close
        assert np.quantile(np.abs(off), 0.99) < 0.05


def test_totals_hold_the_truth_and_parts_agree(lives: tuple[CustomerHistory, Column, ValueForecast]) -> None:
    _, value, forecast = lives
    assert forecast.total_value.low <= value.sum() <= forecast.total_value.high
    assert forecast.total_value.expected == pytest.approx(forecast.expected_value.sum())
    assert forecast.expected_value == pytest.approx(forecast.expected_orders * forecast.expected_spend)
    assert np.all((forecast.low <= forecast.expected_value) & (forecast.expected_value <= forecast.high))
    assert np.all(forecast.low >= 0)


def test_totals_cover_ninety_percent_of_repeated_worlds() -> None:
    held = 0
    for seed in range(40):
        history, after = draw_lives(1500, TRUTH, HORIZON, seed=100 + seed)
        orders = BetaGeoNBD().fit(*history.orders())
        spend = GammaGamma().fit(history.frequency, history.monetary_value)
        total = forecast_value(orders, spend, history, HORIZON, level=0.9).total_orders
        held += int(total.low <= after.sum() <= total.high)
    assert 31 <= held <= 40  # binomial(40, .9): outside with chance below 1 %


@pytest.mark.parametrize("make", [BetaGeoNBD, ModifiedBetaGeoNBD, ParetoNBD])
def test_discounting_lowers_value_by_what_waiting_costs(make: type[PurchaseCount]) -> None:
    history, _ = draw_lives(2000, TRUTH, HORIZON, seed=6)
    orders, spend = make().fit(*history.orders()), GammaGamma().fit(history.frequency, history.monetary_value)
    rate = 1.1 ** (1 / 365) - 1
    plain = forecast_value(orders, spend, history, HORIZON)
    now = forecast_value(orders, spend, history, HORIZON, discount_rate=rate)
    share = orders.discounted_purchases(HORIZON, rate, *history.orders()) / plain.expected_orders
    assert np.all(((1 + rate) ** -HORIZON < share) & (share < 1))
    assert now.expected_value == pytest.approx(plain.expected_value * share)
    assert now.low == pytest.approx(plain.low * share)
    assert now.total_value.expected == pytest.approx(now.expected_value.sum())
    assert now.total_value.high < plain.total_value.high
    assert now.total_orders == plain.total_orders


def test_what_back_tests_missed_widens_totals_and_nothing_else(
    lives: tuple[CustomerHistory, Column, ValueForecast],
) -> None:
    history, _, plain = lives
    orders, spend = BetaGeoNBD().fit(*history.orders()), GammaGamma().fit(history.frequency, history.monetary_value)
    wide = forecast_value(orders, spend, history, HORIZON, model_error=ModelError(orders=0.1, value=0.2, tests=3))
    reach = 2.3534 * 0.1 * plain.total_orders.expected
    assert wide.total_orders.high - wide.total_orders.expected == pytest.approx(
        np.hypot(reach, plain.total_orders.high - plain.total_orders.expected), rel=1e-4
    )
    assert wide.total_value.high > plain.total_value.high
    assert wide.expected_value == pytest.approx(plain.expected_value)


def test_shop_without_repeat_orders_is_valued_near_nothing() -> None:
    history = CustomerHistory(np.zeros(9), np.zeros(9), np.arange(9.0), np.zeros(9))
    with pytest.warns(DegenerateData):
        orders, spend = BetaGeoNBD().fit(*history.orders()), GammaGamma().fit(history.frequency, history.monetary_value)
    forecast = forecast_value(orders, spend, history, 90)
    assert np.all(np.isfinite(forecast.expected_value) & np.isfinite(forecast.low) & np.isfinite(forecast.high))
    assert forecast.total_value.expected == pytest.approx(0, abs=1e-6)


def test_nobody_is_worth_nothing() -> None:
    history, _ = draw_lives(500, TRUTH, 1)
    orders, spend = BetaGeoNBD().fit(*history.orders()), GammaGamma().fit(history.frequency, history.monetary_value)
    nobody = CustomerHistory(*(np.zeros(0) for _ in range(4)))
    forecast = forecast_value(orders, spend, nobody, 90)
    assert len(forecast.expected_value) == 0
    assert forecast.total_value.high == 0
