"""Health as the lake keeps it: one customer's course, and how everybody stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import ibis

from tenure.risk.health.score import NAME, POINTS_NAME
from tenure.warehouse import glossary
from tenure.warehouse.history import History

MOST_POINTS = 400  # of a course: a year of days
BIN = 5


@dataclass(frozen=True)
class Point:
    """One score of one instant."""

    as_of: datetime
    value: float
    low: float | None
    high: float | None
    parts: Mapping[str, float]
    model: str
    version: str


@dataclass(frozen=True)
class Course:
    """One customer's health and points, the oldest first."""

    health: Sequence[Point]
    points: Sequence[Point]


@dataclass(frozen=True)
class Bin:
    """How many customers have a score in a range."""

    low: float
    high: float
    health: int
    points: int


def course(history: History, customer_id: str) -> Course:
    """Return one customer's scores up to the history's instant."""
    scores = history.table("scores")
    mine = scores.filter(
        scores.customer_id == customer_id, scores.name.isin([NAME, POINTS_NAME]), scores.value.notnull()
    )
    rows = history.lake.read(
        mine.order_by(ibis.desc("as_of"), ibis.desc("recorded_at"), "score_id").limit(2 * MOST_POINTS)
    ).to_pylist()
    newest: dict[tuple[str, datetime], Point] = {}
    for row in rows:  # of scores merged into one customer the newest of an instant counts
        newest.setdefault((row["name"], row["as_of"]), _point(row))
    return Course(*(_in_order(newest, name) for name in (NAME, POINTS_NAME)))


def bins(history: History) -> list[Bin]:
    """Return how many customers stand where, by both scores of the last refresh."""
    counted: dict[str, dict[int, int]] = {}
    for name in (NAME, POINTS_NAME):
        rows = glossary.latest_scores(history, name)
        place = (rows.value / BIN).floor().clip(lower=0, upper=100 // BIN - 1).cast("int64")
        found = history.lake.read(
            rows.group_by(place=place).aggregate(customers=rows.count()).filter(lambda t: t.place.notnull())
        )
        counted[name] = dict(zip(found["place"].to_pylist(), found["customers"].to_pylist(), strict=True))
    return [
        Bin(place * BIN, (place + 1) * BIN, counted[NAME].get(place, 0), counted[POINTS_NAME].get(place, 0))
        for place in range(100 // BIN)
    ]


def _in_order(found: Mapping[tuple[str, datetime], Point], name: str) -> list[Point]:
    return sorted((point for (of, _), point in found.items() if of == name), key=lambda point: point.as_of)


def _point(row: Mapping[str, object]) -> Point:
    parts = json.loads(str(row["reasons"])) if row["reasons"] else {}
    as_of, value, low, high = row["as_of"], row["value"], row["low"], row["high"]
    assert isinstance(as_of, datetime)
    assert isinstance(value, float)
    return Point(
        as_of, value, low if isinstance(low, float) else None, high if isinstance(high, float) else None,
        {str(name): float(part) for name, part in parts.items()}, str(row["model"]), str(row["model_version"]),
    )  # fmt: skip
