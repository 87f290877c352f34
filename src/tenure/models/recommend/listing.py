"""A list for every customer: ranked, put in the order of chance, with what they take again among it or not."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tenure.models.base import Indices, Vector
from tenure.models.recommend import chances
from tenure.models.recommend.chances import Chances
from tenure.models.recommend.past import Past
from tenure.models.recommend.ranker import Ranker, Rows, Scores, row_of_each
from tenure.models.recommend.top_items import best, rows_at_once

CANDIDATES = 50  # new items of the ranker that are put in the order of chance
CUSTOMERS_AT_ONCE = 4_000


@dataclass(frozen=True)
class Lists:
    """The places of items for some customers, best first, −1 where a list ends; ``again`` says taken before."""

    item: Indices
    score: Vector
    again: NDArray[np.bool_]

    def put(self, rows: NDArray[np.bool_], lists: "Lists") -> None:
        """Put the lists of some customers into their rows."""
        width = lists.item.shape[1]
        for name in ("item", "score", "again"):
            getattr(self, name)[rows, :width] = getattr(lists, name)


def batches(customers: int, items: int) -> Iterator[slice]:
    """Cut customers into batches whose scores fit into memory."""
    step = min(rows_at_once(items), CUSTOMERS_AT_ONCE)
    return (slice(start, start + step) for start in range(0, max(customers, 1), step))


@dataclass(frozen=True)
class Lister:
    """Makes lists from a ranker, what is known of chances, and the past; ``allowed`` are the items that may be shown."""

    ranker: Ranker
    chances: Chances
    past: Past
    allowed: NDArray[np.bool_]

    def scores(self, rows: Rows) -> Scores:
        """Return the ranker's scores, −∞ for what may not be shown."""
        scores = self.ranker.scores(rows)
        scores[:, ~self.allowed] = -np.inf
        return scores

    def new(self, customers: Indices, scores: Scores, count: int) -> Lists:
        """List items the customers have not taken; ``scores`` is used up."""
        rows = self.past.rows(customers)
        scores[row_of_each(rows), rows.indices] = -np.inf
        picked = best(scores, count if self.chances.new is None else max(count, CANDIDATES))
        found = np.take_along_axis(scores, picked, axis=1)
        worth = found.astype(np.float64)
        if self.chances.new is not None:
            worth = self.chances.new.of(chances.of_new(self.past, customers, picked, found))
            worth[~np.isfinite(found)] = -np.inf
        order = np.argsort(-worth, axis=1, kind="stable")[:, :count]
        picked, worth = np.take_along_axis(picked, order, axis=1), np.take_along_axis(worth, order, axis=1)
        return Lists(np.where(np.isfinite(worth), picked, -1), worth, np.zeros(picked.shape, dtype=bool))

    def again(self, customers: Indices, scores: Scores, count: int) -> Lists:
        """List items the customers took before, the likeliest to be taken again first; ``scores`` is left as it is."""
        row, entries = self.past.entries(customers)
        held = scores[row, self.past.item[entries]].astype(np.float64)
        shown = np.isfinite(held)
        row, entries, held = row[shown], entries[shown], held[shown]
        worth = held
        if self.chances.again is not None:
            worth = self.chances.again.of(chances.of_again(self.past, customers[row], entries, held))
        return own_items(self.past, row, entries, worth, (len(customers), count))

    def both(self, customers: Indices, scores: Scores, count: int, explore: int = 0) -> Lists:
        """List what the customers are likeliest to take, new or again; ``scores`` is used up.

        ``explore`` places are for new items however likely the others are, as far as there are new ones.
        """
        again = self.again(customers, scores, count)
        new = self.new(customers, scores, count)
        if (self.chances.new is None) != (self.chances.again is None):  # a chance and a score cannot be compared
            return again if self.chances.new is None else new
        return merged(again, new, count, explore)


def own_items(past: Past, row: Indices, entries: Indices, worth: Vector, shape: tuple[int, int]) -> Lists:
    """List what customers took by what each entry is worth, most first; equal ones by the popularity of the item."""
    order = np.lexsort((past.item[entries], -worth, row))
    row, entries, worth = row[order], entries[order], worth[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    first = place < shape[1]
    item, score = np.full(shape, -1), np.full(shape, -np.inf)
    item[row[first], place[first]] = past.item[entries[first]]
    score[row[first], place[first]] = worth[first]
    return Lists(item, score, item >= 0)


def merged(first: Lists, second: Lists, count: int, least: int = 0) -> Lists:
    """Return the best of two lists of the same customers; of equal scores the first list's comes first.

    The best ``least`` of the second list are among them, as far as it has so many.
    """
    item, score, again = (
        np.concatenate([getattr(first, name), getattr(second, name)], axis=1) for name in ("item", "score", "again")
    )
    wanted = score.copy()
    sure = wanted[:, first.score.shape[1] :][:, :least]
    sure[np.isfinite(sure)] = np.inf
    chosen = np.sort(np.argsort(-wanted, axis=1, kind="stable")[:, :count], axis=1)
    order = np.argsort(-np.take_along_axis(score, chosen, axis=1), axis=1, kind="stable")
    order = np.take_along_axis(chosen, order, axis=1)
    return Lists(*(np.take_along_axis(values, order, axis=1) for values in (item, score, again)))
