"""The four ways of ranking: each does the sum it names, and its scores fall apart into what was taken."""

import numpy as np
import pytest
from scipy import sparse
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from tenure.models import EASE, ImplicitALS, ItemKNN, Popularity
from tenure.models.recommend import item_knn
from tenure.models.recommend.ranker import Ranker, Rows

LINEAR = [ItemKNN(neighbours=5), EASE(penalty=3.0), ImplicitALS(factors=8, rounds=5)]


def shoppers(customers: int = 300, items: int = 40, seed: int = 1) -> Rows:
    """Customers who like one half of the items, some things more than others."""
    rng = np.random.default_rng(seed)
    half = (np.arange(items) % 2)[None, :] == (np.arange(customers) % 2)[:, None]
    taken = rng.random((customers, items)) < np.where(half, 0.3, 0.05)
    return sparse.csr_array(taken * rng.integers(1, 4, taken.shape).astype(np.float64))


def test_neighbours_vote_by_the_cosine_of_who_took_them(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = shoppers()
    dense = rows.toarray()
    unit = dense / np.linalg.norm(dense, axis=0)
    likeness = unit.T @ unit
    np.fill_diagonal(likeness, -1)
    for place, row in enumerate(likeness):
        likeness[place, np.argsort(-row, kind="stable")[5:]] = 0
    whole = ItemKNN(neighbours=5).fit(rows)
    assert np.allclose(whole.scores(rows), dense @ likeness, atol=1e-4)
    monkeypatch.setattr(item_knn, "rows_at_once", lambda items: 7)
    assert np.array_equal(ItemKNN(neighbours=5).fit(rows).near_, whole.near_)  # in blocks, as for many items


def test_ease_solves_its_least_squares_problem_exactly() -> None:
    rows = shoppers()
    dense, penalty = rows.toarray(), 3.0
    weights = EASE(penalty=penalty).fit(rows).weights_.astype(np.float64)
    assert np.all(np.diag(weights) == 0)
    slope = dense.T @ (dense @ weights - dense) + penalty * weights  # of |X − XB|² + λ|B|², zero but on the diagonal
    np.fill_diagonal(slope, 0)
    assert np.abs(slope).max() < 1e-3


def test_ease_with_fewer_items_leaves_the_rarest_out() -> None:
    rows = shoppers()
    model = EASE(penalty=3.0, most_items=10).fit(rows)
    rare = np.setdiff1d(np.arange(40), model.items_)
    takers = np.diff(rows.tocsc().indptr)
    assert takers[rare].max() <= takers[model.items_].min()
    assert np.all(model.scores(rows)[:, rare] == 0)
    assert np.all(model.similar(np.array([rare[0]])) == 0)


def test_als_sees_the_two_halves() -> None:
    rows = shoppers()
    scores = ImplicitALS(factors=8).fit(rows).scores(rows)
    assert scores[::2, ::2].mean() > 2 * scores[::2, 1::2].mean()


def test_als_gives_the_same_points_on_any_number_of_threads() -> None:
    rows = shoppers(2000, 200)
    with threadpool_limits(limits=1):
        alone = ImplicitALS(factors=16).fit(rows).points_
    assert np.array_equal(ImplicitALS(factors=16).fit(rows).points_, alone)


@pytest.mark.parametrize("model", LINEAR, ids=lambda model: type(model).__name__)
def test_a_score_is_the_sum_of_what_each_thing_taken_adds(model: Ranker) -> None:
    rows = shoppers()
    model.fit(rows)
    picked = np.argsort(-model.scores(rows), axis=1)[:, :6]
    parts = np.add.reduceat(model.evidence(rows, picked), rows.indptr[:-1], axis=0)
    assert np.allclose(parts, np.take_along_axis(model.scores(rows), picked, axis=1), atol=1e-4)


@pytest.mark.parametrize("model", LINEAR, ids=lambda model: type(model).__name__)
def test_the_usual_evidence_is_the_mean_over_everything_taken(model: Ranker) -> None:
    rows = (shoppers() > 0).astype(np.float64)
    model.fit(rows)
    everything = np.tile(np.arange(40), (rows.shape[0], 1))
    assert np.allclose(model.usual_evidence(rows.sum(axis=0)), model.evidence(rows, everything).mean(axis=0), atol=1e-4)


@pytest.mark.parametrize("model", LINEAR, ids=lambda model: type(model).__name__)
def test_items_of_one_half_are_alike(model: Ranker) -> None:
    model.fit(shoppers())
    alike = model.similar(np.arange(40))
    np.fill_diagonal(alike, 0)
    assert alike[::2, ::2].mean() > alike[::2, 1::2].mean() + 0.01


def test_popularity_is_the_share_of_customers_whatever_they_took_of_it() -> None:
    rows = shoppers()
    scores = Popularity().fit(rows).scores(rows[:3])
    assert np.allclose(scores, (rows.toarray() > 0).mean(axis=0))
    assert not Popularity().fit(rows).evidence(rows, np.zeros((300, 2), dtype=np.int64)).any()
