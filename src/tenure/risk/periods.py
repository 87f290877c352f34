"""At which past instants a model is taught and at which it is tested, so that no test sees its own future."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_LESSONS = 3


@dataclass(frozen=True)
class Periods:
    """The instants predictions are practised at: ``lessons`` to learn from, ``exam`` to be judged at."""

    lessons: tuple[datetime, ...]
    exam: datetime | None


def rolling(first: datetime, as_of: datetime, outcome_days: int, look_back_days: int) -> Periods:
    """Return the latest instant whose outcome is known as the exam, and earlier ones as lessons.

    A lesson's outcome is complete by the exam's instant, so that the exam is what would have happened in
    earnest: a model trained that day on what was known that day. Every instant has ``look_back_days`` behind it.
    """
    outcome = timedelta(days=outcome_days)
    earliest = first + timedelta(days=look_back_days)
    exam = as_of - outcome
    if exam < earliest:
        return Periods((), None)
    lessons: list[datetime] = []
    lesson = exam - outcome
    step = timedelta(days=max(outcome_days // 2, 14))
    while lesson >= earliest and len(lessons) < MOST_LESSONS:
        lessons.append(lesson)
        lesson -= step
    return Periods(tuple(lessons), exam)
