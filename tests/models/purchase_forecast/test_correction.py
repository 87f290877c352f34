"""What habits teach: a planted habit is found, no habit leaves the plain model alone."""

from dataclasses import replace

import numpy as np
import pytest

from tenure.models import purchase_log
from tenure.models.purchase_forecast import correction
from tenure.models.purchase_forecast.lessons import Lesson, lesson
from tenure.models.purchase_forecast.purchase_log import Outcome
from tenure.models.purchase_forecast.season import FLAT
from tests.models.purchase_forecast.shop import OPENED, Shop


@pytest.fixture(scope="module")
def taught() -> Lesson:
    """A lesson of a shop without season."""
    return lesson(purchase_log(*Shop(customers=3000, swing=0.0).draw(seed=1)), OPENED + 500, 90, FLAT)


def with_habit(one: Lesson, strength: float) -> Lesson:
    """Draw what came anew: who spends much per order buys that much more than the plain model expects."""
    rng = np.random.default_rng(2)
    habit = one.traits["mean_paid"] - one.traits["mean_paid"].mean()
    orders = rng.poisson(one.plain.orders * np.exp(strength * habit)).astype(np.float64)
    return replace(one, came=Outcome(orders, orders * one.plain.each))


def test_a_planted_habit_is_found(taught: Lesson) -> None:
    one = with_habit(taught, 0.8)
    moved = correction.learn([one], 0).corrected(one.plain, one.traits)
    shift = np.log(moved.orders / one.plain.orders)
    assert np.corrcoef(shift, one.traits["mean_paid"])[0, 1] > 0.9
    assert np.mean((one.came.orders - moved.orders) ** 2) < 0.95 * np.mean((one.came.orders - one.plain.orders) ** 2)


def test_without_a_habit_nothing_moves_much_and_nothing_ever_moves_far(taught: Lesson) -> None:
    one = with_habit(taught, 0.0)
    moved = correction.learn([one], 0).corrected(one.plain, one.traits)
    assert np.abs(np.log(moved.orders / one.plain.orders)).mean() < 0.1
    assert moved.orders.sum() == pytest.approx(one.came.orders.sum(), rel=0.03)
    strange = {name: np.full(len(one.plain.orders), 1e6) for name in one.traits}
    far = correction.learn([one], 0).corrected(one.plain, strange)
    assert np.all(np.abs(np.log(far.orders / one.plain.orders)) <= 4 / 3 + 1e-9)
    assert np.all((far.chance >= 0) & (far.chance <= 1))


def test_the_same_lessons_teach_the_same(taught: Lesson) -> None:
    once, again = (correction.learn([taught], 0).corrected(taught.plain, taught.traits) for _ in range(2))
    assert np.array_equal(once.orders, again.orders)
    assert np.array_equal(once.value, again.value)
