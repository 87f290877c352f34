"""The best few are those a full sort finds, ties included."""

import numpy as np
import pytest

from tenure.models.recommend.top_items import best


@pytest.mark.parametrize("width", [1, 7, 63, 64, 65, 700, 3001])
@pytest.mark.parametrize("count", [1, 4, 10])
def test_the_best_are_those_of_a_full_sort_with_ties_to_the_lower_place(width: int, count: int) -> None:
    rng = np.random.default_rng(width)
    scores = rng.integers(-3, 9, (40, width)).astype(np.float32)  # few values, so that most are tied
    scores[rng.random(scores.shape) < 0.3] = -np.inf
    expected = np.argsort(-scores, axis=1, kind="stable")[:, :count]
    assert np.array_equal(best(scores, count), expected)


def test_no_rows_and_no_places_are_answered() -> None:
    assert best(np.empty((0, 5), dtype=np.float32), 3).shape == (0, 3)
    assert best(np.ones((2, 5), dtype=np.float32), 0).shape == (2, 0)
