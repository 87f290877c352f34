"""The calibration line finds what was bent, and chance is told apart from error."""

import numpy as np
import pytest
from scipy.special import expit

from tenure.models.base import logit
from tenure.models.calibration_line import calibration_line, error_by_chance, meets
from tenure.models.evaluation import Estimate, expected_calibration_error


@pytest.fixture(scope="module")
def honest() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    probability = expit(rng.normal(-1, 1.2, 20_000))
    return (rng.random(20_000) < probability).astype(float), probability


def test_honest_probabilities_have_slope_one_and_no_offset(honest: tuple[np.ndarray, np.ndarray]) -> None:
    line = calibration_line(*honest)
    assert abs(line.slope.value - 1) < 3 * line.slope.standard_error < 0.1
    assert abs(line.offset.value) < 3 * line.offset.standard_error < 0.1


def test_a_model_twice_too_bold_has_slope_one_half_and_a_shifted_one_its_shift(
    honest: tuple[np.ndarray, np.ndarray],
) -> None:
    outcome, probability = honest
    bold = calibration_line(outcome, expit(2 * logit(probability)))
    low = calibration_line(outcome, expit(logit(probability) - 0.7))
    assert bold.slope.value == pytest.approx(calibration_line(outcome, probability).slope.value / 2, abs=1e-6)
    assert low.offset.value == pytest.approx(calibration_line(outcome, probability).offset.value + 0.7, abs=1e-6)


def test_the_standard_error_is_the_spread_over_repeated_draws() -> None:
    rng = np.random.default_rng(8)
    probability = expit(rng.normal(-1, 1, 600))
    lines = [calibration_line(rng.random(600) < probability, probability) for _ in range(300)]
    for part in ("slope", "offset"):
        estimates = [getattr(line, part) for line in lines]
        assert np.std([one.value for one in estimates]) == pytest.approx(estimates[0].standard_error, rel=0.2)


def test_without_two_outcomes_or_with_a_perfect_order_there_is_no_line() -> None:
    assert np.isnan(calibration_line(np.zeros(5), np.full(5, 0.3)).offset.value)
    assert np.isnan(calibration_line(np.array([0, 0, 1, 1]), np.array([0.1, 0.2, 0.7, 0.8])).slope.value)
    assert np.isnan(calibration_line(np.array([0, 1, 1]), np.full(3, 0.5)).slope.value)


def test_the_error_by_chance_is_what_exactly_right_probabilities_show() -> None:
    rng = np.random.default_rng(2)
    probability = expit(rng.normal(-1, 1, 500))
    errors = [expected_calibration_error(rng.random(500) < probability, probability) for _ in range(200)]
    assert error_by_chance(probability) == pytest.approx(np.mean(errors), rel=0.08)


def test_an_interval_that_reaches_into_the_range_meets_it() -> None:
    assert meets(Estimate(0.7, 0.1), 0.8, 1.25)
    assert not meets(Estimate(0.7, 0.04), 0.8, 1.25)
    assert not meets(Estimate(1.5, 0.1), 0.8, 1.25)
