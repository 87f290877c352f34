"""The verbs of sending: rehearse, ask, take back. Whoever asks is answered before anything is queued."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.consent import repository as consent
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.outreach.content import kept
from tenure.outreach.content import service as messages
from tenure.outreach.content.compose import edition
from tenure.outreach.content.tables import Message
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.ledger import repository as ledger
from tenure.outreach.ledger.asks import Leased, NewSend
from tenure.outreach.sending.forecast import Forecast, sample

AT_ONCE = 1000
LEAST_REASON = 5  # characters; a reason nobody can read is none


@dataclass(frozen=True, slots=True)
class Asking:
    """A published message asked for, over a channel, to whom, and how.

    A customer gets a message once on an ``occasion``. A ``version`` that is named goes out whatever is published later.
    ``transactional`` lets it past consent, hours and caps; that needs a ``reason``, which the audit log keeps.
    """

    message: str
    channel: str
    customer_ids: Sequence[str]
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
class Asked:
    """What was asked for: which message and version, to how many, and how many of them not before."""

    message: str
    version: int | None
    customers: int
    asked: int


def ask(session: Session, asking: Asking, actor: Principal, now: datetime) -> Asked:
    """Ask for a message to customers, and write down who did."""
    row = _ready(session, asking, now)
    transactional = _transactional(row, asking)
    due = max(asking.due_at or now, now)
    whole = NewSend(
        row.id, asking.channel, (), asking.purpose or row.purpose, due, actor.id,
        step=asking.occasion, category=row.category, tags=frozenset(row.tags), priority=asking.priority,
        transactional=transactional, substitutes=asking.substitutes, stale_after=asking.stale_after,
        parameters=asking.given, version=asking.version,
    )  # fmt: skip
    asked = sum(
        ledger.enqueue(session, replace(whole, customer_ids=some), now) for some in _parts(asking.customer_ids, AT_ONCE)
    )
    told = {
        "message": row.name, "version": asking.version, "channel": asking.channel, "occasion": asking.occasion,
        "customers": len(asking.customer_ids), "asked": asked, "due_at": due.isoformat(), "priority": asking.priority,
        "transactional": transactional, "reason": asking.reason.strip(),
    }  # fmt: skip
    audit.record(session, actor, audit.Change("sends.ask", "message", row.id, None, told), now)
    return Asked(row.id, asking.version, len(asking.customer_ids), asked)


def rehearse(session: Session, gate: Gate, asking: Asking, now: datetime) -> Forecast:
    """Say what the gate and the words would make of each send when it is due; nothing is asked for and nothing is kept.

    Of very many customers some are looked at, chosen by chance and the same each time.
    """
    row = _ready(session, asking, now)
    at = max(asking.due_at or now, now)
    looked_at = sample(asking.customer_ids)
    found = Forecast(len(asking.customer_ids), len(looked_at))
    for some in _parts(looked_at, AT_ONCE):
        before = ledger.asked_before(session, row.id, asking.occasion, asking.channel, some)
        for who in before:
            found.count(who, "before", "")
        rest = [who for who in some if who not in before]
        prepared = gate.prepare([_imagined(row, asking, who) for who in rest], at)
        for ready in prepared.ready:
            found.count(ready.send.customer_id, "send", "")
        for stayed in prepared.stays:
            found.stays(stayed)
    return found


@dataclass(frozen=True, slots=True)
class Recalling:
    """What is taken back: a message, on one occasion or all, over one channel or all."""

    message: str
    occasion: str | None = None
    channel: str | None = None


def recall(session: Session, wanted: Recalling, actor: Principal, now: datetime) -> int:
    """Take back what is still queued or held; what is on its way still arrives. Returns how many."""
    row = messages.find(session, wanted.message)
    taken = ledger.cancel(session, row.id, wanted.occasion, wanted.channel, actor.name, now)
    told = {"message": row.name, "occasion": wanted.occasion, "channel": wanted.channel, "recalled": taken}
    audit.record(session, actor, audit.Change("sends.recall", "message", row.id, None, told), now)
    return taken


def _ready(session: Session, asking: Asking, now: datetime) -> Message:
    row = messages.find(session, asking.message)
    if row.published is None:
        raise Conflict(
            Text("“{name}” is not published.", "“{name}”尚未发布。").fill(name=row.name),
            remedy=Text("Publish it first.", "请先发布。"),
        )
    number = asking.version or row.published
    if number > row.published:
        raise _wrong("/version", Text(f"There is no version {number}.", f"没有版本 {number}。"))
    edition(session, row.id, number, kept.brand(session).language).wording.language(asking.channel, "")
    known = {one.name for one in consent.purposes(session)}
    if asking.purpose is not None and asking.purpose not in known:
        raise _wrong("/purpose", Text("There is no such list.", "没有这种消息类型。"))
    due = max(asking.due_at or now, now)
    if asking.stale_after is not None and asking.stale_after <= due:
        raise _wrong("/stale_after", Text("It would be stale before it is due.", "过期时间须晚于应发时间。"))
    _transactional(row, asking)
    return row


def _transactional(row: Message, asking: Asking) -> bool:
    wanted = row.transactional if asking.transactional is None else asking.transactional
    if not wanted:
        return False
    if not row.transactional:
        raise _wrong(
            "/transactional",
            Text("The message is not written as one of an order.", "此消息未设为订单事务消息。"),
        )
    if len(asking.reason.strip()) < LEAST_REASON:
        raise _wrong(
            "/reason",
            Text(
                "Say why it may pass consent, hours and caps; the audit log keeps it.",
                "请说明为何可以不受许可、时段与频次限制；理由将记入审计日志。",
            ),
        )
    return True


def _imagined(row: Message, asking: Asking, who: str) -> Leased:
    return Leased(
        id=who,
        message=row.id,
        version=asking.version,
        step=asking.occasion,
        customer_id=who,
        channel=asking.channel,
        via=asking.channel,
        purpose=asking.purpose or row.purpose,
        category=row.category,
        tags=frozenset(row.tags),
        priority=asking.priority,
        transactional=_transactional(row, asking),
        cost=Decimal(0),
        substitutes=asking.substitutes,
        stale_after=asking.stale_after,
        parameters=asking.given,
        attempts=0,
    )


def _parts(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _wrong(path: str, message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem(path, message),))
