"""Times on the customer's own clock: when a channel opens, and where a calendar period begins and ends."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

from tenure.outreach.arbiter.policy import Hours, Period

_DAY = timedelta(days=1)
_FURTHEST = 400  # days looked ahead for an open one: a year of holidays and a little more


def next_open(instant: datetime, hours: Hours, zone: tzinfo, holidays: frozenset[date]) -> datetime | None:
    """Return the first open instant at or after one (UTC); None when the channel never opens.

    What the customer's clock shows is what counts: an hour that comes twice is open twice, and opening at a time that the
    clock leaves out happens as much later as the clock leaps.
    """
    local = instant.astimezone(zone)
    for ahead in range(_FURTHEST):
        day = local.date() + ahead * _DAY
        if day.weekday() not in hours.weekdays or (hours.holidays and day in holidays):
            continue
        if ahead == 0 and hours.opens <= local.time() < hours.closes:
            return instant
        for fold in (0, 1):
            opens = datetime.combine(day, hours.opens.replace(fold=fold), zone).astimezone(UTC)
            here = opens.astimezone(zone)
            if opens >= instant and here.date() == day and hours.opens <= here.time() < hours.closes:
                return opens
    return None


def period_start(instant: datetime, period: Period, zone: tzinfo) -> datetime:
    """Return when the calendar period that holds an instant began (UTC)."""
    return _midnight(_first_day(instant.astimezone(zone).date(), period), zone)


def next_period(instant: datetime, period: Period, zone: tzinfo) -> datetime:
    """Return when the next calendar period begins (UTC)."""
    first = _first_day(instant.astimezone(zone).date(), period)
    if period == "month":
        return _midnight(date(first.year + first.month // 12, first.month % 12 + 1, 1), zone)
    return _midnight(first + timedelta(days=7 if period == "week" else 1), zone)


def closed_days(holidays: Mapping[str, frozenset[date]], country: str | None) -> frozenset[date]:
    """Return the holidays of a country; of a customer whose country is not known, none."""
    return holidays.get(country or "", frozenset())


def _first_day(day: date, period: Period) -> date:
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
