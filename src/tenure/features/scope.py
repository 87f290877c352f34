"""Which rows count at which instants: one instant or many over one lake, every row gathered once.

Asked for one instant, the history leaves out what does not count. Asked for many, every row that counts at the last
is gathered and marked with two small numbers: the first instant it had happened before, and the first it was
recorded before. What counts at one of them is then a matter of comparing numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import add
from typing import cast
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from tenure.warehouse.history import History, instant, naive
from tenure.warehouse.schema import CONTRACTS

HAPPENED, RECORDED = "happened_before", "recorded_before"


def reference_day(as_of: datetime, zone: str) -> date:
    """Return the last local day that lies before an instant, in part or whole: the features' "today"."""
    utc = as_of.replace(tzinfo=ZoneInfo("UTC")) - timedelta(microseconds=1)
    return utc.astimezone(ZoneInfo(zone)).date()


def days_ago(history: History, moment: ir.Value) -> ir.IntegerValue:
    """Return the whole local days between a UTC time and the last day before a history's instant."""
    day = history.local(cast(ir.TimestampValue, moment)).date()
    return ibis.literal(reference_day(history.as_of, history.zone)).delta(day, unit="day")


def known(history: History, moment: ir.Value) -> ir.BooleanValue:
    """Say whether a later event of a row had happened by a history's instant."""
    return moment.notnull() & (moment < instant(history.as_of))


@dataclass(frozen=True)
class Scope:
    """The instants features are asked for (naive UTC, rising), and the history that holds whatever counts at one of them."""

    history: History
    instants: tuple[datetime, ...]

    @classmethod
    def of_one(cls, history: History) -> "Scope":
        """Return the scope of a history's own instant; what it does not say of the second clock is said by the instant."""
        known = history.as_of if history.known_by is None else history.known_by
        return cls(replace(history, known_by=known), (naive(history.as_of),))

    @classmethod
    def of_many(cls, history: History, instants: tuple[datetime, ...]) -> "Scope":
        """Return the scope of many instants, each by both clocks."""
        rising = tuple(sorted({naive(moment) for moment in instants}))
        return cls(replace(history, as_of=rising[-1], known_by=None), rising)

    @property
    def marks(self) -> tuple[str, ...]:
        """Return the columns that tell at which instants a gathered row counts; rows are never added up across them."""
        return () if len(self.instants) == 1 else (HAPPENED, RECORDED)

    def rows(self, name: str, rows: ir.Table | None = None) -> ir.Table:
        """Return a lake table (or ``rows`` of it), merged customers as one, with the local ``day`` and the marks."""
        rows = self.history.table(name) if rows is None else rows
        happened = rows[CONTRACTS[name].time]
        marked = rows.mutate(day=self.local_day(happened))
        if not self.marks:
            return marked
        return marked.mutate(**{HAPPENED: self._first_after(happened), RECORDED: self._first_after(rows.recorded_at)})

    def local_day(self, moment: ir.Value) -> ir.DateValue:
        """Return the local day of a UTC time."""
        return self.history.local(cast(ir.TimestampValue, moment)).date()

    def _first_after(self, moment: ir.Value) -> ir.Value:
        """Return the number of the first instant after a moment; what has no date counts from the first on."""
        passed = [(moment >= instant(each)).cast("int8") for each in self.instants]
        return reduce(add, passed).cast("int8").fill_null(0)


@dataclass(frozen=True)
class View:
    """What was gathered, as it stood at one of the instants."""

    scope: Scope
    number: int
    gathered: Mapping[str, ir.Table]

    @property
    def as_of(self) -> datetime:
        """Return the instant."""
        return self.scope.instants[self.number]

    @property
    def today(self) -> date:
        """Return the last local day before the instant."""
        return reference_day(self.as_of, self.scope.history.zone)

    @property
    def known_by(self) -> datetime:
        """Return the instant by which a row must have been recorded."""
        return naive(self.scope.history.known_by or self.as_of)

    def rows(self, name: str, source: str | None = None) -> ir.Table:
        """Return gathered rows that count, with ``days_ago`` for their day; ``source`` is the lake table they are of."""
        rows = self.gathered[name]
        if self.scope.marks:
            counts = rows[HAPPENED] <= self.number
            if self.scope.history.second_clock_runs(source or name, self.as_of):
                counts = counts & (rows[RECORDED] <= self.number)
            rows = rows.filter(counts).drop(*self.scope.marks)
        return rows.mutate(days_ago=self.days_since(rows.day)).drop("day")

    def days_since(self, day: ir.Value) -> ir.IntegerValue:
        """Return the whole days between a local day and the last day before the instant."""
        return ibis.literal(self.today).delta(cast(ir.DateValue, day), unit="day")

    def had_come(self, moment: ir.Value) -> ir.BooleanValue:
        """Say whether a later event of a row had happened by the instant."""
        return moment.notnull() & (moment < instant(self.as_of))
