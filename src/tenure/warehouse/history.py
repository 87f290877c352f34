"""The one place that keeps the future out: the lake as it was at an instant, by two clocks.

A row counts when it *happened* before ``as_of`` and, where ``known_by`` is given, was *recorded* before that.
The second clock of a table starts with its first recording: nobody can have recorded anything earlier, so for an
instant before it what had happened counts as known (docs/decisions/0006-two-clocks.md).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, reduce
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from tenure.warehouse.lake import Lake
from tenure.warehouse.schema import CONTRACTS

EARLIEST_YEAR = 1995  # offsets of a time zone before this are taken as those of 1995


@dataclass(frozen=True)
class History:
    """The lake as it was at ``as_of``: only what happened before it, and was known before ``known_by`` when that is given.

    Customers who were merged appear under one id. ``zone`` is the time zone in which days and months begin.
    """

    lake: Lake
    as_of: datetime
    zone: str = "UTC"
    known_by: datetime | None = None

    def at(self, moment: datetime) -> "History":
        """Return the lake as it was at another instant by both clocks: what had happened and was known by then."""
        return replace(self, as_of=moment, known_by=moment)

    def table(self, name: str) -> ir.Table:
        """Return one promised table without its future and with merged customers under one id."""
        rows = self.as_recorded(name)
        if "customer_id" not in rows.columns or not self.has_links or name == "customer_links":
            return rows
        links = self.links().select("customer_id", "canonical_id")
        joined = rows.left_join(links, "customer_id", rname="{name}_linked")
        return joined.mutate(customer_id=ibis.coalesce(joined.canonical_id, joined.customer_id)).select(rows.columns)

    def as_recorded(self, name: str) -> ir.Table:
        """Return one promised table without its future, every row under the customer it was recorded for."""
        contract = CONTRACTS[name]
        rows = self.lake.table(name)
        happened = rows[contract.time] < instant(self.as_of)
        if not contract.column(contract.time).required:
            happened = happened | rows[contract.time].isnull()
        rows = rows.filter(happened)
        if self.known_by is not None and self.second_clock_runs(name, self.known_by):
            rows = rows.filter(rows.recorded_at < instant(self.known_by))
        return rows

    def second_clock_runs(self, name: str, moment: datetime) -> bool:
        """Say whether anything had been recorded in a table before a moment: only then can lateness be told."""
        first = self.first_recordings.get(name)
        return first is not None and first < naive(moment)

    def links(self) -> ir.Table:
        """Return which customers were merged into which, whenever that was learned."""
        return self.lake.table("customer_links")

    def local(self, moment: ir.TimestampValue) -> ir.TimestampValue:
        """Turn a UTC time into the wall clock of the workspace's time zone, summer time included."""
        offsets = _offsets(self.zone, self.as_of.year + 1)
        first = moment + ibis.interval(seconds=offsets[0][1])
        if len(offsets) == 1:
            return moment if offsets[0][1] == 0 else first
        branches = [
            (moment >= instant(since), moment + ibis.interval(seconds=seconds))
            for since, seconds in reversed(offsets[1:])
        ]
        return ibis.cases(*branches, else_=first)

    def utc(self, wall: datetime) -> datetime:
        """Turn a wall-clock time of the workspace's zone into naive UTC."""
        return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC).replace(tzinfo=None)

    def wall(self, moment: datetime) -> datetime:
        """Turn an instant into the wall-clock time of the workspace's zone."""
        return naive(moment).replace(tzinfo=UTC).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    @cached_property
    def first_recordings(self) -> dict[str, datetime]:
        """Return when each table that holds anything was first written to."""
        firsts = [
            rows.aggregate(first=rows.recorded_at.min()).mutate(name=ibis.literal(name))
            for name, rows in ((name, self.lake.table(name)) for name in CONTRACTS)
        ]
        found = self.lake.read(reduce(lambda one, other: one.union(other), firsts)).to_pylist()
        return {row["name"]: row["first"] for row in found if row["first"] is not None}

    @cached_property
    def has_links(self) -> bool:
        """Say whether any customers were merged at all; joining nothing costs nothing."""
        links = self.links()
        return bool(self.lake.read(links.aggregate(n=links.count()))["n"][0].as_py())


def instant(moment: datetime) -> ir.TimestampScalar:
    """Return a moment as a literal of the lake's time type: UTC without a zone."""
    return ibis.literal(naive(moment), type="timestamp(6)")


def naive(moment: datetime) -> datetime:
    """Return a moment as the lake writes it: UTC without a zone; without a zone it is UTC already."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def _offsets(zone: str, until_year: int) -> list[tuple[datetime, int]]:
    """Return the zone's offsets from UTC in seconds, each with the UTC moment it begins."""
    zoneinfo = ZoneInfo(zone)

    def offset(moment: datetime) -> int:
        found = moment.replace(tzinfo=UTC).astimezone(zoneinfo).utcoffset() or timedelta()
        return int(found.total_seconds())

    moment = datetime(EARLIEST_YEAR, 1, 1)
    offsets = [(moment, offset(moment))]
    while moment.year < until_year:
        later = moment + timedelta(days=7)
        if offset(later) != offsets[-1][1]:
            offsets.append((_change_between(moment, later, offset), offset(later)))
        moment = later
    return offsets


def _change_between(before: datetime, after: datetime, offset: Callable[[datetime], int]) -> datetime:
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) / 2
        before, after = (middle, after) if offset(middle) == offset(before) else (before, middle)
    return after.replace(second=0, microsecond=0)
