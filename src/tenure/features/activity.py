"""Signs of life: the days on which a customer bought or came by, and the gaps between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import ibis
import ibis.expr.types as ir

from tenure.warehouse import glossary
from tenure.warehouse.history import History

Sign = Literal["purchases", "visits"]


@dataclass(frozen=True)
class Span:
    """How much a history holds of one sign of life."""

    customers: int
    days: int
    first: date | None
    last: date | None

    @property
    def length(self) -> int:
        """Return the days from the first sign to the last, both included."""
        return 0 if self.first is None or self.last is None else (self.last - self.first).days + 1


def active_days(history: History, sign: Sign) -> ir.Table:
    """Return one row per customer and local day with a sign of life: customer_id, day."""
    if sign == "purchases":
        return glossary.purchase_days(history).select("customer_id", "day")
    events = history.table("events")
    return events.select("customer_id", day=history.local(events.occurred_at).date()).distinct()


def span(history: History, sign: Sign) -> Span:
    """Return how many customers showed a sign of life, on how many days, from when to when."""
    days = active_days(history, sign)
    found = history.lake.read(
        days.aggregate(
            customers=days.customer_id.nunique(), days=days.count(), first=days.day.min(), last=days.day.max()
        )
    ).to_pylist()[0]
    return Span(found["customers"], found["days"], found["first"], found["last"])


def gaps(history: History, sign: Sign) -> ir.Table:
    """Return the days between neighbouring signs of life of one customer: customer_id, gap."""
    days = active_days(history, sign)
    before = days.day.lag().over(ibis.window(group_by="customer_id", order_by="day"))
    paired = days.select("customer_id", "day", before=before)
    paired = paired.filter(paired.before.notnull())
    return paired.select("customer_id", gap=paired.day.delta(paired.before, unit="day"))


def gap_quantiles(history: History, sign: Sign, shares: Sequence[float]) -> list[float]:
    """Return the gap that each share of all gaps does not exceed; empty when nobody came twice."""
    table = gaps(history, sign)
    found = history.lake.read(table.aggregate(**{f"q{n}": table.gap.quantile(share) for n, share in enumerate(shares)}))
    values = list(found.to_pylist()[0].values())
    return [] if any(value is None for value in values) else [float(value) for value in values]
