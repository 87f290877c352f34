"""Risk sets: who counts, and when."""

import numpy as np
import pytest

from tenure.models.base import UnusableInput
from tenure.models.survival.risk_sets import Spells


def test_at_risk_are_those_who_entered_before_and_have_not_left_before() -> None:
    rng = np.random.default_rng(0)
    start, more = rng.integers(0, 20, 200).astype(float), rng.integers(0, 20, 200)
    spells = Spells.checked(start + more, rng.random(200) < 0.5, start)
    time, events = spells.times()
    weights = rng.random((200, 2))
    inside = (spells.start[:, None] < time) & (spells.end[:, None] >= time)
    assert spells.at_risk(time).tolist() == inside.sum(axis=0).tolist()
    assert spells.at_risk(time, weights) == pytest.approx(inside.T @ weights)
    assert events.sum() == spells.happened.sum()


def test_nobody_leaves_before_entering() -> None:
    with pytest.raises(UnusableInput):
        Spells.checked([3], [1], [4])
