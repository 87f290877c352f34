"""EASE: a linear model from everything taken to everything else, in closed form (Steck 2019, WWW, equation 8)."""

from typing import Self

import numpy as np
from scipy.linalg import lapack
from sklearn.utils.validation import check_is_fitted

from tenure.models.base import Indices, Vector, one_thread
from tenure.models.recommend.ranker import Ranker, Rows, Scores, row_of_each
from tenure.models.recommend.top_items import rows_at_once


class EASE(Ranker):
    """Scores ``X·B`` with B = I − P·diag(1/P), P = (XᵀX + λI)⁻¹: the least-squares weights with no item voting for itself.

    P takes memory with the square and time with the cube of the items, so only the ``most_items`` taken by most
    customers are read and scored: 5,000 items take half a gigabyte and a few seconds on one core.
    """

    def __init__(self, penalty: float = 300.0, most_items: int = 5_000) -> None:
        self.penalty = penalty
        self.most_items = most_items

    def fit(self, rows: Rows) -> Self:
        """Invert the matrix of how often two items were taken together."""
        takers = np.bincount(rows.indices, minlength=rows.shape[1])
        self.items_ = np.sort(np.argsort(-takers, kind="stable")[: self.most_items])
        self.width_ = rows.shape[1]
        weights = _inverse(_together(rows[:, self.items_]), self.penalty)
        weights /= -np.diag(weights)[None, :]
        np.fill_diagonal(weights, 0.0)
        self.weights_ = weights.astype(np.float32, order="C")  # LAPACK leaves columns together; scoring reads rows
        return self

    def scores(self, rows: Rows) -> Scores:
        """Return the weighted sum of what each row holds; items beyond the most taken score zero."""
        check_is_fitted(self)
        return self._spread(np.asarray(rows[:, self.items_] @ self.weights_))

    def similar(self, items: Indices) -> Scores:
        """Return how much taking each item speaks for every other."""
        check_is_fitted(self)
        place = self._places()[items]
        return self._spread(np.where(place[:, None] >= 0, self.weights_[place], np.float32(0)))

    def evidence(self, rows: Rows, picked: Indices) -> Scores:
        """Return the part of each pick's score that comes from each thing taken."""
        check_is_fitted(self)
        places = self._places()
        takes, picks = places[rows.indices][:, None], places[picked][row_of_each(rows)]
        known = (takes >= 0) & (picks >= 0)
        return np.asarray(np.where(known, self.weights_[takes, picks] * rows.data[:, None], 0.0), dtype=np.float32)

    def usual_evidence(self, takers: Vector) -> Vector:
        """Return the mean weight towards each item."""
        mean = takers[self.items_].astype(np.float32) @ self.weights_ / np.float32(max(takers.sum(), 1.0))
        return np.asarray(self._spread(mean[None])[0], dtype=np.float64)

    def _places(self) -> Indices:
        places = np.full(self.width_, -1)
        places[self.items_] = np.arange(len(self.items_))
        return places

    def _spread(self, scores: Scores) -> Scores:
        if len(self.items_) == self.width_:
            return scores
        wide = np.zeros((len(scores), self.width_), dtype=np.float32)
        wide[:, self.items_] = scores
        return wide


def _together(rows: Rows) -> np.ndarray:
    """Return XᵀX as a dense matrix, made a block of columns at a time."""
    items = rows.shape[1]
    exact = rows.astype(np.float64)
    by_item = exact.T.tocsr()
    together = np.empty((items, items))
    step = rows_at_once(items)
    for start in range(0, items, step):
        together[start : start + step] = (by_item[start : start + step] @ exact).toarray()
    return together


def _inverse(together: np.ndarray, penalty: float) -> np.ndarray:
    """Return (XᵀX + λI)⁻¹ by Cholesky, in the memory of its argument: the sum is positive definite for any λ > 0."""
    together[np.diag_indices_from(together)] += penalty
    with one_thread():
        factor, _ = lapack.dpotrf(together.T, lower=0, overwrite_a=1)
        upper, _ = lapack.dpotri(factor, lower=0, overwrite_c=1)
    upper += np.triu(upper, 1).T
    return np.asarray(upper)
