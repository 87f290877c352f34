"""A published message is asked for, to many customers; or rehearsed: what the gate and the words would make of it now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import Conflict
from tenure.kit.i18n import Text
from tenure.outreach.content import kept, service
from tenure.outreach.content.compose import edition
from tenure.outreach.content.tables import Message
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import Leased, NewSend

AT_ONCE = 1000
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Asking:
    """Which message, over which channel, to whom, and what all of them are given with it."""

    message: str
    channel: str
    customer_ids: Sequence[str]
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """What would become of some sends: what the gate says, why, for how many, and some of them."""

    outcome: str
    reason: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, who: str) -> None:
        """Count one more customer."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(who)


def ask(session: Session, asking: Asking, actor: Principal, now: datetime) -> int:
    """Ask for a message to customers; returns how many of them it was not asked for before."""
    row = _ready(session, asking)
    asked = 0
    for some in _parts(asking.customer_ids):
        wanted = NewSend(
            row.id,
            asking.channel,
            some,
            row.purpose,
            now,
            actor.id,
            category=row.category,
            tags=frozenset(row.tags),
            transactional=row.transactional,
            parameters=asking.given,
        )
        asked += ledger.ask(session, wanted, now)
    return asked


def rehearse(session: Session, gate: Gate, asking: Asking, now: datetime) -> list[Outcome]:
    """Say what the gate and the words would make of each send now; nothing is asked for and nothing is kept."""
    row = _ready(session, asking)
    found: dict[tuple[str, str], Outcome] = {}

    def count(who: str, outcome: str, reason: str) -> None:
        found.setdefault((outcome, reason), Outcome(outcome, reason)).add(who)

    for some in _parts(asking.customer_ids):
        prepared = gate.prepare([_imagined(row, asking, who) for who in some], now)
        for ready in prepared.ready:
            count(ready.send.customer_id, "send", "")
        for stayed in prepared.stays:
            count(stayed.id, *_why(stayed.details))
    return sorted(found.values(), key=lambda one: -one.count)


def _ready(session: Session, asking: Asking) -> Message:
    row = service.find(session, asking.message)
    if row.published is None:
        raise Conflict(
            Text("“{name}” is not published.", "“{name}”尚未发布。").fill(name=row.name),
            remedy=Text("Publish it first.", "请先发布。"),
        )
    edition(session, row.id, row.published, kept.brand(session).language).wording.language(asking.channel, "")
    return row


def _why(details: Mapping[str, object]) -> tuple[str, str]:
    unwritten = details.get("unwritten")
    if isinstance(unwritten, Mapping):
        return "held", f"{unwritten['code']}: {unwritten['en']}"
    steps = details.get("steps")
    closed = [step for step in steps if step["verdict"] in ("stop", "wait")] if isinstance(steps, list) else []
    return str(details["outcome"]), str(closed[-1]["code"]) if closed else ""


def _imagined(row: Message, asking: Asking, who: str) -> Leased:
    return Leased(
        id=who,
        message=row.id,
        step="",
        customer_id=who,
        channel=asking.channel,
        via=asking.channel,
        purpose=row.purpose,
        category=row.category,
        tags=frozenset(row.tags),
        priority=0,
        transactional=row.transactional,
        cost=Decimal(0),
        substitutes=(),
        stale_after=None,
        parameters=asking.given,
        attempts=0,
    )


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
