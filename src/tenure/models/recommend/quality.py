"""How good a list is: the share of what was taken later that stood on it (recall), the share of the list that was
taken (precision), and how high up (NDCG)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tenure.models.base import Indices, Vector
from tenure.models.evaluation import Estimate
from tenure.models.recommend.ranker import Rows

PLACES = 10  # of a list that are judged
LEAST_JUDGES = 30  # customers, below whom nothing is said


Marks = tuple[Vector, Vector, Vector]


@dataclass(frozen=True)
class Quality:
    """Recall, NDCG and precision of the first ``k``, averaged over the customers who took anything that could stand on the list."""

    recall: float
    recall_error: float
    ndcg: float
    ndcg_error: float
    precision: float
    precision_error: float
    customers: int

    @classmethod
    def of(cls, recall: Vector, ndcg: Vector, precision: Vector) -> "Quality":
        """Average over customers, each with the same weight."""
        means = [(float(values.mean()) if len(values) else 0.0, _error(values)) for values in (recall, ndcg, precision)]
        return cls(*means[0], *means[1], *means[2], len(recall))


def lists_quality(picked: Indices, wanted: Rows, k: int) -> Marks:
    """Return recall, NDCG and precision of the first ``k`` of every customer's list; −1 is an empty place.

    ``wanted`` holds what each took later; every customer must have taken something. Recall divides by all of it; NDCG
    (Järvelin & Kekäläinen 2002) by the best that ``k`` places allow; precision divides by ``k``.
    """
    hit = found_in(wanted, picked[:, :k])
    sizes = np.diff(wanted.indptr)
    worth = 1 / np.log2(np.arange(2, k + 2))
    best = np.cumsum(worth)[np.minimum(sizes, k) - 1]
    found = hit.sum(axis=1)
    return found / sizes, (hit * worth[: hit.shape[1]]).sum(axis=1) / best, found / k


def found_in(rows: Rows, picked: Indices) -> NDArray[np.bool_]:
    """Say of every pick whether its row holds it."""
    if not picked.size:
        return np.zeros(picked.shape, dtype=bool)
    row = np.broadcast_to(np.arange(len(picked))[:, None], picked.shape)
    held = np.asarray(rows[row.ravel(), np.maximum(picked, 0).ravel()]).reshape(picked.shape)
    return np.asarray((held > 0) & (picked >= 0))


def difference(first: Vector, second: Vector) -> Estimate:
    """Return the mean of first − second over the same customers with its standard error."""
    return Estimate(float((first - second).mean()) if len(first) else 0.0, _error(first - second))


def without(rows: Rows, others: Rows) -> Rows:
    """Return what the rows hold and the others do not."""
    return _pattern(rows - rows.multiply(_pattern(others)))


def common(rows: Rows, others: Rows) -> Rows:
    """Return what both hold."""
    return _pattern(rows.multiply(others))


def _pattern(rows: Rows) -> Rows:
    found = sparse.csr_array(rows)
    found.eliminate_zeros()
    found.sum_duplicates()
    found.data = np.ones_like(found.data)
    return found


def _error(values: Vector) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0
