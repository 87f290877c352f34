"""How recommenders sit the common exam: made-up shoppers with tastes, and answers that may not be absurd."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tenure.models.base import Model
from tenure.models.recommend.als import ImplicitALS
from tenure.models.recommend.ease import EASE
from tenure.models.recommend.interactions import read
from tenure.models.recommend.item_knn import ItemKNN
from tenure.models.recommend.past import Past
from tenure.models.recommend.popularity import Popularity
from tenure.models.recommend.ranker import Ranker, Rows
from tenure.models.recommend.recommender import Recommender
from tenure.models.recommend.top_items import best

Answers = dict[str, NDArray[np.float64]]
Recipe = tuple[Callable[[], Model], Callable[[Model, int], Model], Callable[[Model], Answers]]
ITEMS = 30


def made_up_shoppers(customers: int, seed: int = 7) -> pd.DataFrame:
    """Draw about eight purchases a customer within a year, most of them from the customer's third of the items."""
    rng = np.random.default_rng(seed)
    customer = np.repeat(np.arange(customers), 1 + rng.poisson(7, customers))
    third = customer % 3 * (ITEMS // 3)
    own = third + np.floor(ITEMS / 3 * rng.random(len(customer)) ** 2).astype(np.int64)
    item = np.where(rng.random(len(customer)) < 0.8, own, rng.integers(0, ITEMS, len(customer)))
    day = np.datetime64("2025-01-01") + rng.integers(0, 365, len(customer)).astype("timedelta64[D]")
    return pd.DataFrame({"customer": [f"c{n}" for n in customer], "item": [f"i{n:02}" for n in item], "time": day})


def recommend_sittings() -> dict[str, Recipe]:
    """Return how each recommender and each of its rankers sits the exam: make, fit on n customers, answer."""
    recommender: Recipe = (
        lambda: Recommender(methods=("popularity", "item_knn", "ease")),
        lambda model, n: model.fit(made_up_shoppers(n)),
        _answer_lists,
    )
    rankers = {"popularity": Popularity, "item_knn": ItemKNN, "ease": EASE, "implicit_als": ImplicitALS}
    return {"recommender": recommender} | {name: (ranker, _fit, _answer_ranks) for name, ranker in rankers.items()}


def _rows(customers: int, seed: int = 7) -> Rows:
    all_items = np.array([f"i{n:02}" for n in range(ITEMS)], dtype=object)
    taken = read(made_up_shoppers(customers, seed), also_items=all_items)
    return Past.of(taken, float(taken.day.max()) + 1, 30.0).everybody()


def _fit(model: Model, customers: int) -> Model:
    assert isinstance(model, Ranker)
    return model.fit(_rows(customers))


def _answer_lists(model: Model) -> Answers:
    assert isinstance(model, Recommender)
    lists = model.recommend([f"c{n}" for n in range(50)] + ["nobody"], 5, exclude_seen=False)
    chance = lists["score"].to_numpy(np.float64) if model.horizon_days else np.zeros(len(lists))
    return {
        "rank": lists["rank"].to_numpy(np.float64),
        "probability": np.nan_to_num(chance),
        "item": lists["item"].str[1:].to_numpy(np.float64),
    }


def _answer_ranks(model: Model) -> Answers:
    assert isinstance(model, Ranker)
    rows = _rows(20, seed=8)
    listed = best(model.scores(rows), 5)
    return {
        "listed": listed.astype(np.float64),
        "similar": best(model.similar(np.arange(ITEMS)), 5).astype(np.float64),
        "evidence": np.abs(model.evidence(rows, listed)).astype(np.float64),
    }
