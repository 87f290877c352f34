"""Seasons: learned from what customers do, told by the user, unknown before a year is over."""

import numpy as np
import pytest

from tenure.models import purchase_log
from tenure.models.base import UnusableInput
from tenure.models.purchase_forecast.buyers import Buyers
from tenure.models.purchase_forecast.season import FLAT, PERIODS, Season, learn, period_of, told
from tests.models.purchase_forecast.shop import OPENED, Shop


def learned(shop: Shop, days: int, known: Season = FLAT, seed: int = 1) -> Season:
    """Learn from a shop's first days."""
    buyers = Buyers(purchase_log(*shop.draw(seed)), OPENED + days)
    return learn(buyers.first, buyers.row, buyers.day, OPENED + days, known)


def truth(shop: Shop) -> np.ndarray:
    """Return the logarithm of the planted season by period."""
    middle = np.round((np.arange(PERIODS) + 0.5) * 365.2425 / PERIODS).astype(np.int64)
    return np.log(shop.season(middle))


def test_the_planted_season_is_found() -> None:
    shop = Shop(customers=6000)
    found = learned(shop, 800)
    assert np.sqrt(np.mean((found.period - truth(shop)) ** 2)) < 0.1
    assert found.years == pytest.approx(800 / 365.2425)


def test_growth_and_decay_are_no_season() -> None:
    growing = learned(Shop(customers=6000, swing=0.0, stays=150.0), 800)
    assert np.abs(growing.period).max() < 0.1


def test_with_few_purchases_a_season_is_doubted_more_and_noise_is_no_season() -> None:
    many, few = (learned(Shop(customers=n), 500) for n in (6000, 200))
    ahead = OPENED + 500, OPENED + 590
    assert few.doubt_of(*ahead) > 9 * many.doubt_of(*ahead)
    assert FLAT.doubt_of(*ahead) == 0
    even = [learned(Shop(customers=100, swing=0.0), 500, seed=seed).period for seed in range(8)]
    assert np.sqrt(np.mean(np.square(even))) < 0.15


def test_before_a_year_is_over_only_what_was_told_is_known() -> None:
    assert learned(Shop(), 364) is FLAT
    known = told({11: 1.6})
    assert learned(Shop(), 364, known) is known


def test_what_was_told_is_where_learning_starts() -> None:
    shop = Shop(customers=40)
    known = Season(truth(shop), np.zeros(7))
    alone, helped = learned(shop, 500), learned(shop, 500, known)
    assert np.abs(helped.period - known.period).mean() < np.abs(alone.period - known.period).mean()


def test_a_season_told_by_month_is_one_on_average_and_lies_in_its_month() -> None:
    for season in ({11: 2.0}, [1.0] * 10 + [2.0, 1.0], {"11": 2.0}):
        found = told(season)  # type: ignore[arg-type]  # keys become words when a model is stored
        assert np.exp(found.period).mean() == pytest.approx(1.0)
        november, march = (period_of(np.array(OPENED + day)) % PERIODS for day in (320, 75))
        assert found.period[november] - found.period[march] == pytest.approx(np.log(2.0))


def test_a_season_of_another_shape_is_refused() -> None:
    for wrong in ([1.0] * 7, {1: 0.0}, {1: float("nan")}):
        with pytest.raises(UnusableInput):
            told(wrong)


def test_the_clock_runs_with_the_season_and_back() -> None:
    clock = told({11: 3.0}).clock(OPENED, OPENED + 730)
    assert clock.at(OPENED + 335) - clock.at(OPENED + 305) == pytest.approx(
        3 * (clock.at(OPENED + 90) - clock.at(OPENED + 60))
    )
    assert clock.at(OPENED + 730) - clock.at(OPENED + 365) == pytest.approx(365, rel=0.01)
    for day in (OPENED, OPENED + 17, OPENED + 400):
        assert clock.day_at(clock.at(day) - 1e-9) == day
        assert clock.day_at(clock.at(day)) == day + 1
