"""A signal as the workspace has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tenure.risk.signals.signal import Signal
from tenure.risk.tuning.advice import Advice


@dataclass(frozen=True)
class Tuned:
    """A signal: on or off, its threshold, how good it was, what became of its alerts, and what is advised."""

    signal: Signal
    enabled: bool
    threshold: float
    changed_at: datetime | None
    figures: Mapping[str, object] | None
    happened: Mapping[str, object] | None
    outcomes: Mapping[str, int]
    weekly: float
    advice: Advice
