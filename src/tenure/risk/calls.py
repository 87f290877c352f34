"""The call list as it is read: who, what is at stake, why, and who was left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tenure.kit.i18n import Text


@dataclass(frozen=True)
class Excluded:
    """How many candidates are not on the list, and why."""

    no_consent: int
    no_contact: int
    nobody_has_contact: bool


@dataclass(frozen=True)
class Call:
    """One customer worth a call: what is at stake, why, and a suggested step."""

    rank: int
    customer_id: str
    name: str | None
    email: str | None
    phone: str | None
    tier: str | None
    churn_risk: float
    value_at_stake: float | None
    expected_loss: float | None
    reasons: tuple[Text, ...]
    suggestion: Text
    last_order_at: datetime | None


@dataclass(frozen=True)
class CallList:
    """A page of the call list; ``risk`` says what the risk is the probability of, ``notes`` what to mind."""

    calls: Sequence[Call]
    excluded: Excluded
    next_rank: int | None
    risk: Text | None
    notes: tuple[Text, ...]
