"""Who took what and when: ids become places in a matrix, and ties are always broken towards the more popular item."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from tenure.kit.i18n import Text
from tenure.models.base import Indices, UnusableInput, Vector
from tenure.models.churn.reading import as_table
from tenure.models.recommend.ranker import Rows

Ids = NDArray[Any]  # whole numbers, or text
SECONDS_A_DAY = 86_400.0


@dataclass(frozen=True)
class Interactions:
    """Rows as places of customer and item, with the day (NaN where none is given) and, when given, the weight.

    Customers stand in the order of their ids; items by how many customers took them, most first, then by id: a lower
    place is a more popular item.
    """

    customers: Ids
    items: Ids
    customer: Indices
    item: Indices
    day: Vector
    weight: Vector | None = None

    def __len__(self) -> int:
        return len(self.customer)

    @property
    def timed(self) -> bool:
        """Say whether every row has a time."""
        return len(self) > 0 and bool(np.all(np.isfinite(self.day)))

    def split(self, day: float) -> tuple[Self, Self]:
        """Return what happened before a day, and from that day on; places follow the popularity of before alone."""
        past = self.day < day
        by_id = np.argsort(np.argsort(self.items, kind="stable"), kind="stable")
        place = _by_popularity(self.customer[past], by_id[self.item[past]], len(self.items))[by_id]
        order = np.argsort(place)
        return self._rows(past, place, order), self._rows(~past, place, order)

    def _rows(self, kept: NDArray[np.bool_], place: Indices, order: Indices) -> Self:
        weight = None if self.weight is None else self.weight[kept]
        return type(self)(
            self.customers, self.items[order], self.customer[kept], place[self.item[kept]], self.day[kept], weight
        )


def read(table: Any, also_customers: Ids | None = None, also_items: Ids | None = None) -> Interactions:
    """Read a table with the columns ``customer`` and ``item``, and where it has them ``time`` and ``weight``.

    Ids are text or numbers. A time is a date, or seconds since 1970. Rows without a customer or an item are left out.
    ``also_customers`` and ``also_items`` have a place too, though they took or were taken by nobody yet.
    """
    frame = as_table(table)
    missing = [name for name in ("customer", "item") if name not in frame.columns]
    if missing:
        raise UnusableInput(_MISSING.fill(names=", ".join(missing)))
    frame = frame[frame["customer"].notna() & frame["item"].notna()]
    if not len(frame):
        raise UnusableInput(_EMPTY)
    customers, customer = _coded(frame["customer"], also_customers)
    items, item = _coded(frame["item"], also_items)
    place = _by_popularity(customer, item, len(items))
    weight = frame["weight"].to_numpy(np.float64) if "weight" in frame.columns else None
    if weight is not None and not np.all(np.isfinite(weight)):
        raise UnusableInput(_WEIGHTS)
    day = days(frame["time"]) if "time" in frame.columns else np.full(len(frame), np.nan)
    return Interactions(customers, items[np.argsort(place)], customer, place[item], day, weight)


def matrix(taken: Interactions) -> Rows:
    """Return customers × items, above zero where anything was taken."""
    shape = (len(taken.customers), len(taken.items))
    rows = sparse.csr_array(sparse.coo_array((np.ones(len(taken)), (taken.customer, taken.item)), shape=shape))
    rows.sum_duplicates()
    return rows


def days(values: "pd.Series[Any]") -> Vector:
    """Return times as days since 1970; NaN where there is none."""
    if pd.api.types.is_numeric_dtype(values):
        return np.asarray(values.to_numpy(np.float64, na_value=np.nan)) / SECONDS_A_DAY
    moments = pd.to_datetime(values, utc=True).dt.tz_localize(None)
    return np.asarray((moments - pd.Timestamp(0)) / pd.Timedelta(days=1), dtype=np.float64)


def as_ids(values: Any) -> Ids:
    """Return ids as whole numbers where they all are, else as text."""
    series = pd.Series(values)
    if pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series):
        numbers = series.to_numpy(np.float64)
        if np.all(numbers == np.floor(numbers)):
            return np.asarray(series.to_numpy(np.int64))
    return np.asarray(series.astype(str).to_numpy(object))


def places_of(wanted: Any, known: Ids) -> Indices:
    """Return where each wanted id stands among the known ones, −1 where it does not."""
    asked = as_ids(wanted)
    if known.dtype.kind == "O":
        asked = asked.astype(str).astype(object)
    return np.asarray(pd.Index(known).get_indexer(pd.Index(asked)), dtype=np.int64)


def _coded(values: "pd.Series[Any]", more: Ids | None) -> tuple[Ids, Indices]:
    """Return the distinct ids in order, ``more`` among them, and the place of each value."""
    codes, distinct = pd.factorize(as_ids(values), sort=True)
    known = np.asarray(distinct)
    if more is None or not len(more):
        return known, np.asarray(codes, dtype=np.int64)
    if known.dtype.kind != more.dtype.kind:
        known, more = known.astype(str).astype(object), more.astype(str).astype(object)
    together, places = np.unique(np.concatenate([known, more]), return_inverse=True)
    return together, np.asarray(places[: len(known)][codes], dtype=np.int64)


def _by_popularity(customer: Indices, item: Indices, items: int) -> Indices:
    """Return the place of every item when those with most customers come first; equal ones keep their order."""
    pairs = np.unique(customer * items + item)
    takers = np.bincount(pairs % items if items else pairs, minlength=items)
    place = np.empty(items, dtype=np.int64)
    place[np.argsort(-takers, kind="stable")] = np.arange(items)
    return place


_MISSING = Text("The interactions lack the columns: {names}.", "交互数据缺少列：{names}。")
_EMPTY = Text("There are no interactions to learn from.", "没有可供学习的交互数据。")
_WEIGHTS = Text("Every weight must be a finite number.", "每个权重都必须是有限的数。")
