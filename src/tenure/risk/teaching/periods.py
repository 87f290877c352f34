"""At which past instants a model is taught and at which it is tested, so that no test sees its own future."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST_STEP, USUAL_STEP = timedelta(days=14), timedelta(days=30)  # between instants: closer ones repeat each other
ENOUGH = 4  # instants a step must leave room for; where the history is too short for that, half a window will do
YEAR_OF_LESSONS = timedelta(days=400)  # every season is seen once; older customers were other customers
MOST_LESSONS = 13


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
    earliest, exam = first + timedelta(days=look_back_days), as_of - outcome
    step = max(outcome, USUAL_STEP)
    if exam - ENOUGH * step < earliest:
        step = max(outcome // 2, SHORTEST_STEP)
    earliest = max(earliest, exam - outcome - YEAR_OF_LESSONS)
    count = int((exam - earliest) / step) + 1 if exam >= earliest else 0
    return Periods(tuple(exam - number * step for number in range(count)), outcome)
