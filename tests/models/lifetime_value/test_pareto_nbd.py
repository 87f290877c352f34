"""Pareto/NBD: published figures, the integral behind it against other ways to take it, and its edges."""

from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import hyp2f1

from tenure.models import ParetoNBD
from tenure.models.lifetime_value.pareto_nbd import log_decay
from tests.models.lives import cdnow

PUBLISHED = {
    "sample": ({"r": 0.553276, "alpha": 10.577613, "s": 0.606213, "beta": 11.667907}, -9594.9739),
    "master": ({"r": 0.59742, "alpha": 11.58566, "s": 0.52219, "beta": 8.82776}, -95415.119),
}


@pytest.fixture(scope="module")
def published() -> ParetoNBD:
    """A model with the published CDNOW parameters, in weeks."""
    model = ParetoNBD()
    model.params_ = dict(PUBLISHED["sample"][0])
    return model


@pytest.mark.parametrize("name", ["sample", "master"])
def test_cdnow_parameters_and_likelihood_are_the_published_ones(shared_data: Path, name: str) -> None:
    model = ParetoNBD().fit(*cdnow(shared_data, name).history.orders())
    parameters, likelihood = PUBLISHED[name]
    assert model.params_ == pytest.approx(parameters, rel=1e-3)
    assert model.log_likelihood_ == pytest.approx(likelihood, abs=0.01)


def test_published_single_customer(published: ParetoNBD) -> None:
    assert published.expected_purchases(52, 26, 30.86, 31)[0] == pytest.approx(25.455, abs=2e-3)
    assert published.probability_alive(26, 30.86, 31)[0] == pytest.approx(0.9979, abs=5e-5)


def test_the_integral_is_the_hypergeometric_of_the_paper() -> None:
    # Fader and Hardie 2005: the integral from y on is 2F1(p+q−1, q; p+q; (a−b)/(a+y)) (a+y)^(1−p−q) / (p+q−1), a ≥ b
    a, b, p, q = 10.6, 4.7, 3.55, 1.61
    tail = [hyp2f1(p + q - 1, q, p + q, (a - b) / (a + y)) * (a + y) ** (1 - p - q) / (p + q - 1) for y in (0.0, 30.0)]
    columns = (np.array([value]) for value in (a, b, p, q, 30.0))
    assert np.exp(log_decay(*columns))[0] == pytest.approx(tail[0] - tail[1], rel=1e-11)


@pytest.mark.parametrize("seed", range(5))
def test_the_integral_holds_for_any_parameters_a_search_may_visit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    low, high = np.exp(rng.uniform(-8, 8, 2)), np.exp(rng.uniform(-3, 6, 2))
    a, b, p, q, length = *low, *high, rng.uniform(0.1, 2)
    peak = -p * np.log(a) - q * np.log(b)
    area, _ = quad(
        lambda u: np.exp(-p * np.log(a + u) - q * np.log(b + u) - peak),
        0, length, epsrel=1e-11, epsabs=0, limit=500, points=np.geomspace(min(a, b) / 1e3, length * 0.9, 40),
    )  # fmt: skip
    found = log_decay(*(np.array([value]) for value in (a, b, p, q, length)))[0]
    assert found == pytest.approx(np.log(area) + peak, abs=1e-7)


def test_no_hole_at_s_equal_to_one(published: ParetoNBD) -> None:
    around = []
    for s in (1 - 1e-7, 1.0, 1 + 1e-7):
        published.params_["s"] = s
        around.append(published.expected_purchases(52, 3, 20, 39)[0])
    published.params_["s"] = PUBLISHED["sample"][0]["s"]
    assert around[1] == pytest.approx(np.mean([around[0], around[2]]), rel=1e-9)


def test_who_has_just_ordered_is_alive(published: ParetoNBD) -> None:
    assert published.probability_alive([0, 3, 400], [0, 39, 39], [0, 39, 39]) == pytest.approx(1.0)
    assert published.probability_alive(400, 20, 39)[0] < 1e-12
