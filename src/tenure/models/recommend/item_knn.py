"""Item-to-item neighbours: what is most often taken by the same customers (Linden, Smith & York 2003)."""

from typing import Self

import numpy as np
from scipy import sparse
from sklearn.utils.validation import check_is_fitted

from tenure.models.base import Indices, Vector
from tenure.models.recommend.ranker import Ranker, Rows, Scores, row_of_each
from tenure.models.recommend.top_items import best, rows_at_once


class ItemKNN(Ranker):
    """Every item taken votes for the ``neighbours`` items most like it, by the cosine of who took them."""

    def __init__(self, neighbours: int = 20) -> None:
        self.neighbours = neighbours

    def fit(self, rows: Rows) -> Self:
        """Find the nearest items of every item, a block of items at a time."""
        norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=0)).ravel())
        unit = rows.multiply(1 / np.maximum(norms, 1e-12)[None, :]).tocsr().astype(np.float32)
        by_item = unit.T.tocsr()
        items = rows.shape[1]
        count = min(self.neighbours, max(items - 1, 0))
        self.near_ = np.zeros((items, count), dtype=np.int32)
        self.likeness_ = np.zeros((items, count), dtype=np.float64)
        step = rows_at_once(items)
        for start in range(0, items if count else 0, step):
            likeness = (by_item[start : start + step] @ unit).toarray()
            here = np.arange(len(likeness))
            likeness[here, start + here] = -1.0
            near = np.sort(best(likeness, count), axis=1)  # as sparse rows want them
            self.near_[start : start + step] = near
            self.likeness_[start : start + step] = np.maximum(np.take_along_axis(likeness, near, axis=1), 0.0)
        return self

    def scores(self, rows: Rows) -> Scores:
        """Return the summed votes of what each row holds."""
        return np.asarray((rows @ self._votes()).toarray(), dtype=np.float32)

    def similar(self, items: Indices) -> Scores:
        """Return the likeness of the neighbours kept, zero for others."""
        return np.asarray(self._votes()[items].toarray(), dtype=np.float32)

    def evidence(self, rows: Rows, picked: Indices) -> Scores:
        """Return the vote of each thing taken for each pick."""
        votes = self._votes()
        takes, picks = np.broadcast_arrays(rows.indices[:, None], picked[row_of_each(rows)])
        found = np.asarray(votes[takes.ravel(), picks.ravel()]).reshape(takes.shape)
        return np.asarray(found * rows.data[:, None], dtype=np.float32)

    def usual_evidence(self, takers: Vector) -> Vector:
        """Return the mean vote for each item."""
        return np.asarray(takers @ self._votes() / max(takers.sum(), 1.0))

    def _votes(self) -> Rows:
        check_is_fitted(self)
        items, count = self.near_.shape
        starts = np.arange(items + 1) * count
        return sparse.csr_array((self.likeness_.ravel(), self.near_.ravel(), starts), shape=(items, items))
