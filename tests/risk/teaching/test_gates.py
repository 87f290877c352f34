"""The gates let a good model pass, and stop one that adds nothing, lies about chances or knows the outcome."""

import numpy as np
import pytest
from scipy.special import expit

from tenure.kit.i18n import Text
from tenure.models.base import logit
from tenure.risk.teaching.exam import Exam, examine
from tenure.risk.teaching.gates import gates

ROWS = 4_000
Outcome = tuple[np.ndarray, np.ndarray]


@pytest.fixture(scope="module")
def truth() -> Outcome:
    """True chances, and who left."""
    rng = np.random.default_rng(11)
    chance = expit(rng.normal(-1, 1, ROWS))
    return rng.random(ROWS) < chance, chance


def failed(exam: Exam, *leaks: Text) -> list[str]:
    """Return the names of the gates that are closed."""
    return [gate.name for gate in gates(exam, leaks) if not gate.passed]


def test_the_truth_passes_every_gate(truth: Outcome) -> None:
    left, chance = truth
    assert failed(examine(left, chance, np.full(ROWS, 0.3))) == []


def test_what_orders_no_better_than_recency_fails_the_first_gate(truth: Outcome) -> None:
    left, chance = truth
    assert failed(examine(left, chance, chance)) == ["recency"]


@pytest.mark.parametrize("bend", [lambda z: 1.6 * z, lambda z: 0.55 * z, lambda z: z + 0.6, lambda z: z - 0.6])
def test_chances_too_bold_too_shy_too_high_or_too_low_fail_the_second(truth: Outcome, bend: object) -> None:
    left, chance = truth
    assert callable(bend)
    assert failed(examine(left, expit(bend(logit(chance))), np.full(ROWS, 0.3))) == ["calibration"]


def test_few_customers_are_not_blamed_for_chance() -> None:
    rng = np.random.default_rng(0)
    closed = 0
    for _ in range(200):
        chance = expit(rng.normal(-1, 1, 150))
        closed += "calibration" in failed(examine(rng.random(150) < chance, chance))
    assert closed < 20  # of 200 honest models


def test_a_leak_and_a_score_too_good_to_be_true_fail_the_third(truth: Outcome) -> None:
    left, chance = truth
    told = Text("left_at knows", "left_at 泄漏")
    exam = examine(left, chance, np.full(ROWS, 0.3))
    assert failed(exam, told) == ["leaks"]
    rng = np.random.default_rng(1)
    extreme = expit(rng.normal(0, 8, ROWS))
    seer = examine(rng.random(ROWS) < extreme, extreme, np.full(ROWS, 0.3))
    assert failed(seer) == ["leaks"]
    assert "0.9" in gates(seer, ())[-1].text.zh


def test_without_time_there_is_no_recency_to_beat(truth: Outcome) -> None:
    left, chance = truth
    assert [gate.name for gate in gates(examine(left, chance), ())] == ["calibration", "leaks"]
