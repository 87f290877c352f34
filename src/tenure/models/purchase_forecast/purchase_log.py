"""The days on which customers bought or sent back: all that a forecast of purchases reads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from tenure.kit.i18n import Text
from tenure.models.base import Indices, UnusableInput, Vector

COLUMNS = ("customer_id", "day", "amount")

Day = int | str | date | np.datetime64  # a number counts days since 1970-01-01


class Table(Protocol):
    """A table with columns by name: of pandas, Arrow, or a dictionary of arrays."""

    def __getitem__(self, name: str) -> ArrayLike: ...


@dataclass(frozen=True, eq=False)
class Days:
    """One row per customer and day, sorted by both: the customer's position in the log, the day, the sum of the day."""

    customer: Indices
    day: Indices
    amount: Vector

    def where(self, rows: NDArray[np.bool_]) -> "Days":
        """Return some of the rows; all of them cost nothing."""
        return self if rows.all() else Days(self.customer[rows], self.day[rows], self.amount[rows])

    def between(self, start: int, stop: int) -> "Days":
        """Return the rows of the customers at some positions, numbered from zero."""
        low, high = np.searchsorted(self.customer, (start, stop))
        return Days(self.customer[low:high] - start, self.day[low:high], self.amount[low:high])


@dataclass(frozen=True, eq=False)
class PurchaseLog:
    """Purchase days and return days of customers, whose ids are in ascending order; ``opened`` is the first of all."""

    ids: pa.Array
    bought: Days
    returned: Days
    opened: int

    def before(self, day: int) -> "PurchaseLog":
        """Return what was known before a day: the one place that decides what a forecast may see."""
        bought, returned = self.bought.where(self.bought.day < day), self.returned.where(self.returned.day < day)
        return replace(self, bought=bought, returned=returned)

    def part(self, start: int, stop: int) -> "PurchaseLog":
        """Return the log of the customers at some positions; nothing is copied."""
        rows = (self.bought.between(start, stop), self.returned.between(start, stop))
        return PurchaseLog(self.ids[start:stop], *rows, self.opened)

    def some(self, most: int) -> "PurchaseLog":
        """Return the log of at most so many customers, evenly spaced by id."""
        step = -(-len(self.ids) // most) if most else 1
        if step <= 1:
            return self
        bought, returned = (
            Days(rows.customer[kept] // step, rows.day[kept], rows.amount[kept])
            for rows, kept in ((rows, rows.customer % step == 0) for rows in (self.bought, self.returned))
        )
        return PurchaseLog(self.ids[::step], bought, returned, self.opened)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What customers then did within a horizon: purchase days, and money paid less money returned."""

    orders: Vector
    value: Vector

    @property
    def active(self) -> Vector:
        """Return one for those who bought at all."""
        return (self.orders > 0).astype(np.float64)


def outcome(log: PurchaseLog, who: Indices, start: int, horizon: int) -> Outcome:
    """Return what some customers did from a day on, for ``horizon`` days."""
    size = len(log.ids)
    sums = []
    for rows in (log.bought, log.returned):
        inside = (rows.day >= start) & (rows.day < start + horizon)
        sums.append(np.bincount(rows.customer[inside], rows.amount[inside], size)[who])
    inside = (log.bought.day >= start) & (log.bought.day < start + horizon)
    orders = np.bincount(log.bought.customer[inside], minlength=size)[who].astype(np.float64)
    return Outcome(orders, np.asarray(sums[0] - sums[1], dtype=np.float64))


def as_log(orders: "PurchaseLog | Table | tuple[ArrayLike, ArrayLike, ArrayLike]") -> PurchaseLog:
    """Read orders: a log, a table with customer_id, day and amount, or these three columns; order does not matter."""
    if isinstance(orders, PurchaseLog):
        return orders
    if isinstance(orders, tuple | list) and len(orders) == len(COLUMNS):
        return purchase_log(*orders)
    if isinstance(orders, pd.DataFrame | pa.Table | Mapping):
        missing = [name for name in COLUMNS if name not in _names(orders)]
        if not missing:
            return purchase_log(*(orders[name] for name in COLUMNS))
    raise UnusableInput(_NO_COLUMNS)


def purchase_log(customer: ArrayLike, day: ArrayLike, amount: ArrayLike) -> PurchaseLog:
    """Gather orders by customer and day; an amount below zero is a return, an amount of zero a purchase.

    ``day`` may hold dates, times (their date counts) or whole days since 1970-01-01.
    """
    ids, code = _coded(_array(customer))
    when = _whole_days(_array(day))
    paid = _array(amount).cast(pa.float64()).to_numpy(zero_copy_only=False)
    if not len(code) == len(when) == len(paid):
        raise UnusableInput(_BAD_LENGTHS)
    if not np.all(np.isfinite(paid)):
        raise UnusableInput(_BAD_AMOUNT)
    sold = paid >= 0
    bought, back = (_summed(code[rows], when[rows], np.abs(paid[rows])) for rows in (sold, ~sold))
    return PurchaseLog(ids, bought, back, int(bought.day.min(initial=np.iinfo(np.int32).max)))


def as_day(day: Day) -> int:
    """Return a date as days since 1970-01-01."""
    return int(day) if isinstance(day, int | np.integer) else int(np.array(day, dtype="datetime64[D]").astype(np.int64))


def _names(table: pd.DataFrame | pa.Table | Mapping[str, ArrayLike]) -> list[str]:
    return list(table.column_names) if isinstance(table, pa.Table) else list(table.keys())


def _array(values: ArrayLike) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        return values.combine_chunks()
    array = values if isinstance(values, pa.Array) else pa.array(values, from_pandas=True)
    if array.null_count:
        raise UnusableInput(_GAPS)
    return array


def _coded(ids: pa.Array) -> tuple[pa.Array, Indices]:
    """Return the distinct ids in ascending order, and each row's position among them."""
    coded = ids.dictionary_encode()
    order = pc.array_sort_indices(coded.dictionary)
    position = np.empty(len(order), dtype=np.int64)
    position[order.to_numpy()] = np.arange(len(order))
    return coded.dictionary.take(order), position[coded.indices.to_numpy(zero_copy_only=False)]


def _whole_days(days: pa.Array) -> Indices:
    if pa.types.is_integer(days.type):
        return np.asarray(days.to_numpy(zero_copy_only=False), dtype=np.int64)
    return np.asarray(days.cast(pa.date32()).cast(pa.int32()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _summed(code: Indices, day: Indices, amount: Vector) -> Days:
    """Sort by customer and day, and add up what falls on one day."""
    turn = np.diff(code) * 1_000_000 + np.diff(day)  # a million days are more than any history holds
    if np.any(turn < 0):
        order = np.lexsort((day, code))
        code, day, amount = code[order], day[order], amount[order]
        turn = np.diff(code) * 1_000_000 + np.diff(day)
    if np.all(turn > 0):
        return Days(code, day, amount)
    starts = np.flatnonzero(np.append(True, turn != 0))
    return Days(code[starts], day[starts], np.add.reduceat(amount, starts))


_NO_COLUMNS = Text(
    "Orders must be a table with the columns customer_id, day and amount, or these three columns as a tuple.",
    "订单须为含 customer_id、day、amount 三列的表，或由这三列组成的元组。",
)
_BAD_LENGTHS = Text("customer, day and amount must have the same length.", "customer、day、amount 的长度必须相同。")
_BAD_AMOUNT = Text("Amounts must be finite numbers.", "金额必须是有限的数。")
_GAPS = Text("Customers, days and amounts must all be known.", "客户、日期和金额均不能缺失。")
