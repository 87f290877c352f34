"""What every model of orders to come must do: find the truth, agree with itself, answer whatever it is given."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bench.lifetime_value.histories import unrounded
from tenure.models import (
    BetaGeoBetaBinomial,
    BetaGeoNBD,
    CustomerHistory,
    ModifiedBetaGeoNBD,
    ParetoNBD,
    history_from_orders,
)
from tenure.models.base import AtBound, DegenerateData, ModelWarning, UnusableInput, minimise
from tenure.models.lifetime_value.purchase_count import MANY_HISTORIES, PurchaseCount
from tests.models.lives import OCCASIONS, PARETO, Truth, cdnow, draw_lives, draw_occasions, draw_pareto_lives

Lives = tuple[CustomerHistory, NDArray[np.float64]]


@dataclass(frozen=True)
class World:
    """A model, parameters it is true with, and how customers of that world are drawn: (how many, horizon, seed)."""

    model: type[PurchaseCount]
    truth: dict[str, float]
    horizon: int
    draw: Callable[[int, int, int], Lives]

    def known(self) -> PurchaseCount:
        """Return the model with the true parameters."""
        model = self.model()
        model.params_ = dict(self.truth)
        return model


TRUTH = Truth()
BETA_GEO = {name: getattr(TRUTH, name) for name in BetaGeoNBD.NAMES}
WORLDS = {
    "bg_nbd": World(BetaGeoNBD, BETA_GEO, 180, lambda n, h, seed: draw_lives(n, TRUTH, h, seed)),
    "mbg_nbd": World(ModifiedBetaGeoNBD, BETA_GEO, 180, lambda n, h, seed: draw_lives(n, TRUTH, h, seed, True)),
    "pareto_nbd": World(ParetoNBD, PARETO, 180, draw_pareto_lives),
    "bg_bb": World(BetaGeoBetaBinomial, OCCASIONS, 8, draw_occasions),
}
IN_TIME = [name for name in WORLDS if name != "bg_bb"]
every_world = pytest.mark.parametrize("name", WORLDS)


@every_world
def test_known_parameters_are_recovered_within_their_errors(name: str) -> None:
    world = WORLDS[name]
    history, after = world.draw(20_000, world.horizon, 0)
    seen = history.orders()
    model = world.model().fit(*seen)
    for parameter, value in model.params_.items():
        assert abs(value - world.truth[parameter]) < 4 * model.standard_errors_[parameter], parameter
    assert model.log_likelihood(*seen) == pytest.approx(model.log_likelihood_)
    assert model.log_likelihood(*seen) >= world.known().log_likelihood(*seen)
    low, high = model.purchase_interval(world.horizon, *seen, level=0.8)
    # counts are whole numbers, so the interval holds at least its level
    assert np.mean((after >= low) & (after <= high)) >= 0.79
    assert np.mean(after < low) <= 0.11
    assert np.mean(after > high) <= 0.11
    assert model.expected_purchases(world.horizon, *seen).sum() == pytest.approx(after.sum(), rel=0.03)
    assert model.probability_of_purchase(world.horizon, *seen).mean() == pytest.approx((after > 0).mean(), rel=0.03)


@every_world
def test_gradient_is_the_slope_of_the_likelihood(name: str) -> None:
    world = WORLDS[name]
    x, recency, age = world.draw(300, 1, 0)[0].orders()
    likelihood = world.model()._likelihood(x, recency, age, np.linspace(1, 3, 300))
    for point in (np.array([-0.3, 2.0, 0.2, 0.7]), np.array([0.5, 1.0, -0.9, 4.0])):
        for i, step in enumerate(1e-6 * np.eye(4)):
            slope = (likelihood(point + step)[0] - likelihood(point - step)[0]) / 2e-6
            assert likelihood(point)[1][i] == pytest.approx(slope, rel=1e-5, abs=1e-8)


@every_world
def test_weights_count_as_repeated_rows(name: str) -> None:
    x, recency, age = WORLDS[name].draw(500, 1, 0)[0].orders()
    times = np.arange(500) % 3 + 1
    weighted = WORLDS[name].model().fit(x, recency, age, weights=times)
    repeated = WORLDS[name].model().fit(*(np.repeat(column, times) for column in (x, recency, age)))
    assert weighted.params_ == pytest.approx(repeated.params_, rel=1e-6)
    assert weighted.log_likelihood_ == pytest.approx(repeated.log_likelihood_)


@pytest.mark.parametrize("name", IN_TIME)
def test_unit_of_time_changes_only_what_is_measured_in_it(shared_data: Path, name: str) -> None:
    x, recency, age = cdnow(shared_data, "sample").history.orders()
    make = WORLDS[name].model
    weeks, days = make().fit(x, recency, age), make().fit(x, recency * 7, age * 7)
    assert days.params_ == pytest.approx(
        {key: value * (7 if key in make.IN_TIME else 1) for key, value in weeks.params_.items()}, rel=1e-6
    )
    assert days.expected_purchases(273, x, recency * 7, age * 7) == pytest.approx(
        weeks.expected_purchases(39, x, recency, age), rel=1e-5
    )


@every_world
def test_chances_of_each_count_add_up_to_mean_variance_and_chance_of_any(name: str) -> None:
    world = WORLDS[name]
    model = world.known()
    x = np.array([0, 0, 1, 2, 5, 9, 12.0])
    recency, age = np.array([0, 0, 3, 12, 14, 17, 19.0]), np.array([1, 19, 19, 13, 15, 19, 20.0])
    tails = model.purchase_tails((x, recency, age), world.horizon, 1e-13)
    first, second, some = np.zeros(tails.rows), np.zeros(tails.rows), np.zeros(tails.rows)
    for n, active, tail in tails.steps:
        first[active] += tail
        second[active] += (2 * n - 1) * tail
        some[active] += tail if n == 1 else 0
    seen = x, recency, age
    assert first[tails.where] == pytest.approx(model.expected_purchases(world.horizon, *seen), rel=1e-6)
    variance = model.variance_of_purchases(world.horizon, *seen)
    assert (second - first**2)[tails.where] == pytest.approx(variance, rel=1e-5)
    assert some[tails.where] == pytest.approx(model.probability_of_purchase(world.horizon, *seen), rel=1e-8)


@every_world
def test_an_order_later_is_worth_less(name: str) -> None:
    world = WORLDS[name]
    model, seen = world.known(), (np.array([0, 2, 9.0]), np.array([0, 12, 17.0]), np.full(3, 19.0))
    plain = model.expected_purchases(world.horizon, *seen)
    by_step = np.zeros(3)
    for k in range(1, world.horizon + 1):
        more = model.expected_purchases(k, *seen) - model.expected_purchases(k - 1, *seen)
        by_step += more * 1.01 ** -(k if name == "bg_bb" else k - 0.5)
    assert model.discounted_purchases(world.horizon, 0.01, *seen) == pytest.approx(by_step, rel=1e-4)
    assert model.discounted_purchases(world.horizon, 0.0, *seen) == pytest.approx(plain)
    assert np.all(by_step < plain)


@pytest.mark.parametrize("name", IN_TIME)
@given(
    x=st.integers(0, 300),
    share=st.floats(0.01, 1),
    age=st.floats(0.5, 500),
    horizon=st.floats(1e-3, 1000),
    wait=st.floats(0, 300),
)
def test_answers_are_possible_and_fall_with_silence(
    name: str, x: int, share: float, age: float, horizon: float, wait: float
) -> None:
    model = WORLDS[name].known()
    recency = age * share if x else 0.0
    now, later = (x, recency, age), (x, recency, age + wait)
    for answer in (model.probability_of_purchase, model.expected_purchases):
        assert 0 <= answer(horizon, *later)[0] <= answer(horizon, *now)[0] + 1e-9
    assert 0 <= model.probability_alive(*later)[0] <= model.probability_alive(*now)[0] + 1e-12 <= 1 + 1e-12
    chance, mean = model.probability_of_purchase(horizon, *now)[0], model.expected_purchases(horizon, *now)[0]
    assert chance <= min(mean * (1 + 1e-6), 1)
    assert model.variance_of_purchases(horizon, *now)[0] >= 0


@every_world
@pytest.mark.parametrize(
    ("x", "recency", "age"),
    [([0] * 50, [0] * 50, range(50)), ([0] * 5, [0] * 5, [0] * 5), ([], [], [])],
    ids=["one order each", "all new today", "nobody"],
)
def test_data_without_repeat_orders_warns_and_forecasts_next_to_nothing(
    name: str, x: list[float], recency: list[float], age: list[float]
) -> None:
    with pytest.warns(DegenerateData):
        model = WORLDS[name].model().fit(x, recency, list(age))
    expected = model.expected_purchases(30, x, recency, list(age))
    assert np.all((expected >= 0) & (expected < 1))


AWKWARD = {
    "a single customer": ([3], [20], [30]),
    "identical customers": ([2] * 40, [10] * 40, [30] * 40),
    "everybody bought at the last moment": ([1, 2, 3, 4], [9, 9, 9, 9], [9, 9, 9, 9]),
    "huge counts": ([5_000, 3, 0], [8_000, 7_000, 0], [8_000, 8_000, 8_000]),
    "one buyer among many": ([1] + [0] * 5000, [1] + [0] * 5000, [2] * 5001),
}


@every_world
@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_customers_are_answered_sanely(name: str, case: str) -> None:
    x, recency, age = (np.array(column, dtype=float) for column in AWKWARD[case])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)
        model = WORLDS[name].model().fit(x, recency, age)
    expected = model.expected_purchases(30, x, recency, age)
    assert np.all(np.isfinite(expected) & (expected >= 0))
    assert np.all(expected <= 1 + 3 * 30 * (x + 1) / np.maximum(age, 1))
    for chance in (model.probability_alive(x, recency, age), model.probability_of_purchase(30, x, recency, age)):
        assert np.all((chance >= 0) & (chance <= 1))
    assert np.all(model.variance_of_purchases(30, x, recency, age) >= 0)


@pytest.mark.parametrize("name", IN_TIME)
def test_wholesalers_who_never_leave_are_warned_about_and_forecast(shared_data: Path, name: str) -> None:
    # The drop-out of Online Retail to 2011-06-30 goes to zero, to the edge of what can be searched.
    rows = pd.read_parquet(shared_data / "online-retail" / "online_retail.parquet")
    rows = rows[rows["CustomerID"].notna() & ~rows["InvoiceNo"].astype(str).str.startswith("C")]
    day = (rows["InvoiceDate"] - pd.Timestamp("2010-12-01")).dt.days
    seen = history_from_orders(rows["CustomerID"], day, rows["Quantity"] * rows["UnitPrice"], 211).orders()
    with pytest.warns(AtBound):
        model = WORLDS[name].model().fit(*seen)
    expected = model.expected_purchases(162, *seen)
    assert np.all(np.isfinite(expected) & (expected >= 0))
    assert expected.sum() == pytest.approx(5636, rel=1e-3)  # 6,427 came: these models know no autumn
    assert np.all(model.probability_alive(*seen) > 0.99)


@pytest.mark.parametrize(
    ("x", "recency", "age"), [(1, 5, 4), (0, 1, 4), (-1, 0, 4), (float("nan"), 0, 4), ([1, 2], 0, 4)]
)
@every_world
def test_impossible_histories_are_refused(name: str, x: float, recency: float, age: float) -> None:
    with pytest.raises(UnusableInput):
        WORLDS[name].model().fit(x, recency, age)


@pytest.mark.parametrize("model", [ParetoNBD, BetaGeoNBD, ModifiedBetaGeoNBD])
def test_of_very_many_different_histories_a_grid_finds_the_same_fit(model: type[PurchaseCount]) -> None:
    many = unrounded(MANY_HISTORIES + 5_000)
    seen = many["frequency"], many["recency"], many["T"]
    fitted = model().fit(*seen)
    rows, weights = fitted._weighted(*seen, None)
    assert len(weights) > MANY_HISTORIES  # else the grid was never asked
    scale = float(rows[2].mean())
    exact = fitted._likelihood(rows[0], rows[1] / scale, rows[2] / scale, weights)
    found = np.log([fitted.params_[name] / (scale if name in model.IN_TIME else 1.0) for name in model.NAMES])
    value, slope = exact(found)
    assert np.abs(slope).max() < 1e-7  # of one customer's log-likelihood: the top, not near it
    whole = minimise(exact, found + 0.3, -8.0, 8.0)
    assert value == pytest.approx(whole.value, abs=1e-10)
    assert found == pytest.approx(whole.point, abs=1e-6)
    errors = [fitted.standard_errors_[name] / fitted.params_[name] for name in model.NAMES]
    assert errors == pytest.approx(np.sqrt(np.diag(whole.covariance) / weights.sum()), rel=0.02)
