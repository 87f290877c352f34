"""The best few of many scores, exactly, without sorting them all."""

import numpy as np
from numpy.typing import NDArray

from tenure.models.base import Indices
from tenure.models.recommend.ranker import Scores

CELLS_AT_ONCE = 16_000_000  # scores held at a time: 64 MB
BLOCK = 64


def rows_at_once(items: int) -> int:
    """Return how many rows of scores fit into memory set aside for them."""
    return max(1, CELLS_AT_ONCE // max(items, 1))


def best(scores: Scores, count: int) -> Indices:
    """Return the places of the highest scores of every row, highest first; of equal scores the lower place comes first.

    Whatever is among the best ``count`` of a row lies in one of the ``count`` blocks with the highest maxima, so only
    those blocks are looked into.
    """
    rows, width = scores.shape
    count = min(count, width)
    if count == 0:
        return np.empty((rows, 0), dtype=np.int64)
    if width <= 2 * BLOCK * count:
        return _best(scores, count)
    peaks = np.maximum.reduceat(scores, np.arange(0, width, BLOCK), axis=1)
    blocks = np.sort(_best(peaks, count), axis=1)
    places = (blocks[:, :, None] * BLOCK + np.arange(BLOCK)).reshape(rows, -1)
    inside = np.take_along_axis(scores, np.minimum(places, width - 1), axis=1)
    inside[places >= width] = -np.inf
    return np.take_along_axis(places, _best(inside, count), axis=1)


def _best(scores: Scores, count: int) -> Indices:
    rows, width = scores.shape
    if count == width:
        chosen: NDArray[np.int64] = np.broadcast_to(np.arange(width), scores.shape)
    else:
        last = np.partition(scores, width - count, axis=1)[:, width - count, None]
        above, equal = scores > last, scores == last
        room = count - above.sum(axis=1, keepdims=True)
        chosen = np.nonzero(above | (equal & (np.cumsum(equal, axis=1) <= room)))[1].reshape(rows, count)
    order = np.argsort(-np.take_along_axis(scores, chosen, axis=1), axis=1, kind="stable")
    return np.take_along_axis(chosen, order, axis=1)
