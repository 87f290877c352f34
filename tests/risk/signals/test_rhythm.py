"""Silence against the customer's own rhythm: exact where it can be checked on paper, and honest where customers do not change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tenure.risk.signals.rhythm import DOUBT, Rhythm, learn

NUMBERS = st.floats(0.1, 2_000)


def test_a_shop_that_buys_on_any_day_with_the_same_chance_is_exponential() -> None:
    rng = np.random.default_rng(1)
    gaps = rng.geometric(0.1, (500, 30)).astype(float)
    learned = learn(np.full(500, 30.0), gaps.sum(axis=1), ((gaps - 0.5) ** 2).sum(axis=1))
    assert learned.shape == pytest.approx(1.0, abs=0.05)
    assert learned.usual_gap(np.array([1000.0]), np.array([10_000.0]))[0] == pytest.approx(9.5, abs=0.05)


@pytest.mark.parametrize("shape", [0.5, 1.0, 4.0])
def test_the_shape_of_gaps_is_found_again(shape: float) -> None:
    rng = np.random.default_rng(2)
    means = rng.gamma(2.0, 40.0, 3_000) + 10
    gaps = np.ceil(rng.gamma(shape, 1 / shape, (3_000, 12)) * means[:, None])
    learned = learn(np.full(3_000, 12.0), gaps.sum(axis=1), ((gaps - 0.5) ** 2).sum(axis=1))
    assert learned.shape == pytest.approx(shape, rel=0.1)


def test_for_a_known_rate_the_tail_is_the_one_on_paper() -> None:
    rhythm = Rhythm(1.0, 1e6, 1e7)  # everybody buys every ten days, for certain
    silence = np.array([0.0, 10.0, 30.0])
    nothing = np.zeros(3)
    assert rhythm.tail(silence, nothing, nothing) == pytest.approx(np.exp(-silence / 10), rel=1e-4)
    assert rhythm.alerts_a_month(silence, nothing, nothing) == pytest.approx(3 * np.exp(-silence / 10), rel=1e-4)


@given(
    arrays.arrays(np.float64, 5, elements=NUMBERS),
    st.integers(1, 60),
    NUMBERS,
    st.floats(0.3, 5),
    st.floats(0.001, 0.2),
)
def test_longer_silence_is_never_less_unusual(
    silences: np.ndarray, gaps: int, days: float, shape: float, level: float
) -> None:
    rhythm = Rhythm(shape, 1.5, 60.0)
    ordered = np.sort(silences)
    x, t = np.full(5, float(gaps)), np.full(5, days)
    assert (np.diff(rhythm.tail(ordered, x, t)) <= 1e-12).all()
    unusual = rhythm.unusual(level, ordered, x, t)
    assert (np.diff(unusual.astype(int)) >= 0).all()
    assert (rhythm.tail(ordered, x, t)[unusual] <= DOUBT).all()


def test_the_day_a_silence_became_unusual_is_the_first_on_which_it_is() -> None:
    rhythm = Rhythm(1.0, 2.0, 60.0)
    silence, gaps, days = np.array([200.0, 300.0]), np.array([20.0, 4.0]), np.array([200.0, 300.0])
    since = rhythm.unusual_after(0.04, silence, gaps, days)
    assert rhythm.unusual(0.04, since + 0.01, gaps, days).all()
    assert not rhythm.unusual(0.04, since - 0.01, gaps, days).any()


def test_of_one_customer_without_a_gap_nothing_is_learned_and_nothing_breaks() -> None:
    empty = learn(np.array([]), np.array([]), np.array([]))
    assert empty.shape == 1.0
    assert np.isfinite(empty.tail(np.array([5.0]), np.array([1.0]), np.array([7.0]))).all()
