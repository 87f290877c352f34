"""What sBG and BdW share: known truth with late entry, slopes, and contracts that say too little."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tenure.models import BetaDiscreteWeibull, ShiftedBetaGeometric
from tenure.models.base import DegenerateData, ModelWarning, UnusableInput
from tenure.models.lifetime_value.renewals import Renewals, _Likelihood, log_survival, slopes_of_log_survival

TRUTH = {"alpha": 0.8, "beta": 2.5, "c": 1.4}
both = pytest.mark.parametrize("make", [ShiftedBetaGeometric, BetaDiscreteWeibull])


def draw_contracts(n: int, c: float, seed: int) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Draw (tenure, lost, entry): half are watched only after some renewals, all until renewal 1 to 15."""
    rng = np.random.default_rng(seed)
    theta = rng.beta(TRUTH["alpha"], TRUTH["beta"], n)
    # (1 − θ)^(t^c) ≥ u for the renewals made
    made = np.floor((np.log(rng.random(n)) / np.log1p(-theta)) ** (1 / c))
    until, entry = rng.integers(1, 16, n), np.where(rng.random(n) < 0.5, rng.integers(0, 4, n), 0)
    watched = (made >= entry) & (until > entry)  # who left before we looked is not in the data
    lost = made < until
    tenure = np.where(lost, made + 1, until)
    return tenure[watched], lost[watched], entry[watched].astype(np.float64)


@both
def test_known_parameters_are_recovered_with_late_entry(make: type[Renewals]) -> None:
    truth = {**TRUTH, "c": 1.0 if make is ShiftedBetaGeometric else TRUTH["c"]}
    tenure, lost, entry = draw_contracts(60_000, truth["c"], seed=1)
    model = make().fit(tenure, lost, entry)
    for name, value in model.params_.items():
        assert abs(value - truth[name]) < 4 * model.standard_errors_[name], name
    t = np.arange(12.0)
    expected = np.exp(log_survival(t, truth["alpha"], truth["beta"], truth["c"]))
    assert model.survival(t) == pytest.approx(expected, abs=0.01)
    # as if all had been watched from the start: those who left early are missing, so the curve is too high
    assert make().fit(tenure, lost).survival([1])[0] > expected[1] + 0.03


@both
def test_gradient_is_the_slope_of_the_likelihood(make: type[Renewals]) -> None:
    likelihood = _Likelihood(make(), np.arange(1.0, 6), np.array([90.0, 60, 40, 30, 20]), np.array([30.0, 10, 5, 2, 1]))
    point = np.array([-0.4, 0.8, 0.3])[: len(make.NAMES)]
    for i, step in enumerate(1e-6 * np.eye(len(point))):
        slope = (likelihood(point + step)[0] - likelihood(point - step)[0]) / 2e-6
        assert likelihood(point)[1][i] == pytest.approx(slope, rel=1e-6)


@given(logs=st.lists(st.floats(-8, 8), min_size=3, max_size=3))
def test_survival_is_possible_for_any_parameters(logs: list[float]) -> None:
    curve = [float(value) for value in np.exp(logs)]
    survival = np.exp(log_survival(np.array([0, 1, 2, 10, 400.0]), *curve))
    assert survival[0] == pytest.approx(1)
    assert np.all((survival >= 0) & (survival <= 1) & np.isfinite(survival))
    assert np.all(np.diff(survival) <= 1e-9)
    assert np.all(np.isfinite(slopes_of_log_survival(np.array([0, 1, 400.0]), *curve)))


@both
@pytest.mark.parametrize(
    ("tenure", "lost"),
    [
        ([], []),
        ([3, 4, 5], [0, 0, 0]),
        ([1, 1, 1], [1, 1, 1]),
        ([1, 1, 1, 1], [1, 0, 0, 0]),
        ([0, 0], [0, 0]),
        ([4], [1]),
    ],
    ids=["nobody", "nobody left", "all left at once", "one renewal seen", "no renewal seen", "one customer"],
)
def test_contracts_that_say_too_little_are_answered_with_a_warning(
    make: type[Renewals], tenure: list[int], lost: list[int]
) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = make().fit(tenure, lost)
    assert any(issubclass(warning.category, ModelWarning) for warning in caught)
    survival = model.survival([0, 1, 5, 50])
    assert survival[0] == pytest.approx(1)
    assert np.all((survival >= 0) & (survival <= 1) & np.isfinite(survival))


def test_nobody_left_means_nearly_everybody_stays() -> None:
    with pytest.warns(DegenerateData):
        model = ShiftedBetaGeometric().fit([5] * 100, [0] * 100)
    assert 0.99 < model.survival(5)[0] < 1


@pytest.mark.parametrize(
    ("tenure", "lost", "entry"),
    [([1.5], [0], [0]), ([2], [0], [3]), ([0], [1], [0]), ([2], [1], [2]), ([-1], [0], [0])],
)
def test_impossible_contracts_are_refused(tenure: list[float], lost: list[int], entry: list[float]) -> None:
    with pytest.raises(UnusableInput):
        ShiftedBetaGeometric().fit(tenure, lost, entry)
