"""The company's calendar: weeks counted back from the end of the data, and a stretch of future behind it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from .chance import Floats, Ints

FUTURE_WEEKS = 13  # simulated past the end so that predictions can be checked against what really happens
DAY = 86_400
WEEK_MONTHS = 12 * 7 / 365.25  # length of a week in months, to turn monthly rates into weekly ones
HOME_OFFSET = 8  # the head office keeps Chinese time

Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Timeline:
    """Local days numbered from the opening; the data stop at ``end`` (UTC seconds since 1970)."""

    end: int
    weeks: int
    first_day: np.datetime64

    @classmethod
    def ending(cls, end: datetime, months: int) -> "Timeline":
        """Lay out ``months`` of whole weeks before ``end``; a naive ``end`` is taken as UTC."""
        aware = end if end.tzinfo else end.replace(tzinfo=UTC)
        seconds = int(aware.timestamp())
        last_day = np.datetime64((seconds + HOME_OFFSET * 3600) // DAY, "D")
        weeks = round(months / WEEK_MONTHS)
        return cls(seconds, weeks, last_day - np.timedelta64(weeks * 7, "D"))

    @property
    def all_weeks(self) -> int:
        """Return the number of simulated weeks, future included."""
        return self.weeks + FUTURE_WEEKS

    @property
    def days(self) -> int:
        """Return the number of days in the data."""
        return self.weeks * 7

    def dates(self, extra_days: int = 0) -> Days:
        """Return every simulated local date, and ``extra_days`` more."""
        return self.first_day + np.arange(self.all_weeks * 7 + extra_days)

    def utc(self, day: Ints, second: Ints, offset_hours: Floats) -> Ints:
        """Turn a local day number and second of the day into UTC seconds since 1970."""
        opening = int(self.first_day.astype("int64")) * DAY
        return opening + day * DAY + second - np.round(offset_hours * 3600).astype(np.int64)

    def week_of(self, seconds: Ints) -> Ints:
        """Return the week that holds a UTC instant, by the head office's calendar."""
        opening = int(self.first_day.astype("int64")) * DAY
        week = (seconds + HOME_OFFSET * 3600 - opening) // (7 * DAY)
        return np.clip(week, 0, self.all_weeks - 1)

    def as_of(self, weeks_before_end: int) -> int:
        """Return the UTC instant a number of weeks before the end."""
        return self.end - weeks_before_end * 7 * DAY
