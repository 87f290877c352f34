"""The test before the forecast: who is asked, what they may know, and who then answers."""

import numpy as np
import pytest

from tenure.models import purchase_log
from tenure.models.purchase_forecast.exam import Sitting, choose, sit, sittings
from tenure.models.purchase_forecast.lessons import plan
from tenure.models.purchase_forecast.plain import Answer
from tenure.models.purchase_forecast.purchase_log import Outcome
from tenure.models.purchase_forecast.season import FLAT, told
from tests.models.purchase_forecast.shop import OPENED, Shop


def answer(orders: np.ndarray) -> Answer:
    """Answer with Poisson chances."""
    return Answer(orders, -np.expm1(-orders), orders * 20)


def sat(gain: float, n: int = 4000) -> Sitting:
    """Make a test in which the richer model knows a share of what sets customers apart."""
    rng = np.random.default_rng(0)
    rate = rng.gamma(1.0, 1.0, n)
    came = rng.poisson(rate).astype(np.float64)
    mean, informed = np.ones(n), rate**gain
    informed *= n / informed.sum()
    answers = {"recency": answer(mean), "bg_nbd": answer(mean), "pareto_nbd": answer(mean), "learned": answer(informed)}
    return Sitting(0, 30, Outcome(came, came * 20), answers)


def test_the_richer_model_answers_only_where_it_wins_more_than_its_standard_error() -> None:
    assert choose([sat(gain=0.5)], seasonal=False) == "learned"
    assert choose([sat(gain=0.0)], seasonal=False) == "pareto_nbd"
    assert choose([sat(gain=-0.5)], seasonal=False) == "pareto_nbd"
    assert choose([sat(gain=0.0)], seasonal=True) == "seasonal"
    assert choose([], seasonal=False) == "pareto_nbd"


def test_a_total_that_was_off_does_not_decide() -> None:
    one = sat(gain=0.5)
    right = one.answers["learned"]
    doubled = Sitting(0, 30, one.came, one.answers | {"learned": Answer(2 * right.orders, right.chance, right.value)})
    assert choose([doubled], seasonal=False) == "learned"


def test_every_model_is_asked_and_none_knows_what_comes_after_the_day() -> None:
    customer, day, amount = Shop(customers=400, days=500).draw(seed=1)
    origin = OPENED + 440
    later = np.where(day < origin, day, origin + 3)
    richer = np.where(day < origin, amount, 99.0)
    one, other = (sit(purchase_log(customer, *rows), origin, 60, FLAT, 0) for rows in ((day, amount), (later, richer)))
    assert set(one.answers) == {"recency", "bg_nbd", "pareto_nbd", "seasonal", "learned"}
    assert one.came.orders.sum() != other.came.orders.sum()
    for name, said in one.answers.items():
        assert np.array_equal(said.orders, other.answers[name].orders), name
        assert np.array_equal(said.value, other.answers[name].value), name


@pytest.mark.filterwarnings("ignore::tenure.models.base.ModelWarning")
def test_tests_are_held_on_the_latest_days_whose_outcome_is_known() -> None:
    log = purchase_log(*Shop(customers=200, days=500).draw(seed=1))
    assert [one.origin for one in sittings(log, OPENED + 500, 60, FLAT, 0)] == [OPENED + 440, OPENED + 410]


def test_practice_leaves_a_third_of_the_history_to_each_part() -> None:
    assert plan(0, 900, 90).origins == (810, 765, 720, 675)
    short = plan(0, 273, 273)
    assert short.practice == 91
    assert all(45 <= origin <= 182 for origin in short.origins)
    assert plan(0, 20, 90).origins == ()


@pytest.mark.filterwarnings("ignore::tenure.models.base.ModelWarning")
def test_a_season_told_is_tested_too() -> None:
    log = purchase_log(*Shop(customers=300, days=300).draw(seed=1))
    held = sittings(log, OPENED + 300, 60, told({11: 2.0}), 0)
    assert all("seasonal" in one.answers for one in held)
