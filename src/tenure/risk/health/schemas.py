"""Health on the wire."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from tenure.kit import i18n
from tenure.kit.http import Text
from tenure.risk.factors import story_label
from tenure.risk.health.change import MODEL, parts
from tenure.risk.health.points import LABELS
from tenure.risk.health.reading import Bin, Course, Point

_MODEL = i18n.Text("The model and its calibration", "模型及其校准")


class HealthPart(BaseModel):
    """What one story gives or takes, in points of health."""

    factor: str
    label: Text
    points: float


class HealthPoint(BaseModel):
    """Both scores as of one refresh."""

    as_of: datetime
    health: float
    low: float | None
    high: float | None
    points: float | None
    model: str
    model_version: str


class HealthChange(BaseModel):
    """What moved health since the refresh before; the parts add up to the change. The stories are associations, not causes."""

    since: datetime
    before: float
    after: float
    change: float
    parts: list[HealthPart]
    model_changed: bool


class CustomerHealth(BaseModel):
    """One customer's health: where it stands, its course, what moved it, and the points beside it."""

    current: HealthPoint | None
    history: list[HealthPoint]
    change: HealthChange | None
    points_parts: list[HealthPart]

    @classmethod
    def of(cls, course: Course) -> Self:
        """Put a course on the wire."""
        points = {point.as_of: point for point in course.points}
        history = [_point(point, points) for point in course.health]
        latest = course.points[-1].parts if course.points else {}
        return cls(
            current=history[-1] if history else None,
            history=history,
            change=None if len(course.health) < 2 else _change(course.health[-2], course.health[-1]),
            points_parts=[_part(name, value, LABELS) for name, value in latest.items()],
        )


class HealthBin(BaseModel):
    """How many customers have a score in a range, by either score."""

    model_config = ConfigDict(from_attributes=True)

    low: float
    high: float
    health: int
    points: int


class HealthBand(BaseModel):
    """Customers with neighbouring scores: their mean score, and the share that left."""

    score: float
    left: float
    n: int


class ScoreQuality(BaseModel):
    """How well one score told who would leave: ranking, and what happened band by band."""

    auc: float
    auc_error: float | None
    bands: list[HealthBand]


class HealthComparison(BaseModel):
    """Both scores on the same customers at the same past instant."""

    as_of: datetime
    customers: int
    base_rate: float
    health: ScoreQuality
    points: ScoreQuality


class Health(BaseModel):
    """How everybody stands, how the two scores compared, and the weights of the points."""

    bins: list[HealthBin]
    comparison: HealthComparison | None
    weights: dict[str, float]

    @classmethod
    def of(
        cls, bins: Sequence[Bin], compared: tuple[dict[str, object], datetime] | None, weights: Mapping[str, float]
    ) -> Self:
        """Put the whole picture on the wire."""
        told = None if compared is None else HealthComparison.model_validate({**compared[0], "as_of": compared[1]})
        return cls(bins=[HealthBin.model_validate(one) for one in bins], comparison=told, weights=dict(weights))


class WeightsChange(BaseModel):
    """Weights of the points score to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    weights: dict[str, float]


def _point(point: Point, points: Mapping[datetime, Point]) -> HealthPoint:
    beside = points.get(point.as_of)
    return HealthPoint(
        as_of=point.as_of.replace(tzinfo=UTC), health=point.value, low=point.low, high=point.high,
        points=None if beside is None else beside.value, model=point.model, model_version=point.version,
    )  # fmt: skip


def _change(before: Point, after: Point) -> HealthChange:
    found = parts(before.value, after.value, before.parts, after.parts)
    return HealthChange(
        since=before.as_of.replace(tzinfo=UTC),
        before=before.value,
        after=after.value,
        change=after.value - before.value,
        parts=[
            HealthPart(
                factor=part.factor,
                label=Text.of(_MODEL if part.factor == MODEL else story_label(part.factor)),
                points=part.points,
            )
            for part in found
        ],
        model_changed=(before.model, before.version) != (after.model, after.version),
    )


def _part(name: str, value: float, labels: Mapping[str, i18n.Text]) -> HealthPart:
    return HealthPart(factor=name, label=Text.of(labels.get(name, i18n.Text(name, name))), points=value)
