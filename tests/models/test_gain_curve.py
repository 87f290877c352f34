"""The gain curve counts leavers among the customers of highest risk."""

import numpy as np
import pytest

from tenure.models.gain_curve import gain_curve, lift


def test_a_perfect_order_finds_all_leavers_first() -> None:
    outcome = np.repeat([1, 0], [10, 90])
    curve = gain_curve(outcome, np.arange(100)[::-1])
    assert [round(point.found, 6) for point in curve[:3]] == [0.5, 1.0, 1.0]
    assert lift(outcome, np.arange(100)[::-1]) == pytest.approx(10)


def test_a_score_that_says_nothing_finds_leavers_in_proportion() -> None:
    curve = gain_curve(np.tile([1, 0, 0, 0], 25), np.full(100, 0.25))
    assert all(point.found == pytest.approx(point.share) and point.lift == pytest.approx(1) for point in curve)


def test_the_curve_ends_with_everybody_and_never_falls() -> None:
    rng = np.random.default_rng(1)
    curve = gain_curve(rng.random(300) < 0.2, rng.integers(0, 7, 300))
    found = [point.found for point in curve]
    assert found == sorted(found)
    assert (curve[-1].share, curve[-1].found) == (1, 1)


def test_where_nobody_left_there_is_no_lift() -> None:
    assert np.isnan(lift(np.zeros(4), np.arange(4)))
