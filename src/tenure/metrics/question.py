"""A question as every metric receives it: which history, which windows, cut by what, with which definitions."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from tenure.metrics import activity, dimensions
from tenure.metrics.activity import Activity
from tenure.metrics.definitions import Definition
from tenure.metrics.dimensions import Dimension
from tenure.metrics.periods import seen_until
from tenure.metrics.windows import Window
from tenure.warehouse.history import History, instant, naive


@dataclass(frozen=True)
class Question:
    """What is asked; ``windows`` follow one another without a gap."""

    history: History
    windows: tuple[Window, ...]
    dimension: Dimension | None = None
    definition: Definition = field(default_factory=Definition)

    @cached_property
    def activity(self) -> Activity:
        """Who bought on which days."""
        return activity.of(self.history, self.dimension)

    @cached_property
    def customers(self) -> ir.Table:
        """One row per customer (and segment) that ever bought: customer_id, segment, first, second, orders, words."""
        return self.activity.table

    def starts(self, window: Window) -> ir.TimestampScalar:
        """Return the instant a window starts."""
        return instant(self.moment(window.start))

    def ends(self, window: Window) -> ir.TimestampScalar:
        """Return the instant a window ends."""
        return instant(self.moment(window.end))

    def moment(self, day: date) -> datetime:
        """Return the UTC instant a local day begins."""
        return self.history.utc(datetime.combine(day, time.min))

    def windowed(self, rows: ir.Table, moment: str) -> ir.Table:
        """Keep the rows whose time lies in a window and add ``window``, its number, and ``day``, the local date."""
        inside = rows.filter(rows[moment] >= self.starts(self.windows[0]), rows[moment] < self.ends(self.windows[-1]))
        dated = inside.mutate(day=self.history.local(inside[moment]).date())
        return dated.inner_join(self._calendar, "day")

    def segmented(self, rows: ir.Table) -> ir.Table:
        """Add ``segment`` to rows with a customer_id; what the question is cut by, or null when it is not cut."""
        return dimensions.attach(self.history, rows, self.dimension)

    def is_ripe(self, window: Window, wait: int = 0, *, of_orders: bool = True) -> bool:
        """Say whether a window, and ``wait`` more days, are over and their orders seen to the end."""
        over = naive(self.history.as_of) >= self.moment(window.end + timedelta(days=wait))
        of_orders = of_orders and self.definition.churn.kind == "inactivity"
        return over and (not of_orders or window.end + timedelta(days=wait) <= self.seen_until)

    @cached_property
    def seen_until(self) -> date:
        """Return the first local day of whose sales we have not seen the end."""
        return seen_until(self.history)

    @cached_property
    def _calendar(self) -> ir.Table:
        days = [
            (window.start + timedelta(days=offset), number)
            for number, window in enumerate(self.windows)
            for offset in range((window.end - window.start).days)
        ]
        schema = pa.schema({"day": pa.date32(), "window": pa.int64()})
        return ibis.memtable(pa.table([*zip(*days, strict=True)], schema=schema))
