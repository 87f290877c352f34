"""How long it takes to buy again: the Kaplan-Meier curve of the second order."""

from dataclasses import dataclass

import ibis
import numpy as np

from tenure.metrics import activity, dimensions, intervals
from tenure.metrics.periods import seen_until
from tenure.warehouse.history import History


@dataclass(frozen=True)
class CurvePoint:
    """By ``day`` days after the first purchase, this share has bought on a second day; ``at_risk`` were followed so long."""

    day: int
    probability: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True)
class SecondOrder:
    """The curve, the ``n`` customers it is made from, and the days by which a quarter and half have come back."""

    points: tuple[CurvePoint, ...]
    n: int
    quarter_by: int | None
    half_by: int | None


def second_order(history: History, by: str | None = None, segment: str | None = None) -> SecondOrder:
    """Estimate the probability of a second purchase day by days since the first, of a segment or of everybody."""
    dimension = None if by is None else dimensions.for_metric(by, by_order=True)
    days = activity.of(history, dimension)
    customers = days.table if segment is None else days.table.filter(days.table.segment == segment)
    # Days are whole: who first bought yesterday has been followed for no full day yet.
    followed = days.index(seen_until(history)) - 1 - customers["first"]
    wait = customers.second - customers["first"]
    waits = customers.select(time=ibis.coalesce(wait, followed), event=wait.notnull())
    found = history.lake.read(waits.group_by("time", "event").aggregate(n=waits.count()))
    time, event, n = (found[name].to_numpy().astype(np.float64) for name in ("time", "event", "n"))
    curve = intervals.kaplan_meier(time, event, n)
    points = tuple(
        CurvePoint(int(t), float(p), float(lo), float(hi), int(r)) for t, p, lo, hi, r in zip(*curve, strict=True)
    )
    return SecondOrder(points, int(n.sum()), _reached(points, 0.25), _reached(points, 0.5))


def _reached(points: tuple[CurvePoint, ...], share: float) -> int | None:
    return next((point.day for point in points if point.probability >= share), None)
