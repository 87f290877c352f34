"""Every query of runs."""

from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from tenure.kit.db import transaction
from tenure.kit.errors import NotFound, TenureError
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.kit.runs.tables import Run


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


def report(engine: Engine, run_id: str, progress: float, step: Text) -> None:
    """Say how far a run is, at once and in a transaction of its own."""
    with transaction(engine) as session:
        session.execute(
            update(Run)
            .where(Run.id == run_id)
            .values(state="running", progress=progress, step={"en": step.en, "zh": step.zh})
        )


def finish(session: Session, run_id: str, result: dict[str, object], now: datetime) -> None:
    """Record that a run is done and what came of it."""
    session.execute(update(Run).where(Run.id == run_id).values(state="done", progress=1.0, result=result, ended_at=now))


def fail(session: Session, run_id: str, error: TenureError, now: datetime) -> None:
    """Record that a run failed, with the fact and the remedy."""
    told: dict[str, object] = {
        "code": error.code,
        "message": {"en": error.message.en, "zh": error.message.zh},
        "remedy": None if error.remedy is None else {"en": error.remedy.en, "zh": error.remedy.zh},
    }
    session.execute(update(Run).where(Run.id == run_id).values(state="failed", error=told, ended_at=now))
