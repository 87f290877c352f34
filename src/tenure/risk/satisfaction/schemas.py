"""Satisfaction against retention on the wire."""

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel

from tenure.kit.http import Text
from tenure.risk.tables import Refresh


class Interval(BaseModel):
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


class ScoreBand(BaseModel):
    """A part of the scale: who gave such a score, and which share of them stayed."""

    name: Literal["low", "middle", "high"]
    label: Text
    low_score: float
    high_score: float
    n: int
    stayed: int
    share: float | None
    low: float | None
    high: float | None


class ScoreGain(BaseModel):
    """What the score adds to behaviour, out of sample: AUC and log loss saved per customer."""

    n: int
    auc_behaviour: float
    auc: Interval
    log_loss: Interval


class Contradiction(BaseModel):
    """A customer who did not do what the score said."""

    customer_id: str
    score: float
    answered_at: datetime
    purchases_365: int


class ScoreKind(BaseModel):
    """One kind of score; ``auc`` is how often a stayer gave more than a leaver."""

    kind: Literal["nps", "csat", "ces", "review"]
    label: Text
    n: int
    stayed: int
    auc: Interval | None
    bands: list[ScoreBand]
    gain: ScoreGain | None
    verdict: Text
    satisfied_leavers: list[Contradiction]
    dissatisfied_stayers: list[Contradiction]


class Satisfaction(BaseModel):
    """How far each score predicts staying, as of past instants whose outcome is known."""

    as_of: datetime
    window_days: int
    look_back_days: int
    instants: list[datetime]
    kinds: list[ScoreKind]
    notes: list[Text]

    @classmethod
    def of(cls, refresh: Refresh) -> Self | None:
        """Put what a refresh found on the wire; None where an older release made it."""
        found = refresh.predictions.get("satisfaction")
        return None if not isinstance(found, dict) else cls.model_validate({**found, "as_of": refresh.as_of})
