"""Queues what a dispatch asks for: finds who is meant, then gives one part of them after another to the ledger.

Each part is one transaction: its customers lose their turn, the ledger takes their sends, the dispatch counts them. A
worker that is killed leaves whole parts behind, and the next one goes on with the first that is missing.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog

from tenure.directory.customers.finding import service as finding
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.errors import TenureError
from tenure.kit.i18n import Text
from tenure.kit.jobs import defer
from tenure.kit.runs.repository import told
from tenure.outreach.ledger.asks import NewSend
from tenure.outreach.ledger.repository import asked as ledger
from tenure.outreach.sending import repository
from tenure.outreach.sending.audience import question_of
from tenure.outreach.sending.service import QUEUE
from tenure.outreach.sending.tables import Dispatch

PART = 5_000  # half a second of work, which is how long a wish to stop waits
PATIENCE = timedelta(seconds=10)  # a dispatch that takes longer lets others have their turn
MOST_STUMBLES = 5
_QUIET = timedelta(seconds=10)  # a dispatch nobody touched for so long and nobody holds was left by a worker that died
_LATELY = timedelta(days=1)
UNEXPECTED = TenureError(
    Text("Queueing stopped with an unexpected error.", "排队因意外错误而中止。"),
    remedy=Text(
        "Look at the server's log, then ask again: who is queued already is not queued twice.",
        "请查看服务器日志后重新发送：已排队的客户不会重复。",
    ),
)
log = structlog.get_logger()


def carry_on(engine: Engine, dispatch: str, clock: Clock, part: int = PART, patience: timedelta | None = None) -> bool:
    """Go on with a dispatch until it is over or patience is; returns whether somebody must go on with it.

    Where somebody else is at work on it, they go on.
    """
    begun = clock.now()
    with repository.holding(engine, dispatch) as mine:
        while mine and _advance(engine, dispatch, clock, part):
            if patience is not None and clock.now() - begun >= patience:
                return True
    return False


def resume(engine: Engine, clock: Clock) -> int:
    """Ask for the work that workers left behind when they died; returns on how many dispatches."""
    now = clock.now()
    with transaction(engine) as session:
        repository.clear(session, now - _LATELY)
        left = repository.orphans(session, now - _QUIET)
        for one in left:
            defer(session, QUEUE, {"dispatch_id": one})
    return len(left)


def _advance(engine: Engine, dispatch: str, clock: Clock, part: int) -> bool:
    """Do one part of the work; returns whether there may be more."""
    try:
        with transaction(engine) as session:
            row = repository.hold(session, dispatch)
            if row is None:
                return False
            if row.state == "asked":
                _find(session, row, clock.now())
                return True
            return _queue(session, row, clock.now(), part)
    except TenureError as known:
        _stumble(engine, dispatch, known, 1, clock.now())
        return False
    except Exception:  # whatever it was, people hear that it was, and the worker tries again
        _stumble(engine, dispatch, UNEXPECTED, MOST_STUMBLES, clock.now())
        raise


def _find(session: Session, row: Dispatch, now: datetime) -> None:
    """Write down everybody who is meant, as of now."""
    asked = question_of(row.audience)
    if asked is not None:
        for some in finding.everyone(session, asked, PART):
            repository.mean(session, row.id, some)
    repository.begin(session, row, now)


def _queue(session: Session, row: Dispatch, now: datetime, part: int) -> bool:
    """Queue one part; returns whether there may be another."""
    turn = repository.next_part(session, row, part)
    if turn:
        row.queued += ledger.enqueue(session, _sends(row, turn), now)
        row.handled += len(turn)
        row.after = turn[-1]
    row.failures, row.error, row.changed_at = 0, None, now
    if len(turn) < part:
        row.customers = row.handled  # who was erased meanwhile had no turn
        row.state, row.ended_at = "done", now
    session.flush()
    return row.state != "done"


def _sends(row: Dispatch, customers: list[str]) -> NewSend:
    terms: dict[str, Any] = row.terms
    stale = terms["stale_after"]
    return NewSend(
        row.message, row.channel, customers, terms["purpose"], row.due_at, row.asked_by,
        step=row.occasion, category=terms["category"], tags=frozenset(terms["tags"]), priority=terms["priority"],
        transactional=terms["transactional"], substitutes=terms["substitutes"],
        stale_after=None if stale is None else datetime.fromisoformat(stale), parameters=terms["parameters"],
        version=row.version,
    )  # fmt: skip


def _stumble(engine: Engine, dispatch: str, error: TenureError, most: int, now: datetime) -> None:
    log.warning("dispatch_stumbled", dispatch=dispatch, code=error.code)
    with transaction(engine) as session:
        repository.stumbled(session, dispatch, told(error), most, now)
