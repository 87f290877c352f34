"""What somebody asks for, and what they take back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tenure.outreach.sending.audience import Meant


@dataclass(frozen=True, slots=True)
class Asking:
    """A published message asked for, over a channel, to whom, and how.

    A customer gets a message once on an ``occasion``. A ``version`` that is named goes out whatever is published later.
    ``transactional`` lets it past consent, hours and caps; that needs a ``reason``, which the audit log keeps.
    """

    message: str
    channel: str
    to: Meant
    given: Mapping[str, object] = field(default_factory=dict)
    version: int | None = None
    occasion: str = ""
    purpose: str | None = None
    due_at: datetime | None = None
    stale_after: datetime | None = None
    priority: int = 0
    substitutes: tuple[str, ...] = ()
    transactional: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Once:
    """A key that makes the same request one dispatch however often it comes, and what the request was."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Recalling:
    """What is taken back: a message, on one occasion or all, over one channel or all."""

    message: str
    occasion: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was taken back: sends that waited, dispatches that were stopped, and customers these had not come to."""

    sends: int
    dispatches: int
    not_reached: int
