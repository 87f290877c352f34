"""Questions to colleagues: formed, asked, followed, reminded of, and given up in favour of another channel.

A question is asked once. ``asking`` is written before it leaves; a worker that dies in between leaves a task nobody can vouch for,
which becomes ``unknown`` and is never asked again. A task is taken back before another channel is tried, so that no customer gets
the message twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tenure.channels.channel import Receipt, Refused, TryLater
from tenure.channels.wecom.groups import MOST_CONTACTS, Asked, ContactResult, GroupMessage, GroupSends
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, Session, transaction
from tenure.outreach.settling import service as settling
from tenure.outreach.wecom.repository import relations
from tenure.outreach.wecom.repository import tasks as repository
from tenure.outreach.wecom.repository.tasks import Question
from tenure.outreach.wecom.rules import Patience, day_of, may_remind

_LEAVING = timedelta(minutes=10)  # no question is on its way for longer
_MOST_TRIES = 12
_SILENT = timedelta(days=7)  # a company's account may be in disorder for some days


@dataclass
class Round:
    """What one round did."""

    formed: int = 0
    asked: int = 0
    followed: int = 0
    reminded: int = 0
    expired: int = 0


def work(engine: Engine, sends: GroupSends, clock: Clock, patience: Patience) -> Round:
    """Do everything that is due once."""
    done = Round()
    with transaction(engine) as session:
        now = clock.now()
        for task in repository.abandoned(session, now - _LEAVING):
            _unknown(session, task, "worker_gone", now)
        done.formed = repository.form(session, now, now - patience.gather, now + patience.give_up, MOST_CONTACTS)
    while (question := _take(engine, "planned", clock.now(), _LEAVING)) is not None:
        _ask(engine, sends, question, clock, patience)
        done.asked += 1
    while (question := _take(engine, "asked", clock.now(), patience.look)) is not None:
        _follow(engine, sends, question, clock, patience, done)
        done.followed += 1
    return done


def _take(engine: Engine, state: str, now: datetime, again: timedelta) -> Question | None:
    with transaction(engine) as session:
        return repository.take(session, state, now, now + again)


def _ask(engine: Engine, sends: GroupSends, question: Question, clock: Clock, patience: Patience) -> None:
    with transaction(engine) as session:
        _leave_out(session, question, clock.now())
        contacts = repository.contacts(session, question.id)
        if not contacts:
            repository.move(session, question.id, clock.now(), state="done")
            return
    answer = sends.ask(GroupMessage(question.colleague, contacts, question.words))
    now = clock.now()
    with transaction(engine) as session:
        if isinstance(answer, Asked):
            _write(session, question, [ContactResult(one, "not_friend") for one in answer.left_out], now)
            values = {"state": "asked", "msgid": answer.msgid, "asked_at": now, "due_at": now + patience.look}
            repository.move(session, question.id, now, **values)
        elif isinstance(answer, TryLater) and question.tries < _MOST_TRIES:
            wait = timedelta(seconds=answer.after_seconds * 2 ** min(question.tries - 1, 8))
            repository.move(session, question.id, now, state="planned", due_at=now + wait, error=answer.code)
        elif isinstance(answer, (TryLater, Refused)):
            repository.move(session, question.id, now, state="failed", error=answer.code)
            _give_up(session, question, "failed", {"code": answer.code, "message": answer.message}, now)
        else:
            _unknown(session, question.id, answer.message, now)


def _leave_out(session: Session, question: Question, now: datetime) -> None:
    """Ask nothing about customers who said no, or what was taken back, since the gate; no other channel is tried either."""
    gone = repository.leave_out_taken_back(session, question.id, now)
    settling.settle(session, gone, "failed", {"task": question.id, "why": "taken_back"}, now)
    no: dict[str, tuple[str, date | None]] = dict.fromkeys(
        repository.changed_their_mind(session, question.id), ("failed", None)
    )
    for ids in repository.write_results(session, question.id, no, now).values() if no else ():
        settling.settle(session, ids, "failed", {"task": question.id, "why": "consent_withdrawn"}, now)


def _follow(
    engine: Engine, sends: GroupSends, question: Question, clock: Clock, patience: Patience, done: Round
) -> None:
    if not _look(engine, sends, question, clock):
        return
    now = clock.now()
    if now >= question.expires_at:
        done.expired += _expire(engine, sends, question, clock)
        return
    due = question.asked_at and may_remind(question.reminded_at, question.asked_at, now, patience.remind)
    if due and isinstance(sends.remind(question.msgid or ""), Receipt):
        with transaction(engine) as session:
            repository.remember_reminder(session, question.id, now)
        done.reminded += 1


def _look(engine: Engine, sends: GroupSends, question: Question, clock: Clock) -> bool:
    """Ask what customers received; returns whether somebody still waits."""
    results = sends.results(question.msgid or "", question.colleague)
    if isinstance(results, Sequence):
        with transaction(engine) as session:
            _write(session, question, results, clock.now())
            if repository.waiting(session, question.id) == 0:
                repository.move(session, question.id, clock.now(), state="done")
                return False
    return True


def _expire(engine: Engine, sends: GroupSends, question: Question, clock: Clock) -> int:
    """Take a question back, look once more, and give up; without a word that it was taken back nobody is tried elsewhere.

    A company that does not answer is asked again for a week; then nobody can vouch for the question.
    """
    taken_back, now = sends.cancel(question.msgid or ""), clock.now()
    answered = isinstance(taken_back, (Receipt, Refused))
    results = sends.results(question.msgid or "", question.colleague) if answered else None
    if not isinstance(results, Sequence):
        if now < question.expires_at + _SILENT:
            return 0
        with transaction(engine) as session:
            _unknown(session, question.id, "no_answer", now)
        return 1
    with transaction(engine) as session:
        _write(session, question, results, now)
        repository.move(session, question.id, now, state="expired")
        if isinstance(taken_back, Receipt):
            _give_up(session, question, "timed_out", {"expired": True}, now)
        else:
            ended = repository.end_waiting(session, question.id, "timed_out", now).get("timed_out", [])
            settling.settle(session, ended, "failed", {"why": "timed_out", "taken_back": False}, now)
    return 1


def _write(session: Session, question: Question, results: Sequence[ContactResult], now: datetime) -> None:
    """Write down what is news, tell the ledger, and try the next channel for those who cannot be reached here."""
    told: dict[str, tuple[str, date | None]] = {
        result.contact: (result.status, day_of(result.at) if result.at else None)
        for result in results
        if result.status != "waiting"
    }
    if not told:
        return
    relations.talked(session, question.colleague, {one.contact: one.at for one in results if one.at is not None})
    for state, ids in repository.write_results(session, question.id, told, now).items():
        if state == "sent":
            settling.settle(session, ids, "delivered", {"task": question.id}, now)
        else:
            settling.settle(session, ids, "failed", {"task": question.id, "why": state}, now)
            settling.fall_back(session, ids, state, now)


def _give_up(session: Session, question: Question, state: str, details: dict[str, object], now: datetime) -> None:
    for ids in repository.end_waiting(session, question.id, state, now).values():
        settling.settle(session, ids, "failed", {"task": question.id, "why": state, **details}, now)
        settling.fall_back(session, ids, state, now)


def _unknown(session: Session, task: str, why: str, now: datetime) -> None:
    """Say that nobody can vouch for a question; the customers in it are not tried again, here or elsewhere."""
    repository.move(session, task, now, state="unknown", error=why)
    for ids in repository.end_waiting(session, task, "unknown", now).values():
        settling.note(session, ids, "unknown", {"task": task, "why": why}, now)
