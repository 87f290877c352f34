"""Who bought on which days, as bits: one scan of the orders that every retention question is cut from."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from tenure.metrics import bits, dimensions, shelf
from tenure.metrics.dimensions import Dimension
from tenure.warehouse import glossary
from tenure.warehouse.history import History

EMPTY_ORIGIN = date(2000, 1, 1)  # any day will do when nobody ever bought


@dataclass(frozen=True)
class Activity:
    """One row per customer that bought (and per segment when cut by a fact of the order).

    Columns: customer_id, segment, first and second (day numbers of the first two days with a purchase), orders
    (all orders ever) and the words, in which bit n is set when the customer bought on day ``origin`` + n.
    """

    rows: pa.Table
    origin: date
    span: int

    @cached_property
    def table(self) -> ir.Table:
        """The rows as an expression; cheap, they stay where they are in memory."""
        return ibis.memtable(self.rows)

    def index(self, day: date) -> int:
        """Return a day's number; it may lie outside the days of the data."""
        return (day - self.origin).days

    def day(self, index: int) -> date:
        """Return the day with a number."""
        return self.origin + timedelta(days=index)


def of(history: History, dimension: Dimension | None = None) -> Activity:
    """Return the activity of a history with ``segment`` filled; kept in memory until the orders change."""
    kept = shelf.of(history)
    if dimension is not None and dimension.kind == "order":
        return kept.get(("activity", dimension.name), lambda: _scan(history, dimension))
    whole = kept.get(("activity", None), lambda: _scan(history, None))
    if dimension is None:
        return whole
    # Who belongs to a segment changes without any order changing, so segments are looked up afresh.
    return _with_segments(history, whole, dimension)


def _scan(history: History, dimension: Dimension | None) -> Activity:
    bought = glossary.purchases(history)
    ends = history.lake.read(bought.aggregate(first=bought.ordered_at.min(), last=bought.ordered_at.max()))
    if ends["first"][0].as_py() is None:
        return _read(history, bought, dimension, EMPTY_ORIGIN, 1)
    local = history.lake.read(
        ibis.memtable(ends).mutate(first=lambda t: history.local(t.first), last=lambda t: history.local(t.last))
    )
    origin, last = (local[name][0].as_py().date() for name in ("first", "last"))
    return _read(history, bought, dimension, origin, (last - origin).days + 1)


def _read(history: History, bought: ir.Table, dimension: Dimension | None, origin: date, span: int) -> Activity:
    cut = {} if dimension is None else {"segment": dimensions.named(bought[dimension.column])}
    day = history.local(bought.ordered_at).date().delta(ibis.literal(origin), unit="day")
    numbered = bought.select("customer_id", day=day, **cut)
    dated = bits.placed(numbered, numbered.day)
    grouped = dated.group_by("customer_id", *cut).aggregate(
        first=dated.day.min(), orders=dated.count(), **bits.gather(dated, span)
    )
    rows = grouped.mutate(second=bits.lowest(grouped, without=grouped.first))
    if dimension is None:
        rows = rows.mutate(segment=ibis.null("string"))
    return Activity(history.lake.read(rows), origin, span)


def _with_segments(history: History, whole: Activity, dimension: Dimension) -> Activity:
    """Look the segments up by customer and lay them beside the words, which are not copied."""
    numbered = pa.table({"customer_id": whole.rows["customer_id"], "row": np.arange(whole.rows.num_rows)})
    found = history.lake.read(
        dimensions.attach(history, ibis.memtable(numbered), dimension).select("row", "segment").order_by("row")
    )
    place = whole.rows.schema.get_field_index("segment")
    return Activity(whole.rows.set_column(place, "segment", found["segment"]), whole.origin, whole.span)
