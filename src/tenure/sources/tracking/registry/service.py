"""The verbs of the registry: declaring what is expected, and telling what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.sources.tracking import repository as tracking
from tenure.sources.tracking.expected import TYPES
from tenure.sources.tracking.landing import Packet
from tenure.sources.tracking.registry import repository, schemas
from tenure.sources.tracking.repository.counting import lately, waiting_newest
from tenure.sources.tracking.tables import ExpectedEvent
from tenure.sources.tracking.tallying import tallied
from tenure.sources.tracking.words import LONGEST_NAME

MOST_PROPERTIES = 100
WAITING_PACKETS = 20  # the newest requests that are looked through for somebody who watches


@dataclass(frozen=True)
class Declared:
    """An event to be expected: its properties as (name, type, required)."""

    name: str
    properties: tuple[tuple[str, str, bool], ...]
    note: str = ""


def expect(session: Session, wish: Declared, actor: Principal, now: datetime) -> ExpectedEvent:
    """Declare an event, or declare it anew."""
    name = wish.name.strip()
    _check(name, wish)
    before = repository.expected_event(session, name)
    told = None if before is None else _told(before)
    properties: list[object] = [{"name": n.strip(), "type": t, "required": r} for n, t, r in wish.properties]
    repository.put_expected(
        session,
        {
            "name": name,
            "properties": properties,
            "note": wish.note.strip()[:1000],
            "changed_by": actor.member_id,
            "changed_at": now,
        },
    )
    session.expire_all()
    row = repository.expected_event(session, name)
    assert row is not None
    if told != _told(row):
        audit.record(session, actor, audit.Change("expected_events.change", "event", name, told, _told(row)), now)
    return row


def expect_no_more(session: Session, name: str, actor: Principal, now: datetime) -> None:
    """Take a declaration back."""
    row = repository.expected_event(session, name)
    if row is None:
        raise NotFound(Text("The event {name} is not declared.", "事件 {name} 未登记。").fill(name=name[:200]))
    told = _told(row)
    repository.drop_expected(session, name)
    audit.record(session, actor, audit.Change("expected_events.delete", "event", name, told, None), now)


def newest(session: Session, limit: int) -> list[dict[str, object]]:
    """Return the newest events, newest first, those included that are still on their way."""
    packets = [Packet.of(payload, at) for payload, at in reversed(waiting_newest(session, WAITING_PACKETS))]
    waiting = tallied(packets, tracking.expected(session)).newest[::-1] if packets else []
    known = {told["id"] for told in waiting}
    kept: Sequence[dict[str, object]] = lately(session, limit)
    return [*waiting, *(told for told in kept if told["id"] not in known)][:limit]


def violations(session: Session, limit: int) -> list[schemas.Violation]:
    """Return how events were not as expected, the latest first."""
    return [schemas.Violation.of(row, source) for row, source in repository.violations(session, limit)]


def _check(name: str, wish: Declared) -> None:
    problems = []
    if not 1 <= len(name) <= LONGEST_NAME:
        problems.append(FieldProblem("/name", Text("Name the event.", "请填写事件名。")))
    if len(wish.properties) > MOST_PROPERTIES:
        problems.append(FieldProblem("/properties", Text("Declare at most 100 properties.", "最多登记 100 个属性。")))
    named = set[str]()
    for place, (prop, kind, _) in enumerate(wish.properties):
        if not 1 <= len(prop.strip()) <= LONGEST_NAME or prop.strip() in named:
            once = Text("Name each property, and each once.", "请填写属性名，且不可重复。")
            problems.append(FieldProblem(f"/properties/{place}/name", once))
        if kind not in TYPES:
            problems.append(FieldProblem(f"/properties/{place}/type", Text("Choose a type.", "请选择类型。")))
        named.add(prop.strip())
    if problems:
        raise Invalid(Text("The event cannot be declared like this.", "无法按此登记事件。"), fields=tuple(problems))


def _told(row: ExpectedEvent) -> dict[str, object]:
    return {"properties": list(row.properties), "note": row.note}
