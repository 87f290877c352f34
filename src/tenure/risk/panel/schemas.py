"""One customer's risk on the wire."""

from datetime import UTC, datetime
from typing import Self

from pydantic import BaseModel

from tenure.kit.http import Text
from tenure.risk.factors import story_label
from tenure.risk.health.change import MODEL, parts
from tenure.risk.health.reading import Point
from tenure.risk.health.score import BASE
from tenure.risk.model_names import label_of
from tenure.risk.panel.reading import Risk


class RiskPoint(BaseModel):
    """The risk at one instant, and the model that said so; ``model_label`` is what people call its kind."""

    as_of: datetime
    risk: float
    low: float | None
    high: float | None
    model: str
    model_label: Text
    version: str


class RiskReason(BaseModel):
    """One of the strongest reasons, in words."""

    factor: str
    effect: float
    text: Text


class Contribution(BaseModel):
    """What one story adds to the log-odds of leaving; all of them and the base add up to those of the risk."""

    factor: str
    label: Text
    effect: float


class RiskChangePart(BaseModel):
    """What one story did to the risk since last time; ``model`` is what no story explains."""

    factor: str
    label: Text
    change: float


class RiskChange(BaseModel):
    """How the risk moved since the score before; the parts add up to the change."""

    since: datetime
    before: float
    after: float
    parts: list[RiskChangePart]
    model_changed: bool


class RiskLowering(BaseModel):
    """What the risk would read if one story stood where it usually stands here: an association, not a cause."""

    factor: str
    label: Text
    risk: float
    change: float


class CustomerRisk(BaseModel):
    """One customer's risk: the course, the reasons, and what changed."""

    history: list[RiskPoint]
    reasons: list[RiskReason]
    base: float | None
    contributions: list[Contribution]
    change: RiskChange | None

    @classmethod
    def of(cls, found: Risk) -> Self:
        """Put one customer's risk on the wire."""
        newest = found.points[-1] if found.points else None
        told = {} if newest is None else dict(newest.parts)
        base = told.pop(BASE, None)
        ordered = sorted(told.items(), key=lambda pair: -abs(pair[1]))
        return cls(
            history=[_point(point) for point in found.points],
            reasons=[RiskReason.model_validate(reason) for reason in found.reasons],
            base=base,
            contributions=[Contribution(factor=name, label=_label(name), effect=effect) for name, effect in ordered],
            change=None if len(found.points) < 2 else _change(found.points[-2], found.points[-1]),
        )


class ExplainedRisk(CustomerRisk):
    """One customer's risk with what would lower it, the most first."""

    lowering: list[RiskLowering]


def _point(point: Point) -> RiskPoint:
    return RiskPoint(
        as_of=point.as_of.replace(tzinfo=UTC),
        risk=1 - point.value / 100,
        low=None if point.high is None else 1 - point.high / 100,
        high=None if point.low is None else 1 - point.low / 100,
        model=point.model,
        model_label=Text.of(label_of(point.model)),
        version=point.version,
    )


def _change(before: Point, after: Point) -> RiskChange:
    moved = parts(before.value, after.value, before.parts, after.parts)
    return RiskChange(
        since=before.as_of.replace(tzinfo=UTC),
        before=1 - before.value / 100,
        after=1 - after.value / 100,
        parts=[
            RiskChangePart(factor=part.factor, label=_label(part.factor), change=-part.points / 100)
            for part in moved
            if part.factor != MODEL or abs(part.points) > 1e-6
        ],
        model_changed=(before.model, before.version) != (after.model, after.version),
    )


def _label(name: str) -> Text:
    return Text(en="The model itself", zh="模型本身") if name == MODEL else Text.of(story_label(name))
