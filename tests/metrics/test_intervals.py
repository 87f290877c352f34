"""Intervals against published numbers, and what they must never do."""

import numpy as np
import pytest

from tenure.metrics import intervals


def test_wilson_agrees_with_the_textbook() -> None:
    found = intervals.wilson(np.array([0.0, 8.0, 10.0]), np.array([10.0, 10.0, 10.0]))
    assert found.value == pytest.approx([0, 0.8, 1])
    assert found.low == pytest.approx([0, 0.4901625, 0.7224672], abs=1e-6)
    assert found.high == pytest.approx([0.2775328, 0.9433178, 1], abs=1e-6)


def test_nps_of_four_hundred_answers_is_thirty_give_or_take_seven_point_six() -> None:
    x = np.concatenate([np.full(200, 100.0), np.full(80, -100.0), np.zeros(120)])
    sums = [np.array([v]) for v in (x.sum(), 400.0, (x * x).sum(), x.sum(), 400.0)]
    found = intervals.delta(*sums)
    assert (found.value[0], round(found.value[0] - found.low[0], 1)) == (30, 7.7)
    assert intervals.Z * 100 * np.sqrt((0.5 + 0.2 - 0.3**2) / 400) == pytest.approx(found.high[0] - 30)


def test_the_bootstrap_covers_and_repeats_itself() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.gamma(2, 50, (3, 200)), np.ones((3, 200))
    first, second = (intervals.bootstrap(x, y, seed=5) for _ in range(2))
    assert (first.low == second.low).all()
    assert ((first.low < first.value) & (first.value < first.high)).all()
    normal = 1.96 * x.std(axis=1) / np.sqrt(200)
    assert first.high - first.low == pytest.approx(2 * normal, rel=0.15)


def test_nothing_below_the_line_says_nothing() -> None:
    zero = np.zeros(1)
    assert np.isnan(intervals.wilson(zero, zero).value).all()
    assert np.isnan(intervals.delta(zero, zero, zero, zero, zero).low).all()
    assert np.isnan(intervals.bootstrap(np.zeros((1, 4)), np.zeros((1, 4)), seed=1).high).all()
    assert np.isnan(intervals.median(np.array([]), np.array([]), seed=1).value).all()


def test_the_median_of_an_even_number_is_the_middle_of_two() -> None:
    assert intervals.median(np.array([1.0, 3.0]), np.array([2.0, 2.0]), seed=1).value == [2.0]
    assert intervals.median(np.array([3.0, 1.0]), np.array([1.0, 2.0]), seed=1).value == [1.0]


def test_kaplan_meier_agrees_with_the_textbook() -> None:
    """The drug arm of Freireich et al. 1963: remission of 21 patients, 9 of whom relapsed."""
    events = {6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1}
    censored = {6: 1, 9: 1, 10: 1, 11: 1, 17: 1, 19: 1, 20: 1, 25: 1, 32: 2, 34: 1, 35: 1}
    rows = [(t, 1, n) for t, n in events.items()] + [(t, 0, n) for t, n in censored.items()]
    curve = intervals.kaplan_meier(*(np.array(column, dtype=float) for column in zip(*rows, strict=True)))
    survival = {int(t): 1 - p for t, p in zip(curve.time, curve.probability, strict=True)}
    assert [round(survival[t], 4) for t in (6, 7, 10, 13, 16, 22, 23)] == [
        0.8571,
        0.8067,
        0.7529,
        0.6902,
        0.6275,
        0.5378,
        0.4482,
    ]
    assert (intervals.by(curve, 23).value[0], np.isnan(intervals.by(curve, 36).value[0])) == (
        pytest.approx(0.5518, abs=1e-4),
        True,
    )
    assert intervals.by(curve, 1).value[0] == 0
