"""Pareto/NBD on two clocks: the same model where they agree, and right where they do not."""

import numpy as np
import pytest

from tenure.models import ParetoNBD
from tenure.models.purchase_forecast.two_clocks import Seen, TwoClocks

TRUTH = TwoClocks(r=0.8, alpha=25.0, s=1.4, beta=300.0)


def test_on_one_clock_it_is_pareto_nbd() -> None:
    rng = np.random.default_rng(0)
    age = rng.uniform(1, 500, 400)
    orders = rng.poisson(2, 400).astype(float)
    recency = np.where(orders > 0, age * rng.random(400), 0.0)
    model = ParetoNBD()
    model.params_ = {"r": 0.8, "alpha": 25.0, "s": 1.4, "beta": 300.0}
    seen = Seen(orders, recency, age, recency, age)
    history = orders, recency, age
    assert TRUTH.alive(seen) == pytest.approx(model.probability_alive(*history), rel=1e-9)
    assert TRUTH.expected(seen, 90, 90) == pytest.approx(model.expected_purchases(90, *history), rel=1e-9)
    assert TRUTH.chance(seen, 90, 90) == pytest.approx(model.probability_of_purchase(90, *history), rel=1e-9)


def test_on_two_clocks_it_foretells_drawn_lives() -> None:
    """A shop slow for 200 days, then three times as fast for 60: what is expected comes, and a tenth is not missed."""
    rng = np.random.default_rng(1)
    n, past, ahead, slow, fast = 200_000, 200.0, 60.0, 0.5, 1.5
    rate = rng.gamma(TRUTH.r, 1 / TRUTH.alpha, n)
    life = rng.exponential(1 / rng.gamma(TRUTH.s, 1 / TRUTH.beta, n))
    lived, later = np.minimum(life, past), np.clip(life - past, 0, ahead)
    orders = rng.poisson(rate * slow * lived)
    last = np.where(orders > 0, lived * rng.random(n) ** (1 / np.maximum(orders, 1)), 0.0)  # latest of so many
    came = rng.poisson(rate * fast * later)
    seen = Seen(orders.astype(float), slow * last, np.full(n, slow * past), last, np.full(n, past))
    assert TRUTH.alive(seen).mean() == pytest.approx(np.mean(life > past), rel=0.01)
    assert TRUTH.expected(seen, ahead, fast * ahead).mean() == pytest.approx(came.mean(), rel=0.02)
    assert TRUTH.chance(seen, ahead, fast * ahead).mean() == pytest.approx(np.mean(came > 0), rel=0.02)
    one_clock = Seen(seen.orders, seen.recency, seen.age, seen.recency, seen.age)
    assert TRUTH.expected(one_clock, fast * ahead, fast * ahead).mean() != pytest.approx(came.mean(), rel=0.04)
