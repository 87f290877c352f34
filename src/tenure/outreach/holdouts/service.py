"""The verbs of hold-outs: put one into force, change its share, draw anew, end it; who is in it is never written down."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.outreach.holdouts import repository
from tenure.outreach.holdouts.rules import HoldOuts
from tenure.outreach.holdouts.tables import HoldOut

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_NAME = Text(
    "A name has letters, digits, - and _, and begins with a letter or digit; at most 60.",
    "名称由字母、数字、- 与 _ 组成，以字母或数字开头，最多 60 个字符。",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A hold-out as somebody wants it; ``redraw`` puts other customers into it."""

    name: str
    percent: float
    message: str | None = None
    redraw: bool = False


def in_force(session: Session, secret: str, now: datetime) -> HoldOuts:
    """Return the hold-outs the gate asks."""
    return HoldOuts(secret, repository.in_force(session, now))


def history(session: Session) -> Sequence[HoldOut]:
    """Return every version of every hold-out."""
    return repository.history(session)


def put(session: Session, wanted: Wanted, actor: Principal, now: datetime) -> HoldOut:
    """Put a hold-out into force, or a new version of it; what was stays as history. One of a message names one there is."""
    if not NAME.fullmatch(wanted.name):
        raise Invalid(_NAME, fields=(FieldProblem("/name", _NAME),))
    if wanted.message is not None:
        found = repository.message(session, wanted.message)
        if found is None:
            raise NotFound(Text("There is no message {id}.", "没有消息 {id}。").fill(id=wanted.message[:100]))
        wanted = replace(wanted, message=found)
    repository.lock(session, wanted.name)
    before = repository.newest(session, wanted.name)
    same = before is not None and before.message == wanted.message and not wanted.redraw
    if before is not None and same and before.ends_at is None and before.percent == wanted.percent:
        return before
    repository.end(session, wanted.name, now)
    row = HoldOut(
        name=wanted.name,
        version=1 if before is None else before.version + 1,
        message=wanted.message,
        percent=wanted.percent,
        seed=before.seed if before is not None and same else secrets.token_hex(8),
        begins_at=now,
        ends_at=None,
        by=actor.name,
    )
    repository.add(session, row)
    told = {"version": row.version, "percent": row.percent, "message": row.message, "redraw": not same}
    was = None if before is None else {"version": before.version, "percent": before.percent, "message": before.message}
    audit.record(session, actor, audit.Change("hold_outs.put", "hold_out", wanted.name, was, told), now)
    return row


def end(session: Session, name: str, actor: Principal, now: datetime) -> None:
    """End a hold-out: its customers are written to again."""
    repository.lock(session, name)
    if not repository.end(session, name, now):
        raise NotFound(Text("No hold-out of this name is in force.", "没有名为此的生效对照组。"))
    audit.record(session, actor, audit.Change("hold_outs.end", "hold_out", name, None, None), now)
