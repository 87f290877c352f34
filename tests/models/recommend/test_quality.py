"""Recall, NDCG and precision by hand."""

import numpy as np
import pytest
from scipy import sparse

from tenure.models.recommend.quality import Quality, common, difference, lists_quality, without

WANTED = sparse.csr_array(np.array([[1, 1, 0, 0, 0], [0, 0, 1, 0, 0], [1, 1, 1, 1, 0.0]]))
PICKED = np.array([[0, 2, 1], [3, 4, -1], [3, 2, 1]])


def test_recall_ndcg_and_precision_are_those_worked_out_by_hand() -> None:
    recall, ndcg, precision = lists_quality(PICKED, WANTED, 3)
    assert recall.tolist() == [1.0, 0.0, 0.75]
    assert precision.tolist() == pytest.approx([2 / 3, 0.0, 1.0])
    assert ndcg.tolist() == pytest.approx([(1 + 0.5) / (1 + 1 / np.log2(3)), 0.0, 1.0])


def test_an_empty_place_hits_nothing() -> None:
    assert lists_quality(np.full((3, 3), -1), WANTED, 3)[0].tolist() == [0.0, 0.0, 0.0]


def test_the_average_customer_and_the_difference_have_their_errors() -> None:
    recall, ndcg, precision = lists_quality(PICKED, WANTED, 3)
    found = Quality.of(recall, ndcg, precision)
    assert found.recall == pytest.approx(1.75 / 3)
    assert found.customers == 3
    assert found.recall_error == pytest.approx(recall.std(ddof=1) / np.sqrt(3))
    assert difference(recall, recall).p_value == 1.0
    assert Quality.of(np.empty(0), np.empty(0), np.empty(0)).customers == 0


def test_new_and_again_share_everything_taken() -> None:
    before = sparse.csr_array(np.array([[2.0, 0, 0, 0, 0], [0, 0, 5.0, 0, 1], [0, 0, 0, 0, 0]]))
    new, again = without(WANTED, before), common(WANTED, before)
    assert np.array_equal(new.toarray() + again.toarray(), WANTED.toarray())
    assert again.toarray().tolist() == [[1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0]]
