"""The verb: explain."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from tenure.directory.customers import repository as customers
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.directory.workspace import service as workspace
from tenure.kit.db import Session
from tenure.kit.http import Text
from tenure.kit.i18n import Text as Words
from tenure.outreach.arbiter.ask import Ask
from tenure.outreach.arbiter.decide import decide
from tenure.outreach.arbiter.decision import Decision
from tenure.outreach.holdouts import service as hold_outs
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.tables import Send, SendEvent
from tenure.outreach.ledger.words import STATES
from tenure.outreach.policy import service as policies
from tenure.outreach.standing import repository as standings
from tenure.outreach.trace import told
from tenure.outreach.why import repository
from tenure.outreach.why.schemas import Why, WhyDecision, WhyEvent, WhySend, WhyStep
from tenure.outreach.why.words import GATES, NEVER_ASKED, reason

_MOST = 50  # sends told in one answer


@dataclass(frozen=True, slots=True)
class Question:
    """Whom and what is asked about; channel, purpose and priority count where the message was never asked for."""

    customer_id: str
    message: str | None = None
    channel: str = "email"
    purpose: str = "marketing"
    priority: int = 0


def explain(session: Session, question: Question, secret: str, now: datetime) -> Why:
    """Tell what became of a message, or of all, to a customer, and what the gate would say now."""
    shown = customers.find(session, question.customer_id)
    sends = repository.sends_of(session, shown.id, question.message, _MOST)
    events = repository.events_of(session, [send.id for send in sends])
    last = sends[0] if sends else None
    zone = workspace.read(session).zone
    policy = policies.in_force(session, now)
    spent = standings.spent(session, policy.budgets, now)
    key = AddressKey.derived(secret)
    known = standings.load(session, {last.id if last else "": shown.id}, key, zone, now, spent)[shown.id]
    held = hold_outs.in_force(session, secret, now).of(known.shown, last.message if last else question.message)
    decision = decide(_ask(question, shown.id, last), replace(known.standing, held_out=held), policy, now)
    state = last.state if last is not None else "never_asked"
    now_told, waits = _told(session, decision, transactional=last is not None and last.transactional)
    return Why(
        customer_id=shown.id,
        message=question.message,
        state=state,
        state_label=Text.of(STATES.get(state, NEVER_ASKED)),
        sends=[_send(send, events.get(send.id, [])) for send in sends],
        now=_decision(now_told),
        next_eligible=None if waits else decision.next_eligible,
    )


def _told(session: Session, decision: Decision, *, transactional: bool) -> tuple[dict[str, object], bool]:
    """Tell a decision, with a channel that stands still as its last step; says whether it waits for a person."""
    kept, still = told(decision), ledger.standstill(session, decision.channel)
    step = still.step(decision.channel, transactional=transactional)
    if step is None or decision.outcome == "drop":
        return kept, False
    kept["steps"] = [*cast(list[object], kept["steps"]), step]
    waits = still.holds(transactional=transactional)
    return {**kept, "outcome": "defer", "until": None} if waits else kept, waits


def _ask(question: Question, customer_id: str, send: Send | None) -> Ask:
    if send is None:
        return Ask(customer_id, question.channel, question.purpose, priority=question.priority)
    tried = send.substitutes.index(send.via) + 1 if send.via in send.substitutes else 0
    return Ask(
        customer_id,
        send.via,
        send.purpose,
        send.category,
        frozenset(send.tags),
        send.priority,
        send.transactional,
        send.cost,
        {},
        tuple(send.substitutes[tried:]),
        send.stale_after,
    )


def _send(send: Send, events: list[SendEvent]) -> WhySend:
    return WhySend(
        id=send.id,
        message=send.message,
        step=send.step,
        channel=send.channel,
        via=send.via,
        state=send.state,
        state_label=Text.of(STATES[send.state]),
        due_at=send.due_at,
        stale_after=send.stale_after,
        attempts=send.attempts,
        asked_by=send.asked_by,
        events=[_event(event) for event in events],
    )


def _event(event: SendEvent) -> WhyEvent:
    decided = "steps" in event.details
    decision = _decision(event.details) if decided else None
    return WhyEvent(at=event.at, what=event.what, decision=decision, details={} if decided else event.details)


def _decision(kept: Mapping[str, Any]) -> WhyDecision:
    return WhyDecision(
        outcome=kept["outcome"],
        channel=kept["channel"],
        policy=kept["policy"],
        until=kept["until"],
        steps=[_step(step) for step in kept["steps"]],
    )


def _step(kept: Mapping[str, Any]) -> WhyStep:
    values = kept.get("values", {})
    return WhyStep(
        gate=kept["gate"],
        gate_label=Text.of(GATES.get(kept["gate"], Words(kept["gate"], kept["gate"]))),
        channel=kept["channel"],
        verdict=kept["verdict"],
        code=kept["code"],
        words=Text.of(reason(kept["code"], values)),
        values=values,
        until=kept.get("until"),
    )
