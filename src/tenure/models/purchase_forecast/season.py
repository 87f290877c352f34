"""The seasons of buying: how much faster the clock of a shop runs in some weeks of the year than in others.

Measured on what known customers do, not on sales: a shop that wins customers sells more every month without any
season. Weekly purchases are set against what customers of that age usually buy; what is left over, week of the year
by week of the year, is the season. Models then count time by a clock that runs at the season's speed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tenure.kit.i18n import Text
from tenure.models.base import Indices, UnusableInput, Vector

YEAR = 365.2425
PERIODS = 52  # of the year, a week and half an hour each
LENGTH = YEAR / PERIODS
MONTH = 4  # periods
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

    def day_at(self, time: ArrayLike) -> int:
        """Return the first day that ends after a time."""
        return int(np.searchsorted(self.passed[1:], time, side="right")) + self.start


@dataclass(frozen=True, eq=False)
class Season:
    """The logarithm of buying relative to an ordinary time, by period of the year and by day of the week.

    ``years`` is the length of the history it was learned from, zero when it was told or is flat; ``doubt`` the variance
    that the logarithm of each month (four periods) still has.
    """

    period: Vector
    weekday: Vector
    years: float = 0.0
    doubt: Vector = field(default_factory=lambda: np.zeros(PERIODS // MONTH))

    @property
    def flat(self) -> bool:
        """Say whether every week of the year is like any other."""
        return not self.period.any()

    def doubt_of(self, first: int, last: int) -> float:
        """Return the variance of the logarithm of all buying from ``first`` to ``last`` that the season leaves open."""
        days = np.arange(first, last + 1)
        speed = np.exp(self.period[period_of(days) % PERIODS])
        share = np.bincount(period_of(days) % PERIODS // MONTH, speed, PERIODS // MONTH) / speed.sum()
        return float(np.dot(share**2, self.doubt))

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
    if isinstance(season, Mapping):
        by_month = {int(month): factor for month, factor in season.items()}
        season = [by_month.get(month, 1.0) for month in range(1, 13)]
    values = np.asarray(season, dtype=np.float64)
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
    period, doubt = _periods(cells, known.period)
    return Season(period, _weekdays(first, customer, day), years, doubt)


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


def _periods(cells: _Cells, known: Vector) -> tuple[Vector, Vector]:
    """Fit ages and periods in turn: first the months move away from what is known, then the weeks from their months.

    Each moves by how sure its deviation is (empirical Bayes): months hold more purchases and are believed sooner.
    """
    period, ages = known.copy(), int(cells.age.max()) + 1
    total = cells.bought.sum() / cells.watched.sum()
    by_age = np.bincount(cells.age, cells.bought, ages)
    by_period = _by_period(cells, cells.bought)
    noise = 1.0
    for _ in range(ROUNDS):
        exposed = np.bincount(cells.age, cells.watched * np.exp(period[cells.period]), ages)
        rate = (by_age + 0.5) / (exposed + 0.5 / total)
        flat = cells.watched * rate[cells.age]
        expected = _by_period(cells, flat * np.exp(known[cells.period]))
        seen = _by_month(cells.seen)
        by_month, doubt = _shrunk(_by_month(by_period), _by_month(expected), noise, seen)
        months = np.repeat(by_month, MONTH)
        weeks, _ = _shrunk(by_period, expected * np.exp(months), noise, cells.seen)
        period = _around_one(known + months + weeks)
        mean = flat * np.exp(period[cells.period])
        noise = max(1.0, float(np.mean((cells.bought - mean) ** 2 / np.maximum(mean, 0.1))))
    return period, doubt


def _shrunk(bought: Vector, expected: Vector, noise: float, seen: Vector) -> tuple[Vector, Vector]:
    """Return the logarithms of factors drawn to one by how little each says, and the variances they still have.

    Factors are Gamma with mean one (empirical Bayes): their spread is what differences exceed chance by, and chance is
    ``noise`` times Poisson and, once for every year seen, whatever happens only once.
    """
    expected = np.maximum(expected, 1e-9)
    chance = noise + ONE_OFF**2 * expected / np.maximum(seen, 1e-9)
    beyond = np.sum((bought - expected) ** 2 - chance * expected) / np.sum(expected**2)
    spread = max(float(beyond), LEAST_SPREAD**2)
    factor = (bought * spread + chance) / (expected * spread + chance)
    return np.asarray(np.log(factor)), np.asarray(spread * chance / (expected * spread + chance) / factor)


def _by_period(cells: _Cells, column: Vector) -> Vector:
    return np.bincount(cells.period, column, PERIODS).astype(np.float64)


def _by_month(column: Vector) -> Vector:
    return np.asarray(column.reshape(-1, MONTH).sum(axis=1))


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
