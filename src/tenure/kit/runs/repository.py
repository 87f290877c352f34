"""Every query of runs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import Function

from tenure.kit.db import transaction
from tenure.kit.errors import NotFound, TenureError
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.kit.runs.tables import Run

MOST_UNDER_WAY = 100  # more at a time nobody looks at
_LOCKS = 7_368_782  # seed of the advisory locks that runs are held by


class Interrupted(TenureError):
    """The process that did the work is gone."""

    code = "interrupted"


INTERRUPTED = Interrupted(
    Text("The work was cut off: the process doing it has ended.", "任务被中断：执行它的进程已结束。"),
    remedy=Text("Start it again; what was finished is not done twice.", "请重新开始；已完成的部分不会重复执行。"),
)


class Cancelled(TenureError):
    """Somebody asked for the work to stop."""

    code = "cancelled"


CANCELLED = Cancelled(
    Text("The work was cancelled; the results before it stand.", "任务已取消；此前的结果保持不变。"),
    remedy=Text("Start it again whenever you like.", "可随时重新开始。"),
)


def create(session: Session, kind: str, now: datetime) -> str:
    """Write down a piece of long work that is about to be done; returns its id."""
    run_id = new_id("run")
    session.add(Run(id=run_id, kind=kind, state="queued", progress=0.0, created_at=now))
    session.flush()
    return run_id


def find(session: Session, run_id: str) -> Run:
    """Return one run, or raise ``NotFound``."""
    run = session.get(Run, run_id)
    if run is None:
        raise NotFound(Text(f"There is no run {run_id}.", f"没有编号为 {run_id} 的任务。"))
    return run


def latest(session: Session, kind: str) -> Run | None:
    """Return the newest run of a kind."""
    return session.scalars(select(Run).where(Run.kind == kind).order_by(Run.created_at.desc()).limit(1)).first()


def under_way(session: Session, kind: str | None = None) -> Sequence[Run]:
    """Return the runs that wait or run, the newest first; of one kind when one is named."""
    alive = select(Run).where(Run.state.in_(("queued", "running")))
    named = alive if kind is None else alive.where(Run.kind == kind)
    return session.scalars(named.order_by(Run.created_at.desc()).limit(MOST_UNDER_WAY)).all()


def report(engine: Engine, run_id: str, progress: float, step: Text) -> None:
    """Say how far a run is, at once and in a transaction of its own; one that ended by somebody's wish stays ended."""
    stopped = (Run.state == "failed") & Run.cancel_asked_at.is_not(None)
    with transaction(engine) as session:
        session.execute(
            update(Run)
            .where(Run.id == run_id, ~stopped)
            .values(state="running", progress=progress, step={"en": step.en, "zh": step.zh}, error=None, ended_at=None)
        )


def ask_to_cancel(session: Session, run_id: str, now: datetime) -> Run:
    """Ask for a piece of work to stop at its next safe point; one that waits stops at once."""
    run = find(session, run_id)
    session.execute(
        update(Run).where(Run.id == run_id, Run.state.in_(("queued", "running"))).values(cancel_asked_at=now)
    )
    session.execute(
        update(Run)
        .where(Run.id == run_id, Run.state == "queued")
        .values(state="failed", error=told(CANCELLED), ended_at=now)
    )
    session.refresh(run)
    return run


def heed_cancel(engine: Engine, run_id: str) -> None:
    """Raise ``Cancelled`` when somebody asked for the work to stop; called where stopping leaves everything whole."""
    with transaction(engine) as session:
        if session.scalar(select(Run.cancel_asked_at).where(Run.id == run_id)) is not None:
            raise CANCELLED


@contextmanager
def working(engine: Engine, run_id: str) -> Iterator[None]:
    """Hold a run for as long as the block works on it; the hold is gone the moment the process is."""
    with transaction(engine) as session:
        session.execute(select(func.pg_advisory_xact_lock(_held(run_id))))
        yield


def interrupt_dead(session: Session, now: datetime) -> list[str]:
    """Mark the runs that say they run and that nobody holds; returns their ids. One that goes on says so by itself."""
    running = select(Run.id).where(Run.state == "running").cte("running").prefix_with("MATERIALIZED")
    dead = select(running.c.id).where(func.pg_try_advisory_xact_lock(_held(running.c.id)))
    marked = (
        update(Run)
        .where(Run.id.in_(dead), Run.state == "running")
        .values(state="failed", error=told(INTERRUPTED), ended_at=now)
        .returning(Run.id)
    )
    return list(session.scalars(marked))


def requeue(session: Session, run_id: str) -> None:
    """Say that a run that was cut off waits to go on."""
    session.execute(update(Run).where(Run.id == run_id).values(state="queued", error=None, ended_at=None))


def finish(session: Session, run_id: str, result: dict[str, object], now: datetime) -> None:
    """Record that a run is done and what came of it."""
    session.execute(update(Run).where(Run.id == run_id).values(state="done", progress=1.0, result=result, ended_at=now))


def fail(session: Session, run_id: str, error: TenureError, now: datetime) -> None:
    """Record that a run failed, with the fact and the remedy."""
    session.execute(update(Run).where(Run.id == run_id).values(state="failed", error=told(error), ended_at=now))


def told(error: TenureError) -> dict[str, object]:
    """Return an error as it is stored."""
    return {
        "code": error.code,
        "message": {"en": error.message.en, "zh": error.message.zh},
        "remedy": None if error.remedy is None else {"en": error.remedy.en, "zh": error.remedy.zh},
    }


def _held(run_id: object) -> Function[int]:
    return func.hashtextextended(run_id, _LOCKS)
