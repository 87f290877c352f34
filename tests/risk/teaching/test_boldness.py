"""What an exam says of too shy chances is believed by as much as it can know."""

import numpy as np
import pytest

from tenure.models.base import expit
from tenure.models.calibration_line import calibration_line
from tenure.models.evaluation import Estimate
from tenure.risk.teaching.boldness import Boldness, learn_boldness

UNKNOWN = float("nan")


def test_a_shy_model_becomes_an_honest_one_on_customers_it_never_saw() -> None:
    rng = np.random.default_rng(4)
    true = rng.normal(-0.8, 1.5, 40_000)
    left = rng.random(40_000) < expit(true)
    shy = -0.8 + (true + 0.8) / 1.15
    exam, later = slice(0, 20_000), slice(20_000, None)
    learned = learn_boldness(calibration_line(left[exam], expit(shy[exam])).slope, float(left[exam].mean()))
    before = calibration_line(left[later], expit(shy[later])).slope
    after = calibration_line(left[later], expit(learned.spread(shy[later]))).slope
    assert before.value > 1.1
    assert after.value == pytest.approx(1, abs=2 * after.standard_error + 0.02)


@pytest.mark.parametrize(
    ("slope", "expected"),
    [
        (Estimate(1.2, 0.0), 1.2),  # sure: taken at its word
        (Estimate(1.2, 0.1), 1.1),  # as unsure as models usually differ: half of it
        (Estimate(1.2, 5.0), 1.0),
        (Estimate(9.0, 0.0), 2.0),
        (Estimate(0.1, 0.0), 0.5),
        (Estimate(UNKNOWN, UNKNOWN), 1.0),
    ],
)
def test_a_slope_is_pulled_towards_one_by_what_chance_explains(slope: Estimate, expected: float) -> None:
    assert learn_boldness(slope, 0.3).slope == pytest.approx(expected, abs=1e-3)


def test_the_order_of_customers_stays_and_the_middle_does_not_move() -> None:
    spread = Boldness(1.3, -0.5).spread(np.array([-2.0, -0.5, 0.0, 3.0]))
    assert (np.diff(spread) > 0).all()
    assert spread[1] == -0.5
    assert (learn_boldness(Estimate(1.2, 0.1), 1.0), learn_boldness(Estimate(1.2, UNKNOWN), 0.3)) == (
        Boldness(),
        Boldness(),
    )
