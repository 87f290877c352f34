"""BG/NBD against the published and recomputed figures, against its own closed form, and on awkward data."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.models import BetaGeoNBD
from tenure.models.base import DegenerateData, ModelWarning, UnusableInput
from tenure.models.evaluation import roc_auc
from tenure.models.lifetime_value.bg_nbd import _Likelihood, exact_expected_purchases
from tests.models.lives import Truth, cdnow, draw_lives

PUBLISHED = {
    "sample": ({"r": 0.242593, "alpha": 4.413532, "a": 0.792886, "b": 2.425754}, -9582.4256),
    "master": ({"r": 0.251624, "alpha": 4.788943, "a": 0.723434, "b": 2.161088}, -95368.444),
}


@pytest.fixture(scope="module")
def fitted() -> BetaGeoNBD:
    """A model with the published CDNOW parameters, in weeks."""
    model = BetaGeoNBD()
    model.params_ = dict(PUBLISHED["sample"][0])
    return model


@pytest.mark.parametrize("name", ["sample", "master"])
def test_cdnow_parameters_and_likelihood_are_the_published_ones(shared_data: Path, name: str) -> None:
    model = BetaGeoNBD().fit(*cdnow(shared_data, name).history.orders())
    parameters, likelihood = PUBLISHED[name]
    assert model.params_ == pytest.approx(parameters, rel=1e-3)
    assert model.log_likelihood_ == pytest.approx(likelihood, abs=0.01)


def test_cdnow_forecast_of_the_next_39_weeks_is_the_recomputed_one(shared_data: Path) -> None:
    data = cdnow(shared_data, "sample")
    seen = data.history.orders()
    model = BetaGeoNBD().fit(*seen)
    expected = model.expected_purchases(39, *seen)
    assert expected.sum() == pytest.approx(1653.4, abs=0.05)
    assert np.corrcoef(expected, data.orders_after)[0, 1] == pytest.approx(0.6256, abs=1e-4)
    assert roc_auc(data.orders_after > 0, expected).value == pytest.approx(0.7725, abs=1e-4)
    assert roc_auc(data.orders_after > 0, model.probability_alive(*seen)).value == pytest.approx(0.3158, abs=1e-4)
    groups = np.minimum(data.history.frequency, 7).astype(int)
    means = np.bincount(groups, expected) / np.bincount(groups)
    assert means == pytest.approx([0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157], abs=6e-4)


def test_cdnow_cumulative_repeat_orders_follow_the_recomputed_curve(shared_data: Path) -> None:
    history = cdnow(shared_data, "sample").history
    model = BetaGeoNBD().fit(*history.orders())
    starts = history.T.max() - history.T  # weeks from the first day to each first order
    totals = [model.expected_purchases_of_new(np.maximum(week - starts, 0)).sum() for week in (39, 52, 78)]
    assert totals == pytest.approx([2501.5, 3134.1, 4165.7], rel=1e-3)


def test_published_single_customer_and_newcomers(fitted: BetaGeoNBD) -> None:
    assert fitted.expected_purchases(39, 2, 30.43, 38.86)[0] == pytest.approx(1.2259, abs=1e-4)
    newcomers = fitted.expected_purchases_of_new([1 / 7, 1.0, 3.0, 78.0])
    assert newcomers == pytest.approx([0.0078, 0.0532, 0.1506, 1.8576], abs=5e-4)


def test_unit_of_time_changes_alpha_only(shared_data: Path) -> None:
    x, recency, age = cdnow(shared_data, "sample").history.orders()
    weeks, days = BetaGeoNBD().fit(x, recency, age), BetaGeoNBD().fit(x, recency * 7, age * 7)
    assert days.params_ == pytest.approx({**weeks.params_, "alpha": weeks.params_["alpha"] * 7}, rel=1e-6)
    assert days.expected_purchases(273, x, recency * 7, age * 7) == pytest.approx(
        weeks.expected_purchases(39, x, recency, age), rel=1e-5
    )


def test_known_parameters_are_recovered_within_their_errors() -> None:
    truth = Truth()
    history, after = draw_lives(20_000, truth, horizon=180)
    model = BetaGeoNBD().fit(*history.orders())
    for name, value in model.params_.items():
        assert abs(value - getattr(truth, name)) < 4 * model.standard_errors_[name]
    low, high = model.purchase_interval(180, *history.orders(), level=0.8)
    # counts are whole numbers, so the interval holds at least its level
    assert np.mean((after >= low) & (after <= high)) >= 0.79
    assert np.mean(after < low) <= 0.11
    assert np.mean(after > high) <= 0.11
    assert model.expected_purchases(180, *history.orders()).sum() == pytest.approx(after.sum(), rel=0.03)
    assert model.probability_of_purchase(180, *history.orders()).mean() == pytest.approx((after > 0).mean(), rel=0.03)


def test_gradient_is_the_slope_of_the_likelihood() -> None:
    history, _ = draw_lives(300, Truth(), horizon=1)
    likelihood = _Likelihood(*history.orders(), np.linspace(1, 3, 300))
    point = np.array([-0.3, 2.0, 0.2, 0.7])
    for i, step in enumerate(1e-6 * np.eye(4)):
        slope = (likelihood(point + step)[0] - likelihood(point - step)[0]) / 2e-6
        assert likelihood(point)[1][i] == pytest.approx(slope, rel=1e-5, abs=1e-8)


def test_weights_count_as_repeated_rows() -> None:
    history, _ = draw_lives(500, Truth(), horizon=1)
    x, recency, age = history.orders()
    times = np.arange(500) % 3 + 1
    weighted = BetaGeoNBD().fit(x, recency, age, weights=times)
    repeated = BetaGeoNBD().fit(*(np.repeat(column, times) for column in (x, recency, age)))
    assert weighted.params_ == pytest.approx(repeated.params_, rel=1e-6)
    assert weighted.log_likelihood_ == pytest.approx(repeated.log_likelihood_)


def test_quadrature_tails_and_closed_form_agree(fitted: BetaGeoNBD) -> None:
    x = np.array([0, 0, 1, 2, 5, 20, 60.0])
    recency, age = np.array([0, 0, 3, 20, 30, 38, 39.0]), np.array([1, 39, 39, 30, 35, 39, 39.5])
    mean = fitted.expected_purchases(52, x, recency, age)
    assert mean == pytest.approx(exact_expected_purchases(fitted, 52, (x, recency, age)), rel=1e-9)
    tails = fitted.purchase_tails((x, recency, age), 52.0, 1e-13)
    first, second = np.zeros(tails.rows), np.zeros(tails.rows)
    for n, active, tail in tails.steps:
        first[active] += tail
        second[active] += (2 * n - 1) * tail
    assert first[tails.where] == pytest.approx(mean, rel=1e-7)
    variance = fitted.variance_of_purchases(52, x, recency, age)
    assert (second - first**2)[tails.where] == pytest.approx(variance, rel=1e-6)


@given(
    x=st.integers(0, 300),
    share=st.floats(0.01, 1),
    age=st.floats(0.5, 500),
    horizon=st.floats(1e-3, 1000),
    wait=st.floats(0, 300),
)
def test_answers_are_possible_and_fall_with_silence(
    fitted: BetaGeoNBD, x: int, share: float, age: float, horizon: float, wait: float
) -> None:
    recency = age * share if x else 0.0
    now, later = (x, recency, age), (x, recency, age + wait)
    for answer in (fitted.probability_of_purchase, fitted.expected_purchases):
        assert 0 <= answer(horizon, *later)[0] <= answer(horizon, *now)[0] + 1e-9
    assert 0 <= fitted.probability_alive(*later)[0] <= fitted.probability_alive(*now)[0] + 1e-12 <= 1 + 1e-12
    chance, mean = fitted.probability_of_purchase(horizon, *now)[0], fitted.expected_purchases(horizon, *now)[0]
    assert chance <= min(mean * (1 + 1e-6), 1)
    assert fitted.variance_of_purchases(horizon, *now)[0] >= 0


@pytest.mark.parametrize(
    ("x", "recency", "age"),
    [([0] * 50, [0] * 50, range(50)), ([0] * 5, [0] * 5, [0] * 5), ([], [], [])],
    ids=["one order each", "all new today", "nobody"],
)
def test_data_without_repeat_orders_warns_and_forecasts_next_to_nothing(
    x: list[float], recency: list[float], age: list[float]
) -> None:
    with pytest.warns(DegenerateData):
        model = BetaGeoNBD().fit(x, recency, list(age))
    expected = model.expected_purchases(30, x, recency, list(age))
    assert np.all((expected >= 0) & (expected < 1))


def test_one_customer_is_answered_with_a_warning() -> None:
    with pytest.warns(ModelWarning):
        model = BetaGeoNBD().fit([3], [20], [30])
    assert 0 <= model.expected_purchases(30, 3, 20, 30)[0] < 100


@pytest.mark.parametrize(
    ("x", "recency", "age"), [(1, 5, 4), (0, 1, 4), (-1, 0, 4), (float("nan"), 0, 4), ([1, 2], 0, 4)]
)
def test_impossible_histories_are_refused(x: float, recency: float, age: float) -> None:
    with pytest.raises(UnusableInput):
        BetaGeoNBD().fit(x, recency, age)
