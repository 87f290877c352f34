"""What a recommender has learned: the past, a ranker, chances, and what is known of customers and items."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tenure.models.base import Indices, Vector
from tenure.models.recommend.chances import Chances
from tenure.models.recommend.interactions import Ids
from tenure.models.recommend.listing import Lister, Lists
from tenure.models.recommend.past import Past
from tenure.models.recommend.quality import found_in
from tenure.models.recommend.ranker import Ranker
from tenure.models.recommend.shelf import Shelf
from tenure.models.recommend.tastes import Groups, Tastes
from tenure.models.recommend.top_items import best

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Learned:
    """Everything lists are made from; ``timed`` says whether the past has a rhythm at all."""

    customers: Ids
    items: Ids
    timed: bool
    past: Past
    ranker: Ranker
    chances: Chances
    shelf: Shelf
    groups: Groups
    tastes: Tastes

    @cached_property
    def usual_evidence(self) -> Vector:
        """How much anything taken speaks for each item on average."""
        return self.ranker.usual_evidence(self.past.takers)

    def lists(self, customers: Indices, count: int, allowed: Flags, explore: int) -> Lists:
        """Return the lists of some customers; who took nothing yet gets what is popular with their groups.

        At least ``explore`` places are for items new to the customer; all of them where that is ``count``.
        """
        lister = Lister(self.ranker, self.chances, self.past, allowed)
        took = self.took_something(customers)
        shape = (len(customers), count)
        lists = Lists(np.full(shape, -1), np.full(shape, np.nan), np.zeros(shape, dtype=bool))
        warm = customers[took]
        if len(warm):
            scores = lister.scores(self.past.rows(warm))
            found = lister.new(warm, scores, count) if explore >= count else lister.both(warm, scores, count, explore)
            lists.put(took, found)
        if not took.all():
            scores = self.tastes.scores(self.members(customers[~took]))
            scores[:, ~allowed] = -np.inf
            picked = best(scores, count)
            picked = np.where(np.isfinite(np.take_along_axis(scores, picked, axis=1)), picked, -1)
            lists.put(~took, Lists(picked, np.full(picked.shape, np.nan), np.zeros(picked.shape, dtype=bool)))
        return lists

    def with_newcomers(self, customers: Indices, lists: Lists, count: int, allowed: Flags) -> Flags:
        """Give the last places of each list to items hardly anybody took yet; returns which places they took.

        They come from the category the customer took most, the newest listing first; where it has none there are none.
        """
        fresh = self.shelf.newcomers(self.past.takers, self.past.now - self.past.horizon)
        fresh = fresh[allowed[fresh]]
        placed = np.zeros(lists.item.shape, dtype=bool)
        if not count or not len(fresh):
            return placed
        names, code = np.unique(self.shelf.category.astype(str), return_inverse=True)
        table = _newest_of_each(fresh, code[fresh], self.shelf.listed[fresh], (len(names), count))
        rows = self.past.rows(customers)
        liked = np.zeros((len(customers), len(names)))
        np.add.at(liked, (np.repeat(np.arange(len(customers)), np.diff(rows.indptr)), code[rows.indices]), 1.0)
        offered = np.where(liked.max(axis=1, keepdims=True) > 0, table[liked.argmax(axis=1)], -1)
        offered[found_in(rows, offered) | (offered[:, :, None] == lists.item[:, None, :]).any(axis=2)] = -1
        lists.item[:, -count:] = np.where(offered >= 0, offered, lists.item[:, -count:])
        lists.score[:, -count:][offered >= 0] = np.nan
        lists.again[:, -count:][offered >= 0] = False
        placed[:, -count:] = offered >= 0
        return placed

    def took_something(self, customers: Indices) -> Flags:
        """Say of each customer whether they took anything; nobody knows what place −1 took."""
        return np.append(np.diff(self.past.starts) > 0, False)[customers]

    def members(self, customers: Indices) -> NDArray[np.int32]:
        """Return the groups of customers; none of place −1."""
        return np.where(customers[:, None] >= 0, self.groups.member[customers], -1)


def _newest_of_each(items: Indices, category: Indices, listed: NDArray[np.float64], shape: tuple[int, int]) -> Indices:
    """Return the items of every category, newest first, as many as there is room for; −1 where there are fewer."""
    order = np.lexsort((items, -np.nan_to_num(listed), category))
    items, category = items[order], category[order]
    place = np.arange(len(items)) - np.searchsorted(category, category)
    table = np.full(shape, -1)
    inside = place < shape[1]
    table[category[inside], place[inside]] = items[inside]
    return table
