"""Every customer's windows since the first purchase, as bits: what all cohort tables are cut from."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from tenure.metrics import activity, bits, shelf
from tenure.metrics.activity import Activity
from tenure.metrics.windows import Grain, floor, step
from tenure.warehouse import glossary
from tenure.warehouse.history import History

Anchor = Literal["calendar", "anniversary"]
DAYS: dict[Grain, int] = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}


@dataclass(frozen=True)
class Lanes:
    """One row per customer: customer_id, cohort (its number in ``starts``), first, and words.

    Bit i is set when the customer bought in window i after the first purchase: the i-th calendar window after the
    cohort's, or the i-th anniversary window of the customer's own.
    """

    rows: pa.Table
    starts: tuple[date, ...]
    origin: date
    span: int
    grain: Grain
    anchor: Anchor

    @cached_property
    def table(self) -> ir.Table:
        """The rows as an expression."""
        return ibis.memtable(self.rows)

    def begins(self, cohort: int, index: int) -> date:
        """Return the first day on which a window of a cohort can hold anything."""
        if self.anchor == "calendar":
            return step(self.starts[cohort], self.grain, index)
        return self.starts[cohort] + timedelta(days=index * DAYS[self.grain])

    def ends(self, cohort: int, index: int) -> date:
        """Return the first day after a window is over for everybody in a cohort."""
        if self.anchor == "calendar":
            return step(self.starts[cohort], self.grain, index + 1)
        last_joiner = step(self.starts[cohort], self.grain, 1) - timedelta(days=1)
        return last_joiner + timedelta(days=(index + 1) * DAYS[self.grain])


def lanes(history: History, grain: Grain, anchor: Anchor) -> Lanes:
    """Return the lanes of a grain; made from the days once, kept until the orders change."""
    kept = shelf.of(history)
    return kept.get(("lanes", grain, anchor), lambda: _make(history, activity.of(history), grain, anchor))


def earnings(history: History, cut: Lanes, customers: ir.Table) -> Activity:
    """Return net revenue by cohort and window: cohort, index, amount."""
    spent = glossary.net_revenue(history)
    dated = spent.mutate(day=history.local(spent.ordered_at).date()).inner_join(customers, "customer_id")
    number = dated.day.delta(ibis.literal(cut.origin), unit="day")
    if cut.anchor == "anniversary":
        indexed = dated.mutate(index=((number - dated["first"]) / DAYS[cut.grain]).floor().cast("int64"))
    else:
        calendar = ibis.memtable(_calendar(cut.starts, cut.grain))
        indexed = dated.inner_join(calendar, "day").mutate(index=lambda t: t.window - t.cohort)
    # A return can precede the first sale we know of: it belongs to no window after it.
    kept = indexed.filter(indexed.index >= 0)
    sums = kept.group_by("cohort", "index").aggregate(amount=kept.amount.sum().cast("float64"))
    return Activity(history.lake.read(sums), cut.origin, cut.span)


def _make(history: History, days: Activity, grain: Grain, anchor: Anchor) -> Lanes:
    last = days.day(days.span - 1)
    starts = _starts(days.origin, last, grain)
    bounds = [days.index(start) for start in starts]
    first = days.rows["first"].to_numpy()
    cohort = np.searchsorted(bounds, first, side="right") - 1
    numbered = ibis.memtable(days.rows.append_column("cohort", pa.array(cohort, pa.int64())))
    if anchor == "calendar":
        stretches = list(zip(bounds, [*bounds[1:], days.index(step(starts[-1], grain, 1))], strict=True))
        by_window = numbered.select("customer_id", "first", "cohort", **bits.regroup(numbered, stretches))
        own = bits.shifted(by_window, by="cohort")
    else:
        since = bits.shifted(numbered.select("customer_id", "first", "cohort", *bits.columns(numbered)), by="first")
        size = DAYS[grain]
        stretches = [(low, low + size) for low in range(0, days.span, size)]
        own = since.select("customer_id", "first", "cohort", **bits.regroup(since, stretches))
    return Lanes(history.lake.read(own), starts, days.origin, len(stretches), grain, anchor)


def _starts(origin: date, last: date, grain: Grain) -> tuple[date, ...]:
    starts = [floor(origin, grain)]
    while step(starts[-1], grain, 1) <= last:
        starts.append(step(starts[-1], grain, 1))
    return tuple(starts)


def _calendar(starts: tuple[date, ...], grain: Grain) -> pa.Table:
    rows = [
        (start + timedelta(days=offset), number)
        for number, start in enumerate(starts)
        for offset in range((step(start, grain, 1) - start).days)
    ]
    days, numbers = zip(*rows, strict=True)
    return pa.table({"day": pa.array(days, pa.date32()), "window": pa.array(numbers, pa.int64())})
