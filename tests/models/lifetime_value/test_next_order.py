"""The next order: due dates follow the customer's rhythm and age with silence."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.models import CustomerHistory, NextOrder
from tenure.models.base import DegenerateData
from tenure.models.lifetime_value.next_order import _Likelihood
from tests.models.lives import cdnow


def regular_lives(n: int, k: float = 4.0, seed: int = 0) -> tuple[CustomerHistory, np.ndarray]:
    """Draw customers who order at Gamma(k) gaps and leave after about one order in eight; also the wait to the next order."""
    rng = np.random.default_rng(seed)
    rate, age = rng.gamma(3.0, 1 / 25.0, n), rng.uniform(100, 500, n)
    now, last, count, logs, wait = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n), np.full(n, np.inf)
    leave = rng.beta(1.0, 7.0, n)
    going = rng.random(n) >= leave
    while going.any():
        gap = rng.gamma(k, 1 / rate)
        now = np.where(going, last + gap, now)
        beyond = going & (now > age)
        wait[beyond] = (now - age)[beyond]
        going &= ~beyond
        count[going] += 1
        logs[going] += np.log(gap[going])
        last[going] = now[going]
        going &= rng.random(n) >= leave
    return CustomerHistory(count, last, age, np.zeros(n), logs), wait


@pytest.fixture(scope="module")
def lives() -> tuple[CustomerHistory, np.ndarray, NextOrder]:
    """Regular customers and a model of them."""
    history, wait = regular_lives(6000)
    return history, wait, NextOrder().fit(*history.orders(), history.log_gaps)


def test_without_gaps_it_is_the_published_mbg_nbd(shared_data: Path) -> None:
    model = NextOrder().fit(*cdnow(shared_data, "sample").history.orders())
    published = {"k": 1.0, "r": 0.524838, "alpha": 6.182992, "a": 0.891356, "b": 1.614000}
    assert model.params_ == pytest.approx(published, rel=1e-3)
    assert model.log_likelihood_ == pytest.approx(-9582.1327, abs=0.01)


def test_regularity_is_recovered(lives: tuple[CustomerHistory, np.ndarray, NextOrder]) -> None:
    model = lives[2]
    assert model.params_["k"] == pytest.approx(4.0, rel=0.1)
    assert model.params_["r"] == pytest.approx(3.0, rel=0.15)
    assert model.params_["alpha"] == pytest.approx(25.0, rel=0.15)
    assert model.params_["a"] / (model.params_["a"] + model.params_["b"]) == pytest.approx(1 / 8, abs=0.02)


@pytest.mark.parametrize("quantile", [0.1, 0.5, 0.9])
def test_that_share_of_those_who_stayed_order_before_the_quantile(
    lives: tuple[CustomerHistory, np.ndarray, NextOrder], quantile: float
) -> None:
    history, wait, model = lives
    stayed = np.isfinite(wait)
    due = model.expected_wait(*history.orders(), quantile=quantile)
    assert np.mean(wait[stayed] <= due[stayed]) == pytest.approx(quantile, abs=0.03)


def test_chance_of_being_active_is_the_share_who_were(lives: tuple[CustomerHistory, np.ndarray, NextOrder]) -> None:
    history, wait, model = lives
    active = model.probability_active(*history.orders())
    for low, high in ((0, 0.3), (0.3, 0.8), (0.8, 1.01)):
        some = (active >= low) & (active < high)
        assert np.isfinite(wait[some]).mean() == pytest.approx(active[some].mean(), abs=0.05)


@given(n=st.integers(1, 60), gap=st.floats(0.5, 60), silence=st.floats(0, 400), more=st.floats(0.5, 200))
def test_silence_puts_the_date_off_and_lowers_every_chance(
    lives: tuple[CustomerHistory, np.ndarray, NextOrder], n: int, gap: float, silence: float, more: float
) -> None:
    model, last = lives[2], n * gap
    now, later = (n, last, last + silence), (n, last, last + silence + more)
    due_now = silence + model.expected_wait(*now)[0]
    due_later = silence + more + model.expected_wait(*later)[0]
    assert due_later >= due_now - 1e-6  # the date itself, counted from the last order
    assert 0 <= model.silence_probability(*later)[0] <= model.silence_probability(*now)[0] <= 1
    assert 0 <= model.probability_active(*later)[0] <= model.probability_active(*now)[0] <= 1


def test_own_rhythm_matters(lives: tuple[CustomerHistory, np.ndarray, NextOrder]) -> None:
    weekly, quarterly = lives[2].expected_wait([20, 5], [140, 450], [143, 453])
    assert weekly < 7 < 40 < quarterly
    assert lives[2].usual_gap(20, 140)[0] == pytest.approx(7, rel=0.15)


def test_gradient_is_the_slope_of_the_likelihood() -> None:
    history, _ = regular_lives(200)
    assert history.log_gaps is not None
    rows = (history.frequency, history.recency, history.T - history.recency, history.log_gaps)
    likelihood = _Likelihood(rows, np.linspace(1, 2, 200), regular=True)
    point = np.array([0.5, 0.3, 2.0, 0.2, 1.0])
    for i, step in enumerate(1e-5 * np.eye(5)):
        slope = (likelihood(point + step)[0] - likelihood(point - step)[0]) / 2e-5
        assert likelihood(point)[1][i] == pytest.approx(slope, rel=1e-4, abs=1e-7)


def test_shop_without_repeat_orders_warns_and_puts_dates_far_away() -> None:
    with pytest.warns(DegenerateData):
        model = NextOrder().fit([0, 0], [0, 0], [5, 0])
    assert np.all(model.expected_wait([0, 0], [0, 0], [5, 0]) > 1)
