"""Which rows count at which instants: one instant or many over one lake, every row gathered once.

Asked for one instant, the history leaves out what does not count. Asked for many, every row that counts at the last
is gathered and marked with two small numbers: the first instant it had happened before, and the first it was
recorded before. What counts at one of them is then a matter of comparing numbers.

Days that were over before an instant count whole, but for customers of whom something was not known yet
(``View.finished``, ``View.behind``): only those have to be looked at row by row again.
"""

from collections.abc import Callable, Mapping
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
    """The instants features are asked for (naive UTC, rising), and the history that holds whatever counts at one of them.

    ``keys`` numbers the customers: with it, rows carry a customer's number in ``customer_id``, quick to group and join by,
    and those of nobody else are left out. ``narrowed`` says which rows are gathered at all.
    """

    history: History
    instants: tuple[datetime, ...]
    keys: ir.Table | None = None
    narrowed: Callable[[ir.Table], ir.BooleanValue] | None = None

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
        if self.keys is not None:
            keyed = rows.inner_join(self.keys, "customer_id")
            rows = keyed.mutate(customer_id=keyed.key).drop("key")
        happened = rows[CONTRACTS[name].time]
        rows = rows.mutate(day=self.local_day(happened))
        if self.marks:
            rows = rows.mutate(**{HAPPENED: self._first_after(happened), RECORDED: self._first_after(rows.recorded_at)})
        return rows if self.narrowed is None else rows.filter(self.narrowed(rows))

    def whole(self) -> "Scope":
        """Return the scope of everything that had happened by the last instant, whenever it was recorded: without marks."""
        return replace(self, instants=self.instants[-1:])

    def broken_days(self) -> list[date]:
        """Return the local days in the middle of which an instant lies."""
        views = (View(self, number, {}) for number in range(len(self.instants)))
        return sorted({view.first_unfinished for view in views if view.within_a_day})

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

    @property
    def first_unfinished(self) -> date:
        """Return the local day in which the instant lies, or which begins with it: every one before it was over."""
        return self.scope.history.wall(self.as_of).date()

    @property
    def within_a_day(self) -> bool:
        """Say whether the instant lies in the middle of a local day."""
        return self.first_unfinished == self.today

    def rows(self, name: str, source: str | None = None) -> ir.Table:
        """Return gathered rows that count, with ``days_ago`` for their day; ``source`` is the lake table they are of."""
        rows = self.counting(name, source)
        return rows.mutate(days_ago=self.days_since(rows.day)).drop("day")

    def counting(self, name: str, source: str | None = None) -> ir.Table:
        """Return gathered rows that count at the instant, without their marks."""
        rows = self.gathered[name]
        if not self.scope.marks:
            return rows
        counts = rows[HAPPENED] <= self.number
        if self._recorded_matters(source or name):
            counts = counts & (rows[RECORDED] <= self.number)
        return rows.filter(counts).drop(*self.scope.marks)

    def finished(self, days: ir.Table) -> ir.Table:
        """Return those of whole days that were over before the instant."""
        return days.filter(days.day < ibis.literal(self.first_unfinished))

    def unfinished(self, name: str) -> ir.Table:
        """Return the gathered rows of the day in which the instant lies that had happened before it."""
        rows = self.gathered[name]
        rows = rows.filter(rows[HAPPENED] <= self.number, rows.day == ibis.literal(self.first_unfinished))
        return rows.drop(*self.scope.marks)

    def behind(self, late: ir.Table, source: str) -> ir.Table | None:
        """Return the customers of whom something had happened that was not known by the instant; None: there are none.

        For all others what counts is what had happened.
        """
        if not self._recorded_matters(source):
            return None
        late = late.filter(late[HAPPENED] <= self.number, late[RECORDED] > self.number)
        return late.select(behind=late.customer_id).distinct()

    def _recorded_matters(self, source: str) -> bool:
        return self.scope.history.second_clock_runs(source, self.as_of)

    def days_since(self, day: ir.Value) -> ir.IntegerValue:
        """Return the whole days between a local day and the last day before the instant."""
        return ibis.literal(self.today).delta(cast(ir.DateValue, day), unit="day")

    def had_come(self, moment: ir.Value) -> ir.BooleanValue:
        """Say whether a later event of a row had happened by the instant."""
        return moment.notnull() & (moment < instant(self.as_of))
