"""Popularity: everybody is shown what most customers took. The baseline every other way must beat."""

from typing import Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from tenure.models.base import Indices, Vector
from tenure.models.recommend.ranker import Ranker, Rows, Scores


class Popularity(Ranker):
    """Ranks items by the share of customers who took them."""

    def fit(self, rows: Rows) -> Self:
        """Count the customers of every item."""
        takers = np.bincount(rows.indices, minlength=rows.shape[1])
        self.share_ = takers / max(rows.shape[0], 1)
        return self

    def scores(self, rows: Rows) -> Scores:
        """Return the same shares for everybody."""
        return self._for(rows.shape[0])

    def similar(self, items: Indices) -> Scores:
        """Return popularity: no item is more like one than like another."""
        return self._for(len(items))

    def evidence(self, rows: Rows, picked: Indices) -> Scores:
        """Return zeros: nothing a customer took speaks for anything."""
        return np.zeros((rows.nnz, picked.shape[1]), dtype=np.float32)

    def usual_evidence(self, takers: Vector) -> Vector:
        """Return zeros, as ``evidence`` does."""
        return np.zeros(len(takers))

    def _for(self, count: int) -> Scores:
        check_is_fitted(self)
        return np.tile(self.share_.astype(np.float32), (count, 1))
