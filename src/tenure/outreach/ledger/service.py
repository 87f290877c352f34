"""The verbs of the ledger that others may use."""

from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, NotFound
from tenure.kit.i18n import Text
from tenure.outreach.ledger.asks import NewSend
from tenure.outreach.ledger.listing import Standstill
from tenure.outreach.ledger.repository import asked, shown, taps, work


def ask(session: Session, wanted: NewSend, now: datetime) -> int:
    """Ask for a message to customers; returns how many of them it was not asked for before."""
    return asked.enqueue(session, wanted, now)


def turn(session: Session, name: str, now: datetime, by: str, *, paused: bool, per_second: float | None) -> None:
    """Open, close or narrow a tap: ``all``, ``channel:…`` or ``message:…``."""
    taps.turn(session, name, now, by, paused=paused, per_second=per_second)


def hold_marketing(session: Session, channel: str, now: datetime, by: str, *, held: bool) -> None:
    """Let nothing over a channel but what customers' own orders need, or everything again."""
    taps.hold_marketing(session, channel, now, by, held=held)


def standstill(session: Session, channel: str) -> Standstill:
    """Return what stands still on a channel."""
    return taps.standstill(session, channel)


def control(
    session: Session, name: str, actor: Principal, now: datetime, *, paused: bool, per_second: float | None
) -> None:
    """Open, close or narrow a tap because a member says so."""
    taps.turn(session, name, now, actor.name, paused=paused, per_second=per_second)
    after = {"paused": paused, "per_second": per_second}
    audit.record(session, actor, audit.Change("sends.control", "tap", name, None, after), now)


def settle_held(session: Session, send: str, actor: Principal, now: datetime, *, release: bool) -> None:
    """Let a send go that came too late and was held, or drop it for good."""
    if not asked.settle_held(session, send, "queued" if release else "dropped", actor.name, now):
        if not asked.exists(session, send):
            raise NotFound(Text("There is no send {id}.", "没有编号为 {id} 的发送。").fill(id=send[:60]))
        raise Conflict(
            Text("This send is not held.", "此发送不在待批准状态。"),
            remedy=Text("Look at what became of it.", "请查看它的当前状态。"),
        )
    act = "sends.release" if release else "sends.discard"
    audit.record(session, actor, audit.Change(act, "send", send, None, None), now)


def counts(session: Session, message: str | None = None) -> dict[str, int]:
    """Return how many sends are in each state."""
    return shown.counts(session, message)


def rescue(session: Session, now: datetime) -> tuple[int, int]:
    """Find what workers that are gone left behind; returns how many are unknown and how many queued again."""
    return work.rescue(session, now)
