"""What is asked of the gate, and what is known of the customer when it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Literal

ConsentState = Literal["granted", "withdrawn", "pending"]
ANY = "any"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ask:
    """A contact somebody wants to make; a greater ``priority`` goes first.

    ``substitutes`` are channels to try, in their order, when this one is closed. After ``stale_after`` the message
    has nothing to say any more.
    """

    customer_id: str
    channel: str
    purpose: str
    category: str = ""
    tags: frozenset[str] = frozenset()
    priority: int = 0
    transactional: bool = False
    cost: Decimal = NOTHING
    costs: Mapping[str, Decimal] = field(default_factory=dict)
    substitutes: tuple[str, ...] = ()
    stale_after: datetime | None = None

    def cost_over(self, channel: str) -> Decimal:
        """Return what the contact costs over a channel."""
        return self.costs.get(channel, self.cost)


@dataclass(frozen=True, slots=True)
class ConsentWord:
    """What a customer said of a purpose over a channel, and when; ``any`` speaks of all."""

    purpose: str
    channel: str
    state: ConsentState
    at: datetime
    basis: str = "consent"
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """A reason never to use an address; ``any`` closes every channel."""

    channel: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that was made, or will be: ``at`` is when."""

    at: datetime
    channel: str
    category: str = ""
    tags: frozenset[str] = frozenset()
    priority: int = 0
    transactional: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything the gate may know of a customer at the moment of asking.

    ``made`` are contacts made (those of which nobody knows whether they arrived included), ``planned`` those asked
    for and due later; ``spent`` what has been spent of each budget in its present period.
    """

    reachable: frozenset[str]
    consents: tuple[ConsentWord, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    held_out: str | None = None
    zone: tzinfo = UTC
    country: str | None = None
    made: tuple[Contact, ...] = ()
    planned: tuple[Contact, ...] = ()
    spent: Mapping[str, Decimal] = field(default_factory=dict)
