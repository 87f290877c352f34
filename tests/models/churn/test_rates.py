"""Rates of text levels: never told by the customer's own outcome, and fading where levels do not differ."""

import numpy as np
import pandas as pd

from tenure.models.churn.encoding import describe
from tenure.models.churn.practice import folds_of
from tenure.models.churn.rates import learn_rates


def towns(n: int, differ: float) -> tuple[pd.DataFrame, np.ndarray]:
    """Customers of forty towns, whose rates of leaving differ as much as asked."""
    rng = np.random.default_rng(0)
    town = rng.integers(0, 40, n)
    rate = 1 / (1 + np.exp(1 - differ * rng.normal(size=40)))
    return pd.DataFrame({"town": np.char.add("town ", town.astype(str))}), (rng.random(n) < rate[town]).astype(float)


def test_no_row_is_encoded_by_its_own_outcome() -> None:
    table, target = towns(800, differ=1.0)
    fold = folds_of(target, 4, seed=0)
    turned = target.copy()
    turned[0] = 1 - turned[0]
    before, after = (learn_rates(table, describe(table), y, fold)[1][:, :, 0] for y in (target, turned))
    moved = np.abs(after - before)
    neighbours = (table["town"] == table["town"][0]).to_numpy() & (fold != fold[0])
    told = np.arange(4) != fold[0]  # the folds left out that still let the first row speak
    assert moved[:, 0].max() < 0.03  # the pull towards the average moves a little with every outcome
    assert moved[told][:, neighbours].max() > 0.05
    assert moved[fold[0]].max() < 0.03


def test_levels_that_do_not_differ_fade() -> None:
    learned = []
    for differ in (0.0, 1.0):
        table, target = towns(4000, differ)
        learned.append(learn_rates(table, describe(table), target, folds_of(target, 5, seed=0))[0][0])
    same, different = (np.abs(rates.log_odds).max() for rates in learned)
    assert same < 0.2 < 0.5 < different
