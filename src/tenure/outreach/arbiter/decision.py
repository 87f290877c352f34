"""What the gate answers, and each step that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal["send", "defer", "substitute", "drop"]
Gate = Literal["address", "consent", "suppression", "hold_out", "hours", "cap", "priority", "budget", "stale", "merge"]
Verdict = Literal["pass", "wait", "stop", "bypass"]
Value = str | int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One gate on one channel: what it said, the code of the reason, and the values it looked at."""

    gate: Gate
    channel: str
    verdict: Verdict
    code: str
    values: Mapping[str, Value]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer: over which channel to send, or until when to wait; ``next_eligible`` is None when never."""

    outcome: Outcome
    channel: str
    at: datetime
    policy: str
    steps: tuple[Step, ...]
    until: datetime | None = None

    @property
    def next_eligible(self) -> datetime | None:
        """Return when the contact may be made: now, later, or never."""
        if self.outcome in ("send", "substitute"):
            return self.at
        return self.until

    @property
    def reason(self) -> Step:
        """Return the step that decided: the last that closed the channel asked for, or the last of all."""
        asked = self.steps[0].channel
        closed = [step for step in self.steps if step.channel == asked and step.verdict in ("stop", "wait")]
        return closed[-1] if closed and self.outcome != "send" else self.steps[-1]
