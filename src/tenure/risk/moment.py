"""As of when: now, or for files that ended long ago the day after their last row."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce

import ibis

from tenure.kit.i18n import Text
from tenure.warehouse.history import History, naive
from tenure.warehouse.lake import Lake

SPOKEN_FOR_BY = {"orders": "ordered_at", "events": "occurred_at", "subscriptions": "started_at", "payments": "paid_at"}
OLD_AFTER = timedelta(days=30)  # a shop that still runs has a row in a month


@dataclass(frozen=True)
class Moment:
    """The instant a refresh speaks about, naive UTC, and why it is that one."""

    as_of: datetime
    notes: tuple[Text, ...] = ()


def moment_of(lake: Lake, zone: str, now: datetime) -> Moment:
    """Return the present minute, or the midnight after the last row when that lies more than a month back."""
    clock = History(lake, naive(now), zone)
    last = _last_row(lake, naive(now))
    if last is None or naive(now) - last <= OLD_AFTER:
        return Moment(naive(now).replace(second=0, microsecond=0))
    ended = _next_midnight(clock, last)
    day = clock.wall(last).strftime("%Y-%m-%d")
    return Moment(ended, (_OLD.fill(day=day),))


def _next_midnight(clock: History, instant: datetime) -> datetime:
    day = clock.wall(instant).replace(hour=0, minute=0, second=0, microsecond=0)
    return clock.utc(day + timedelta(days=1))


def _last_row(lake: Lake, before: datetime) -> datetime | None:
    ends = []
    for name, time in SPOKEN_FOR_BY.items():
        rows = lake.table(name)
        rows = rows.filter(rows[time] < ibis.literal(before, type="timestamp(6)"))
        ends.append(rows.aggregate(last=rows[time].max()))
    found = lake.read(reduce(lambda one, other: one.union(other), ends))["last"].to_pylist()
    return max((last for last in found if last is not None), default=None)


_OLD = Text(
    "The data ends on {day}; everything is computed as of the day after, not as of today.",
    "数据截至 {day}；所有结果均以其次日为准，而非今天。",
)
