"""The arithmetic of scores and staying, on numbers that can be checked on paper."""

import numpy as np
import pytest

from tenure.risk.satisfaction import rules
from tenure.risk.satisfaction.scales import SCALES, Scale

NPS, CSAT, CES, REVIEW = SCALES


@pytest.mark.parametrize(
    ("scale", "scores", "found"),
    [
        (NPS, [0, 6, 7, 8, 9, 10], [0, 0, 1, 1, 2, 2]),
        (CSAT, [1, 2, 3, 4, 5], [0, 0, 1, 2, 2]),
        (CES, [1, 3, 4, 5, 6, 7], [0, 0, 1, 1, 2, 2]),
        (REVIEW, [1, 2.5, 3, 3.5, 4.5], [0, 0, 1, 1, 2]),
    ],
)
def test_every_score_has_its_band(scale: Scale, scores: list[float], found: list[int]) -> None:
    assert scale.band_of(np.array(scores)).tolist() == found


def test_bands_tell_the_share_that_stayed_with_wilsons_interval() -> None:
    score = np.array([2.0] * 10 + [10.0] * 20)
    stayed = np.array([True] * 4 + [False] * 6 + [True] * 20)
    low, middle, high = rules.bands(NPS, score, stayed)
    assert (low.n, low.stayed, low.share) == (10, 4, 0.4)
    # Wilson 1927 for 4 of 10: .168 to .687
    assert low.low == pytest.approx(0.1682, abs=1e-4)
    assert low.high == pytest.approx(0.6873, abs=1e-4)
    assert (middle.n, middle.share, middle.low) == (0, None, None)
    assert (high.share, high.high) == (1.0, 1.0)


def test_the_ranking_is_how_often_a_stayer_gave_more_than_a_leaver() -> None:
    score = np.array([9.0] * 30 + [3.0] * 30 + [3.0] * 10)
    stayed = np.array([True] * 30 + [False] * 30 + [True] * 10)
    found = rules.ranking(score, stayed)
    assert found is not None
    assert found.value == pytest.approx((30 * 30 + 10 * 30 / 2) / (40 * 30))
    assert rules.ranking(score[:49], stayed[:49]) is None, "nineteen leavers are too few"


def test_a_score_that_repeats_behaviour_adds_nothing_and_one_that_knows_more_does() -> None:
    chance = np.random.default_rng(3)
    size = 4_000
    silence, mood = chance.normal(size=size), chance.normal(size=size)
    stayed = chance.random(size) < 1 / (1 + np.exp(silence - mood))
    exam = np.arange(size) >= size // 2
    behaviour = {"silence": silence, "constant": np.ones(size)}
    knows, repeats = rules.gain(mood, stayed, behaviour, exam), rules.gain(-silence, stayed, behaviour, exam)
    assert knows is not None
    assert repeats is not None
    assert knows.n == size // 2
    assert knows.auc.interval()[0] > 0.05
    assert knows.log_loss.interval()[0] > 0
    assert abs(repeats.auc.value) < 0.005


def test_without_enough_of_both_before_and_after_no_gain_is_claimed() -> None:
    stayed = np.array([True, False] * 50)
    exam = np.arange(100) >= 90
    assert rules.gain(np.ones(100), stayed, {"silence": np.arange(100.0)}, exam) is None
