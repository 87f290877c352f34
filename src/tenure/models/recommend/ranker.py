"""What every way of ranking answers: a score of every item for customers known by what they took."""

from abc import abstractmethod
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tenure.models.base import Indices, Model, Vector

Rows: TypeAlias = Any  # a scipy.sparse.csr_array, customers × items, above zero where taken; SciPy has no types
Scores: TypeAlias = NDArray[np.float32]


class Ranker(Model):
    """A way of ranking items. Customers need not have been there at fitting: what they took is all that is asked."""

    @abstractmethod
    def fit(self, rows: Rows) -> Self:
        """Learn from everybody's rows."""

    @abstractmethod
    def scores(self, rows: Rows) -> Scores:
        """Return a score of every item for every row, higher for more likely."""

    @abstractmethod
    def similar(self, items: Indices) -> Scores:
        """Return how like every item each of the given ones is."""

    @abstractmethod
    def evidence(self, rows: Rows, picked: Indices) -> Scores:
        """Return how much each thing taken speaks for each item picked for its row: ``rows.nnz`` × picks."""

    @abstractmethod
    def usual_evidence(self, takers: Vector) -> Vector:
        """Return how much anything taken speaks for each item on average; ``takers`` counts customers of every item."""


def row_of_each(rows: Rows) -> Indices:
    """Return the row that every stored value of a sparse matrix stands in."""
    return np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
