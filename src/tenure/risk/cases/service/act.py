"""What a person does to a case: every verb locks it, checks, changes it, and writes down who did what."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, FieldProblem, Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.risk.cases import rules
from tenure.risk.cases.repository import acting
from tenure.risk.cases.service import owning
from tenure.risk.cases.tables import RiskCase

DUE_AGAIN = timedelta(hours=72)
Change = Callable[[RiskCase], Mapping[str, object]]


def note(session: Session, case_id: str, text: str, actor: Principal, now: datetime) -> RiskCase:
    """Add a note."""
    written = rules.check_note(text)
    return _act(session, case_id, "note", lambda case: {"text": written}, actor, now)


def assign(session: Session, case_id: str, owner_id: str, actor: Principal, now: datetime) -> RiskCase:
    """Give a case to a member who may work on it."""
    if owner_id not in {one.id for one in owning.candidates(session)}:
        message = Text("This member cannot work on alerts.", "该成员无法处理预警。")
        raise Invalid(message, fields=(FieldProblem("/owner_id", message),))

    def change(case: RiskCase) -> Mapping[str, object]:
        rules.check_not_resolved(case.state)
        before, case.owner_id = case.owner_id, owner_id
        return {"from": before, "owner_id": owner_id}

    return _act(session, case_id, "assign", change, actor, now)


def snooze(session: Session, case_id: str, until: datetime, actor: Principal, now: datetime) -> RiskCase:
    """Let a case sleep until a time; it wakes by itself, or earlier when something new happens."""
    rules.check_snooze(until, now)

    def change(case: RiskCase) -> Mapping[str, object]:
        rules.check_not_resolved(case.state)
        case.state, case.snoozed_until = "snoozed", until
        return {"until": until.isoformat()}

    return _act(session, case_id, "snooze", change, actor, now)


def escalate(session: Session, case_id: str, why: str, actor: Principal, now: datetime) -> RiskCase:
    """Hand a case to those above."""

    def change(case: RiskCase) -> Mapping[str, object]:
        rules.check_not_resolved(case.state)
        before = case.owner_id
        case.owner_id = owning.above(session, 1, before)[0] or before
        case.state, case.snoozed_until = "open", None
        case.escalation, case.escalated_at = case.escalation + 1, now
        return {"from": before, "owner_id": case.owner_id, "why": why.strip()[: rules.LONGEST_NOTE]}

    return _act(session, case_id, "escalate", change, actor, now)


def resolve(
    session: Session, case_id: str, outcome: str, text: str | None, actor: Principal, now: datetime
) -> RiskCase:
    """Record how a case ended; once only, until it is reopened."""
    rules.check_outcome(outcome)
    written = {} if text is None or not text.strip() else {"text": rules.check_note(text)}

    def change(case: RiskCase) -> Mapping[str, object]:
        rules.check_not_resolved(case.state)
        case.state, case.snoozed_until = "resolved", None
        case.outcome, case.resolved_at = outcome, now
        return {"outcome": outcome, **written}

    return _act(session, case_id, "resolve", change, actor, now)


def reopen(session: Session, case_id: str, why: str, actor: Principal, now: datetime) -> RiskCase:
    """Open a resolved case again; its earlier outcome stays in its history."""

    def change(case: RiskCase) -> Mapping[str, object]:
        rules.check_resolved(case.state, case.resolved_at, now)
        if acting.unresolved_of(session, case.customer_id) is not None:
            raise Conflict(
                Text("This customer has another open case.", "该客户已有另一个未结案例。"),
                remedy=Text("Go on with that one.", "请继续处理该案例。"),
            )
        before, case.outcome = case.outcome, None
        case.state, case.resolved_at = "open", None
        case.reopened, case.due_at = case.reopened + 1, now + DUE_AGAIN
        return {"outcome": before, "why": why.strip()[: rules.LONGEST_NOTE]}

    return _act(session, case_id, "reopen", change, actor, now)


def _act(session: Session, case_id: str, act: str, change: Change, actor: Principal, now: datetime) -> RiskCase:
    case = acting.locked(session, case_id)
    if case is None:
        raise NotFound(Text("There is no alert {id}.", "没有编号为 {id} 的预警。").fill(id=case_id[:100]))
    before = _told(case)
    details = change(case)
    case.attended_at = case.attended_at or now
    session.flush()
    acting.write_down(session, case.id, act, details, actor, now)
    if (after := _told(case)) != before:
        audit.record(session, actor, audit.Change(f"alerts.{act}", "alert", case.id, before, after), now)
    return case


def _told(case: RiskCase) -> dict[str, object]:
    names = ("state", "owner_id", "snoozed_until", "escalation", "outcome")
    return {name: getattr(case, name) for name in names}
