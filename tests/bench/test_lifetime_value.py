"""The bench of order models judges others fairly: by one likelihood, and by what they expect."""

import numpy as np
import pytest

from bench.lifetime_value import histories
from bench.lifetime_value.__main__ import _verdict
from bench.lifetime_value.ours import fitted, log_likelihood


def test_the_same_fit_is_the_same_and_a_worse_one_is_told_by_how_much() -> None:
    past = histories.donors()
    parameters, expected = fitted("BG/BB", past, 5)
    best = log_likelihood("BG/BB", parameters, past)
    assert best == pytest.approx(-33225.5813, abs=1e-3)
    assert _verdict("BG/BB", {"parameters": parameters, "expected": expected}, past, best) == (best, "")
    off = {**parameters, "alpha": parameters["alpha"] * 1.5}
    reached, words = _verdict("BG/BB", {"parameters": off, "expected": float("nan")}, past, best)
    assert reached is not None
    assert words == f"expects NaN, {best - reached:.1f} less likely"


def test_a_failed_fit_is_told_as_it_failed() -> None:
    assert _verdict("BG/NBD", {"failed": "ConvergenceError: no"}, {}, None) == (None, "ConvergenceError: no")
    told = {"parameters": {"r": float("nan")}, "expected": 1.0}
    assert _verdict("BG/NBD", told, {}, None)[0] is None


@pytest.mark.parametrize("past", [histories.drawn(500), histories.unrounded(500), histories.occasions(500)])
def test_drawn_histories_are_possible(past: dict[str, np.ndarray]) -> None:
    x, recency, age = past["frequency"], past["recency"], past["T"]
    assert np.all((recency <= age) & (recency >= 0) & ((x > 0) == (recency > 0)))
