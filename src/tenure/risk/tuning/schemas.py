"""Signals on the wire."""

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel

from tenure.kit.http import Text
from tenure.risk.signals.signal import Kind, Unit
from tenure.risk.tuning.tuned import Tuned


class SignalThreshold(BaseModel):
    """The one number a signal is tuned by, where it stands, and how far it may go."""

    value: float
    standard: float
    low: float
    high: float
    unit: Unit
    meaning: Text


class SignalFigures(BaseModel):
    """How good a signal was on past instants of the lake.

    ``precision`` is the share of customers it spoke of who left within the window, ``base_rate`` that of customers it
    was silent about, ``alike_rate`` that of those among them who were as active; ``lift`` is precision over the latter.
    ``false_alerts_a_month`` the share of those who stayed that it spoke of in a month; ``lead_days``
    the median days from the signal to the day the customer counted as gone.
    """

    as_of: datetime
    instants: int
    customers: int
    alerts: int
    precision: float | None
    precision_low: float | None
    precision_high: float | None
    base_rate: float | None
    alike_rate: float | None
    lift: float | None
    lift_low: float | None
    lift_high: float | None
    recall: float | None
    false_alerts_a_month: float | None
    lead_days: float | None
    alerts_a_week: float


class SignalHappened(BaseModel):
    """What became of customers after this signal was really raised, once the churn window had passed."""

    alerts: int
    left: int
    share: float
    low: float
    high: float


class SignalAdvice(BaseModel):
    """Whether to keep, tune or turn off a signal, and why."""

    verdict: Literal["keep", "tune", "off", "unknown"]
    reason: Text


class Signal(BaseModel):
    """One thing that can go wrong, as the workspace has it."""

    name: str
    label: Text
    meaning: Text
    basis: Text
    suggestion: Text
    kind: Kind
    reads: list[str]
    enabled: bool
    threshold: SignalThreshold
    changed_at: datetime | None
    back_test: SignalFigures | None
    happened: SignalHappened | None
    advice: SignalAdvice
    outcomes: dict[str, int]
    alerts_a_week_per_owner: float

    @classmethod
    def of(cls, tuned: Tuned) -> Self:
        """Put a signal on the wire."""
        signal, limits = tuned.signal, tuned.signal.threshold
        return cls(
            **{name: Text.of(getattr(signal, name)) for name in ("label", "meaning", "basis", "suggestion")},
            name=signal.name,
            kind=signal.kind,
            reads=list(signal.reads),
            enabled=tuned.enabled,
            threshold=SignalThreshold(
                value=tuned.threshold, standard=limits.value, low=limits.low, high=limits.high, unit=limits.unit,
                meaning=Text.of(limits.meaning),
            ),
            changed_at=tuned.changed_at,
            back_test=SignalFigures.model_validate(tuned.figures) if tuned.figures else None,
            happened=SignalHappened.model_validate(tuned.happened) if tuned.happened else None,
            advice=SignalAdvice(verdict=tuned.advice.verdict, reason=Text.of(tuned.advice.reason)),
            outcomes=dict(tuned.outcomes),
            alerts_a_week_per_owner=tuned.weekly,
        )  # fmt: skip


class SignalChange(BaseModel):
    """What is to change about a signal; what is left out stays."""

    enabled: bool | None = None
    threshold: float | None = None
