"""What a look at all customers does to the cases, and what time alone does."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pyarrow as pa

from tenure.kit.db import Session
from tenure.risk.cases.repository import acting, taking_in
from tenure.risk.cases.service import owning
from tenure.risk.cases.watched import Watched

MOST_ESCALATIONS = 2


def take_in(session: Session, told: Iterable[pa.RecordBatch], passing: Sequence[str], at: Watched) -> dict[str, int]:
    """Let signals open, join, wake and reopen cases, and give every case an owner; the same look twice changes nothing.

    A look at an earlier instant than the last one is left out: what it would call new is old.
    """
    taking_in.take_turn(session)
    aware = Watched(_aware(at.as_of), at.now)
    last = taking_in.watched_as_of(session)
    if last is not None and aware.as_of < last:
        return {}
    acting.wake(session, at.now)
    ownership = owning.read(session)
    days = {"quiet_days": ownership.quiet_days, "reopen_days": ownership.reopen_days}
    counts = taking_in.take_in(session, told, passing, aware, days)
    counts["assign"] = owning.hand_out(session, at.now)
    taking_in.remember_watched(session, aware.as_of)
    return counts


def attend(session: Session, now: datetime) -> dict[str, int]:
    """Do what time alone does: wake snoozed cases, give unowned ones away, escalate those left lying."""
    woken = acting.wake(session, now)
    given = owning.hand_out(session, now)
    lying = acting.left_lying(session, now, MOST_ESCALATIONS)
    ownership = owning.read(session)
    soonest = min(rule.due_hours for rule in ownership.rules)
    for case, owner in zip(lying, owning.above(session, len(lying), None), strict=True):
        before = case.owner_id
        case.escalation += 1
        case.escalated_at = now
        case.owner_id = owner or before
        case.due_at = now + timedelta(hours=soonest)
        acting.write_down(
            session, case.id, "escalate", {"from": before, "owner_id": case.owner_id, "why": "left lying"}, None, now
        )
    return {"woken": woken, "assigned": given, "escalated": len(lying)}


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
