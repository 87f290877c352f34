"""The verbs of sending: ask, look how far it is, take back. Asking is written down at once; workers queue the sends."""

from collections.abc import Sequence
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.kit.jobs import defer
from tenure.outreach.content import service as messages
from tenure.outreach.ledger.repository import asked as ledger
from tenure.outreach.sending import checks, repository
from tenure.outreach.sending.asking import Asking, Once, Recalled, Recalling
from tenure.outreach.sending.repository import Progress, Shown
from tenure.outreach.sending.tables import Dispatch

QUEUE = "sends.queue"  # the job that queues a dispatch
_OTHER = Text("This key was used for another request.", "该键已用于另一个请求。")


def ask(session: Session, asking: Asking, actor: Principal, now: datetime, once: Once | None = None) -> Dispatch:
    """Write down that a message is asked for, and by whom; a worker queues its sends. A key known already makes nothing."""
    known = None if once is None else repository.by_key(session, actor.id, once.key)
    if once is not None and known is not None:
        return _same(known, once)
    row = checks.ready(session, asking, now)
    due, transactional = max(asking.due_at or now, now), checks.transactional(row, asking)
    terms: dict[str, object] = {
        "purpose": asking.purpose or row.purpose, "category": row.category, "tags": sorted(row.tags),
        "priority": asking.priority, "transactional": transactional, "substitutes": list(asking.substitutes),
        "stale_after": None if asking.stale_after is None else asking.stale_after.isoformat(),
        "parameters": dict(asking.given),
    }  # fmt: skip
    dispatch = Dispatch(
        id=new_id("dsp"), message=row.id, channel=asking.channel, occasion=asking.occasion, version=asking.version,
        due_at=due, terms=terms, audience=asking.to.told(), state="asked", asked_by=actor.id, asked_by_name=actor.name,
        request_key=once.key if once else None, request_digest=once.digest if once else None, created_at=now, changed_at=now,
    )  # fmt: skip
    repository.add(session, dispatch)
    if asking.to.found_by is None:
        repository.mean(session, dispatch.id, asking.to.ids)
        repository.begin(session, dispatch, now)
    defer(session, QUEUE, {"dispatch_id": dispatch.id})
    told = {
        "message": row.name, "version": asking.version, "channel": asking.channel, "occasion": asking.occasion,
        "dispatch": dispatch.id, "to": dispatch.audience, "due_at": due.isoformat(), "priority": asking.priority,
        "transactional": transactional, "reason": asking.reason.strip(),
    }  # fmt: skip
    audit.record(session, actor, audit.Change("sends.ask", "message", row.id, None, told), now)
    return dispatch


def recall(session: Session, wanted: Recalling, actor: Principal, now: datetime) -> Recalled:
    """Stop what is still being queued and take back what is queued or held; what is on its way still arrives."""
    row = messages.find(session, wanted.message)
    stopped = repository.stop(session, row.id, wanted.occasion, wanted.channel, now)
    taken = ledger.cancel(session, row.id, wanted.occasion, wanted.channel, actor.name, now)
    found = Recalled(taken, len(stopped), sum(stopped))
    told = {
        "message": row.name, "occasion": wanted.occasion, "channel": wanted.channel, "recalled": found.sends,
        "stopped": found.dispatches, "not_reached": found.not_reached,
    }  # fmt: skip
    audit.record(session, actor, audit.Change("sends.recall", "message", row.id, None, told), now)
    return found


def find(session: Session, dispatch_id: str) -> Shown:
    """Return how far a dispatch is, or raise ``NotFound``."""
    found = repository.find(session, dispatch_id)
    if found is None:
        raise NotFound(Text("There is no dispatch {id}.", "没有编号为 {id} 的发送任务。").fill(id=dispatch_id[:60]))
    return found


def progress(session: Session, shown: Shown, now: datetime) -> Progress:
    """Return how many of a dispatch's sends wait, wait until later, went, or did not, and why not yet."""
    return repository.progress(session, shown, now)


def listed(
    session: Session, message: str | None, after: str | None, limit: int, *, under_way: bool = False
) -> Sequence[Shown]:
    """Return dispatches, the newest first; of one message, or those under way, when only these are wanted."""
    return repository.listed(session, message, after, limit, under_way=under_way)


def _same(known: Dispatch, once: Once) -> Dispatch:
    if known.request_digest != once.digest:
        raise Invalid(_OTHER, fields=(checks.wrong("/Idempotency-Key", _OTHER).fields))
    return known
