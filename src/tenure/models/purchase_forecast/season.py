"""The seasons of buying: how much faster the clock of a shop runs in some weeks of the year than in others.

Measured on what known customers do, not on sales: a shop that wins customers sells more every month without any
season. Weekly purchases are set against what customers of that age usually buy; what is left over, week of the year
by week of the year, is the season. Models then count time by a clock that runs at the season's speed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tenure.kit.i18n import Text
from tenure.models.base import Indices, UnusableInput, Vector

YEAR = 365.2425
PERIODS = 52  # of the year, a week and half an hour each
LENGTH = YEAR / PERIODS
AGE_CLASSES = 25
ROUNDS = 30  # of fitting ages and seasons in turn; the fourth digit stands after twenty
ONE_OFF = 0.05  # log-spread of weeks that no calendar explains: campaigns, stock-outs
LEAST_SPREAD = 0.02  # log-spread that seasons are given at least, so that they can be found at all
QUIETEST = 0.05  # a weekday without any purchase still moves the clock a little


@dataclass(frozen=True)
class Clock:
    """Time as a shop lives it, over a range of days: ``at`` a day is the time at its end."""

    start: int
    passed: Vector

    def at(self, day: ArrayLike) -> Vector:
        """Return the time at the end of days."""
        return np.asarray(self.passed[np.asarray(day) - self.start + 1])


@dataclass(frozen=True, eq=False)
class Season:
    """The logarithm of buying relative to an ordinary time, by period of the year and by day of the week.

    ``years`` is the length of the history it was learned from; zero when it was told or is flat.
    """

    period: Vector
    weekday: Vector
    years: float = 0.0

    @property
    def flat(self) -> bool:
        """Say whether every week of the year is like any other."""
        return not self.period.any()

    def clock(self, first: int, last: int) -> Clock:
        """Return the clock of the days from ``first`` to ``last``."""
        days = np.arange(first, last + 1)
        speed = np.exp(self.period[period_of(days) % PERIODS] + self.weekday[days % 7])
        return Clock(first, np.append(0.0, np.cumsum(speed)))


FLAT = Season(np.zeros(PERIODS), np.zeros(7))


def period_of(day: Indices) -> Indices:
    """Number the periods since 1970; the remainder by ``PERIODS`` is the period of the year."""
    return np.floor(np.asarray(day) / LENGTH).astype(np.int64)


def told(season: "Season | Mapping[int, float] | Sequence[float] | None") -> Season:
    """Read a known season: factors by month (1 to 12, missing ones are 1), or 12 or 52 factors from January on."""
    if season is None:
        return FLAT
    if isinstance(season, Season):
        return season
    factors = [season.get(m, 1.0) for m in range(1, 13)] if isinstance(season, Mapping) else list(season)
    values = np.asarray(factors, dtype=np.float64)
    if len(values) not in (12, PERIODS) or not np.all(np.isfinite(values) & (values > 0)):
        raise UnusableInput(_BAD_SEASON)
    if len(values) == 12:
        values = values[((np.arange(PERIODS) + 0.5) / PERIODS * 12).astype(np.int64)]
    return Season(_around_one(np.log(values)), np.zeros(7))


def learn(first: Indices, customer: Indices, day: Indices, as_of: int, known: Season = FLAT) -> Season:
    """Learn the season from purchase days, shrunk towards the season ``known`` by how little they say.

    ``first`` is each customer's first day; ``customer`` and ``day`` are the purchase days before ``as_of``. With less
    than a whole year nothing can be told apart from growth and decay: what is known is returned as it is.
    """
    start = int(first.min(initial=as_of))
    years = (as_of - start) / YEAR
    if years < 1.0:
        return known
    cells = _cells(first, customer, day, as_of)
    if not cells.bought.sum():
        return known
    return Season(_periods(cells, known.period), _weekdays(first, customer, day), years)


@dataclass(frozen=True)
class _Cells:
    """Purchase days by the period of the first purchase and the period of the purchase, later ones only."""

    period: Indices  # of the year
    age: Indices  # class of
    watched: Vector  # customers times the share of the period that lies before the instant
    bought: Vector
    seen: Vector  # how many years each period of the year was watched


def _cells(first: Indices, customer: Indices, day: Indices, as_of: int) -> _Cells:
    begin, end = int(period_of(first.min())), int(period_of(np.asarray(as_of - 1)))
    size = end - begin + 1
    cohort = period_of(first) - begin
    people = np.bincount(cohort, minlength=size)
    place = cohort[customer] * size + period_of(day) - begin
    bought = np.bincount(place, minlength=size * size).reshape(size, size)
    came, at = np.nonzero((np.arange(size) > np.arange(size)[:, None]) & (people > 0)[:, None])
    share = np.ones(size)
    share[-1] = np.clip((as_of - (begin + size - 1) * LENGTH) / LENGTH, 0.0, 1.0)
    edges = np.unique(np.round(np.geomspace(1, size + 1, AGE_CLASSES)))
    year = (np.arange(size) + begin) % PERIODS
    return _Cells(
        year[at],
        np.searchsorted(edges, at - came, side="right") - 1,
        people[came] * share[at],
        bought[came, at].astype(np.float64),
        np.bincount(year[1:], share[1:], PERIODS).astype(np.float64),
    )


def _periods(cells: _Cells, known: Vector) -> Vector:
    """Fit ages and periods in turn; a period moves away from what is known by how sure its deviation is."""
    period, ages = known.copy(), int(cells.age.max()) + 1
    total = cells.bought.sum() / cells.watched.sum()
    by_age, by_period = np.bincount(cells.age, cells.bought, ages), np.bincount(cells.period, cells.bought, PERIODS)
    spread, noise = 0.04, 1.0
    for _ in range(ROUNDS):
        exposed = np.bincount(cells.age, cells.watched * np.exp(period[cells.period]), ages)
        rate = (by_age + 0.5) / (exposed + 0.5 / total)
        flat = cells.watched * rate[cells.age]
        expected = np.bincount(cells.period, flat, PERIODS)
        away = np.log((by_period + 0.5) / (expected + 0.5)) - known
        doubt = noise / np.maximum(expected, 1e-9) + ONE_OFF**2 / np.maximum(cells.seen, 1e-9)
        sure = doubt < 1.0
        spread = max(float(np.mean(away[sure] ** 2 - doubt[sure])) if sure.any() else 0.0, LEAST_SPREAD**2)
        period = _around_one(known + away * spread / (spread + doubt))
        mean = flat * np.exp(period[cells.period])
        noise = max(1.0, float(np.mean((cells.bought - mean) ** 2 / np.maximum(mean, 0.1))))
    return period


def _weekdays(first: Indices, customer: Indices, day: Indices) -> Vector:
    """Compare repeat purchases by day of the week; 1970-01-01, day 0, was a Thursday."""
    again = day > first[customer]
    counts = np.bincount(day[again] % 7, minlength=7) + 1.0
    return np.asarray(np.log(np.maximum(counts / counts.mean(), QUIETEST)), dtype=np.float64)


def _around_one(logs: Vector) -> NDArray[np.float64]:
    """Shift logarithms so that the mean of what they stand for is one."""
    return np.asarray(logs - np.log(np.mean(np.exp(logs))))


_BAD_SEASON = Text(
    "A season is 12 monthly or 52 weekly factors above zero, or a month-to-factor dictionary.",
    "季节须为 12 个月度或 52 个周度的正系数，或“月份: 系数”字典。",
)
