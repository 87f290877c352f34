"""Days with a purchase or a visit: one row per customer and day, each with the day before it on which there was one.

For many instants they are worked out once. A day that was over before an instant counts whole, and the day before
it is the same for every instant after it. Only two kinds of rows are looked at again instant by instant: those of a day
that was not over, and those of customers of whom something had happened that was not known yet.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

import ibis
import ibis.expr.types as ir

from tenure.features.gathered import GATHERED
from tenure.features.scope import HAPPENED, RECORDED, Scope, View

Added = Callable[[ir.Table], dict[str, ir.Value]]


@dataclass(frozen=True)
class Daily:
    """Rows gathered by customer and day: how those of one day are added up, and which days the next looks back on."""

    name: str
    added: Added
    counted: Callable[[ir.Table], ir.BooleanValue] | None = None

    @property
    def source(self) -> str:
        """Return the lake table they are of."""
        return GATHERED[self.name][0]

    @property
    def late(self) -> str:
        """Return what who was known late is called among what is gathered."""
        return f"{self.name}_late"

    @property
    def parts(self) -> str:
        """Return what the rows to be looked at again are called among what is gathered."""
        return f"{self.name}_parts"

    def linked(self, days: ir.Table) -> ir.Table:
        """Return days with the day before each on which there was one."""
        if self.counted is None:
            return days.mutate(previous=days.day.lag().over(ibis.window(group_by="customer_id", order_by="day")))
        earlier = ibis.window(group_by="customer_id", order_by="day", preceding=(None, 1))
        return days.mutate(previous=ibis.ifelse(self.counted(days), days.day, None).max().over(earlier))

    def together(self, rows: ir.Table, like: ir.Table) -> ir.Table:
        """Return rows of one customer and day as one, of the types that whole days have."""
        added = rows.group_by("customer_id", "day").aggregate(**self.added(rows))
        return added.select(**{name: added[name].cast(like[name].type()) for name in added.columns})


def sums(*names: str) -> Added:
    """Return the adding up of some columns."""
    return lambda rows: {name: rows[name].sum() for name in names}


ORDER_DAYS = Daily(
    "orders",
    lambda rows: {
        **sums("orders", "amount", "discount", "pieces", "coupons")(rows),
        "channel": rows.channel.max(),
        **sums("returns", "returned")(rows),
    },
    lambda days: days.orders > 0,
)
EVENT_DAYS = Daily("event_days", sums("events", "seconds", "log_ins"))
DAILY = {daily.name: daily for daily in (ORDER_DAYS, EVENT_DAYS)}


def gathered(daily: Daily, scope: Scope, stage: Callable[[str, ir.Table], ir.Table]) -> Iterator[tuple[str, ir.Table]]:
    """Gather for many instants: the days whole, who was known late at some instant, and the rows to be looked at again."""
    _, gather = GATHERED[daily.name]
    yield daily.name, stage(daily.name, daily.linked(gather(scope.whole())))
    late = _late(daily.source, scope)
    if late is not None:
        late = stage(daily.late, late)
        yield daily.late, late
    broken = scope.broken_days()
    if broken or late is not None:
        again = replace(scope, narrowed=lambda rows: _again(rows, broken, late))
        yield daily.parts, stage(daily.parts, gather(again))


def days(view: View, daily: Daily) -> ir.Table:
    """Return one row per customer and local day with such rows by the instant, and the day before it."""
    whole = view.gathered[daily.name]
    if not view.scope.marks:
        return daily.linked(whole)
    counting = [view.finished(whole)]
    if view.within_a_day:
        today = daily.together(view.unfinished(daily.parts), whole)
        before = whole.select("customer_id", "day", "previous")
        counting.append(today.inner_join(before, ["customer_id", "day"]).select(whole.columns))
    known = reduce(lambda one, other: one.union(other), counting)
    behind = view.behind(view.gathered[daily.late], daily.source) if daily.late in view.gathered else None
    if behind is None:
        return known
    rows = view.counting(daily.parts, daily.source)
    rows = daily.together(rows.semi_join(behind, [("customer_id", "behind")]), whole)
    return known.anti_join(behind, [("customer_id", "behind")]).union(daily.linked(rows).select(whole.columns))


def _late(source: str, scope: Scope) -> ir.Table | None:
    """Return who had a row that was not known at some instant although it had happened; None where that cannot be told."""
    running = [scope.history.second_clock_runs(source, moment) for moment in scope.instants]
    if not any(running):
        return None
    rows = scope.rows(source)
    late = rows.filter(rows[RECORDED] > rows[HAPPENED], rows[RECORDED] > running.index(True))
    return late.select("customer_id", HAPPENED, RECORDED).distinct()


def _again(rows: ir.Table, broken: list[date], late: ir.Table | None) -> ir.BooleanValue:
    of_broken = rows.day.isin(broken) if broken else ibis.literal(False)
    return of_broken if late is None else of_broken | rows.customer_id.isin(late.customer_id)
