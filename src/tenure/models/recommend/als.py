"""Alternating least squares for implicit feedback (Hu, Koren & Volinsky 2008), fitted by the library ``implicit``."""

from typing import Self

import numpy as np
from implicit.als import AlternatingLeastSquares
from scipy import sparse
from sklearn.utils.validation import check_is_fitted

from tenure.models.base import Indices, Vector, one_thread
from tenure.models.recommend.ranker import Ranker, Rows, Scores, row_of_each


class ImplicitALS(Ranker):
    """Customers and items as points in a space of ``factors`` dimensions; near is likely.

    A customer's point follows from the items and what they took: x = (YᵀY + Yᵀ(C−I)Y + λI)⁻¹ YᵀCp. So nobody has to
    have been there at fitting, and the score falls apart into what each thing taken adds to it (equation 7 there).
    Every row is solved by one thread, so that the number of threads changes no digit.
    """

    def __init__(
        self, factors: int = 32, penalty: float = 10.0, alpha: float = 1.0, rounds: int = 15, seed: int = 0
    ) -> None:
        self.factors = factors
        self.penalty = penalty
        self.alpha = alpha
        self.rounds = rounds
        self.seed = seed

    def fit(self, rows: Rows) -> Self:
        """Alternate between the points of customers and of items."""
        with one_thread():  # implicit runs threads of its own, and warns when BLAS does so inside them
            found = AlternatingLeastSquares(
                factors=self.factors,
                regularization=self.penalty,
                alpha=self.alpha,
                iterations=self.rounds,
                random_state=self.seed,
            )
            found.fit(sparse.csr_matrix(rows, dtype=np.float32), show_progress=False)
        self.points_ = np.asarray(found.item_factors, dtype=np.float64)
        return self

    def scores(self, rows: Rows) -> Scores:
        """Return the product of each customer's point with every item's."""
        check_is_fitted(self)
        wanted = rows @ self.points_ * self.alpha
        with one_thread():
            own = (wanted[:, None, :] @ self._inverses(rows))[:, 0]
            return np.asarray(own.astype(np.float32) @ self.points_.T.astype(np.float32))

    def similar(self, items: Indices) -> Scores:
        """Return the cosine between points."""
        check_is_fitted(self)
        lengths = np.linalg.norm(self.points_, axis=1, keepdims=True)
        unit = (self.points_ / np.maximum(lengths, 1e-12)).astype(np.float32)
        with one_thread():
            return np.asarray(unit[items] @ unit.T)

    def evidence(self, rows: Rows, picked: Indices) -> Scores:
        """Return the part of each pick's score that comes from each thing taken."""
        check_is_fitted(self)
        with one_thread():
            seen = self.points_[picked] @ self._inverses(rows)
        taken, row = self.points_[rows.indices], row_of_each(rows)
        parts = [np.einsum("nf,nf->n", taken, seen[row, pick]) for pick in range(picked.shape[1])]
        return np.asarray(np.stack(parts, axis=1) * (self.alpha * rows.data)[:, None], dtype=np.float32)

    def usual_evidence(self, takers: Vector) -> Vector:
        """Return the mean part, as of a customer who took one thing with confidence one."""
        base = self.points_.T @ self.points_ + self.penalty * np.eye(self.points_.shape[1])
        mean = takers @ self.points_ / max(takers.sum(), 1.0)
        return np.asarray(self.alpha * self.points_ @ np.linalg.solve(base, mean))

    def _inverses(self, rows: Rows) -> np.ndarray:
        """Return (YᵀY + Yᵀ(C−I)Y + λI)⁻¹ of every row; one for all where everything taken has confidence one."""
        base = self.points_.T @ self.points_ + self.penalty * np.eye(self.points_.shape[1])
        surplus = sparse.csr_array((self.alpha * rows.data - 1.0, rows.indices, rows.indptr), shape=rows.shape)
        if not np.any(surplus.data):
            return np.asarray(np.linalg.inv(base))[None]
        systems = np.broadcast_to(base, (rows.shape[0], *base.shape)).copy()
        for factor in range(self.points_.shape[1]):
            systems[:, factor] += surplus @ (self.points_ * self.points_[:, factor : factor + 1])
        return np.asarray(np.linalg.inv(systems))
