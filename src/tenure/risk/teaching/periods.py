"""At which past instants a model is taught and at which it is tested, so that no test sees its own future."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST_STEP = 14  # days between instants: closer ones repeat each other
LONGEST_STEP = timedelta(days=30)  # where the history is long, the lessons span a year rather than crowd its end
MOST_LESSONS = 13  # a year of months: every season is seen once


@dataclass(frozen=True)
class Periods:
    """Past instants whose outcome is known, newest first; the newest is the exam."""

    instants: tuple[datetime, ...]
    outcome: timedelta

    @property
    def exam(self) -> datetime | None:
        """Return the instant a model is judged at."""
        return self.instants[0] if self.instants else None

    @property
    def lessons(self) -> tuple[datetime, ...]:
        """Return the instants the judged model learned from."""
        return () if self.exam is None else self.before(self.exam)

    def before(self, origin: datetime) -> tuple[datetime, ...]:
        """Return the instants whose outcome was complete at an origin: what a model trained that day could learn from."""
        return tuple(one for one in self.instants if one + self.outcome <= origin)[:MOST_LESSONS]


def rolling(first: datetime, as_of: datetime, outcome_days: int, look_back_days: int) -> Periods:
    """Return the latest instant whose outcome is known, and earlier ones at even steps, each with ``look_back_days`` behind it.

    The exam is what would have happened in earnest: a model trained that day on what was known that day.
    """
    outcome = timedelta(days=outcome_days)
    earliest = first + timedelta(days=look_back_days)
    step = timedelta(days=max(outcome_days // 2, SHORTEST_STEP))
    if (as_of - outcome - earliest) / step > MOST_LESSONS:
        step = max(step, LONGEST_STEP)
    instants: list[datetime] = []
    instant = as_of - outcome
    while instant >= earliest and len(instants) < MOST_LESSONS + -(-outcome // step):
        instants.append(instant)
        instant -= step
    return Periods(tuple(instants), outcome)
