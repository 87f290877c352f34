"""What is known of the items themselves: names, categories, prices, stock; and which may be shown."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tenure.models.base import Indices, Vector
from tenure.models.recommend.interactions import Ids, days, places_of

FEW_TAKERS = 5  # an item with fewer is new to everybody: no ranker has seen enough of it


@dataclass(frozen=True)
class ItemFilter:
    """Which items may be shown; what is not named does not matter. ``in_stock`` leaves out what is known to be gone."""

    only: Collection[Any] | None = None
    never: Collection[Any] = ()
    categories: Collection[str] | None = None
    lowest_price: float | None = None
    highest_price: float | None = None
    in_stock: bool = False


@dataclass(frozen=True)
class Shelf:
    """The items in their places; an empty text or NaN stands for what is not known."""

    name: NDArray[np.object_]
    category: NDArray[np.object_]
    price: Vector
    gone: NDArray[np.bool_]
    listed: Vector

    @classmethod
    def of(cls, table: pd.DataFrame | None, items: Ids) -> Self:
        """Read a table with ``item`` and any of ``name``, ``category``, ``price``, ``in_stock`` and ``listed``."""
        shelf = cls(
            name=items.astype(str).astype(object),
            category=np.full(len(items), "", dtype=object),
            price=np.full(len(items), np.nan),
            gone=np.zeros(len(items), dtype=bool),
            listed=np.full(len(items), np.nan),
        )
        if table is None:
            return shelf
        place = places_of(table["item"], items)
        table, place = table[place >= 0], place[place >= 0]
        for name in table.columns.intersection(["name", "category"]):
            known = table[name].notna().to_numpy()
            getattr(shelf, name)[place[known]] = table[name][known].astype(str)
        if "price" in table.columns:
            shelf.price[place] = table["price"].astype(float)
        if "in_stock" in table.columns:
            shelf.gone[place] = ~table["in_stock"].fillna(True).astype(bool)
        if "listed" in table.columns:
            shelf.listed[place] = days(table["listed"])
        return shelf

    def allowed(self, wanted: ItemFilter, items: Ids) -> NDArray[np.bool_]:
        """Say of every item whether a filter lets it through; a price that is not known passes no limit."""
        passes = np.ones(len(items), dtype=bool)
        if wanted.only is not None:
            passes = _among(wanted.only, items)
        passes &= ~_among(wanted.never, items)
        if wanted.categories is not None:
            passes &= np.isin(self.category.astype(str), list(wanted.categories))
        if wanted.lowest_price is not None:
            passes &= self.price >= wanted.lowest_price
        if wanted.highest_price is not None:
            passes &= self.price <= wanted.highest_price
        return passes & ~self.gone if wanted.in_stock else passes

    def newcomers(self, takers: Vector, since: float) -> Indices:
        """Return the items hardly anybody took yet: listed since a day, or taken by nobody where that is not known."""
        fresh = np.where(np.isfinite(self.listed), (takers < FEW_TAKERS) & (self.listed >= since), takers == 0)
        return np.flatnonzero(fresh & (self.category != "") & ~self.gone)


def _among(ids: Collection[Any], items: Ids) -> NDArray[np.bool_]:
    found = np.zeros(len(items), dtype=bool)
    if len(ids):
        place = places_of(list(ids), items)
        found[place[place >= 0]] = True
    return found
