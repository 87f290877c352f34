"""The card that travels with a fitted model: what it is, what it learned from, how it did, where it ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tenure.kit.i18n import Text


@dataclass(frozen=True)
class ModelCard:
    """What a reader must know before trusting a model.

    Times are naive UTC; windows are half-open. ``test`` holds figures measured on customers or periods the model had
    not seen; ``limits`` says where its answers should not be used.
    """

    name: str
    version: str
    purpose: Text
    trained_on: Text
    trained_at: datetime
    customers: int
    as_of: datetime | None = None
    outcome_window_days: int | None = None
    snapshot: int | None = None
    test: Mapping[str, float] = field(default_factory=dict)
    limits: tuple[Text, ...] = ()
    warnings: tuple[str, ...] = ()
