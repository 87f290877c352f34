"""Earlier days to learn from: what was seen of every buyer then, and what they did afterwards."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tenure.models.base import Vector
from tenure.models.purchase_forecast.buyers import Buyers
from tenure.models.purchase_forecast.plain import Answer, Plain, clock_of
from tenure.models.purchase_forecast.purchase_log import Outcome, PurchaseLog, outcome
from tenure.models.purchase_forecast.season import Season
from tenure.models.purchase_forecast.traits import traits

WEEK = 7
LEAST_DAYS = 28  # of history before a day that can be learned from
MOST_LESSONS = 4
FITTED_ON = 5_000  # customers that the plain model of a lesson is fitted to; its own day gets more
LEAST_ORDERS = 20  # in a lesson; fewer teach nothing


@dataclass(frozen=True)
class Plan:
    """How far ahead practice looks, and from which days, latest first."""

    practice: int
    origins: tuple[int, ...]


def plan(first_day: int, as_of: int, horizon: int) -> Plan:
    """Lay out practice inside a history.

    Practice looks as far ahead as the forecast, but not beyond a third of the history: a third to see customers, a
    third of different days to learn from, a third to see what followed.
    """
    span = as_of - first_day
    practice = min(horizon, max(span // 3 // WEEK * WEEK, WEEK))
    step = max(practice // 2, 2 * WEEK)
    least = max(LEAST_DAYS, span // 6)
    latest = as_of - practice
    return Plan(practice, tuple(day for k in range(MOST_LESSONS) if (day := latest - k * step) - first_day >= least))


@dataclass(frozen=True, eq=False)
class Lesson:
    """The buyers of one day: their traits, what the plain model expected of them, and what came."""

    traits: dict[str, Vector]
    plain: Answer
    came: Outcome


def lessons(log: PurchaseLog, practice: Plan, season: Season) -> list[Lesson]:
    """Return the lessons of a plan that hold enough orders, from models fitted to what was known on each day."""
    made = (lesson(log, origin, practice.practice, season) for origin in practice.origins)
    return [one for one in made if one.came.orders.sum() >= LEAST_ORDERS]


def lesson(log: PurchaseLog, origin: int, horizon: int, season: Season) -> Lesson:
    """Return what one day teaches about the ``horizon`` after it."""
    buyers = Buyers(log, origin)
    model = Plain.fit("pareto_nbd", buyers, season, FITTED_ON)
    seen = traits(buyers, clock_of(buyers, season), model.answer(buyers, horizon, ordinary=True))
    return Lesson(seen, model.answer(buyers, horizon), outcome(log, buyers.who, origin, horizon))


def joined(parts: list[Lesson], column: Callable[[Lesson], Vector]) -> Vector:
    """Put one column of several lessons behind each other."""
    return np.concatenate([column(part) for part in parts])
