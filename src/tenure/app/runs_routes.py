"""How far long work is, over HTTP."""

from datetime import datetime
from typing import Literal, cast

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from tenure.directory.access import require
from tenure.kit import i18n
from tenure.kit.http import ClockDep, Problem, SessionDep, Text
from tenure.kit.runs import repository
from tenure.kit.runs.tables import Run as RunRow

router = APIRouter(prefix="/runs", tags=["runs"])


WAITING = i18n.Text("Waiting to start", "等待开始")
FAILED = i18n.Text("The work could not be done", "任务未能完成")


class Run(BaseModel):
    """One piece of long work; ``progress`` goes from 0 to 1, ``cancelling`` once somebody asked it to stop."""

    id: str
    kind: str
    state: Literal["queued", "running", "done", "failed"]
    progress: float
    step: Text
    result: dict[str, object] | None
    error: Problem | None
    created_at: datetime
    ended_at: datetime | None
    cancelling: bool

    @classmethod
    def from_row(cls, row: RunRow) -> "Run":
        """Put a run on the wire."""
        return cls(
            id=row.id,
            kind=row.kind,
            state=cast(Literal["queued", "running", "done", "failed"], row.state),
            progress=row.progress,
            step=Text.of(WAITING) if row.step is None else Text.model_validate(row.step),
            result=row.result,
            error=None if row.error is None else _problem(row.error),
            created_at=row.created_at,
            ended_at=row.ended_at,
            cancelling=row.ended_at is None and row.cancel_asked_at is not None,
        )


class Runs(BaseModel):
    """Pieces of long work, the newest first."""

    items: list[Run]


class _Failure(BaseModel):
    """How ``kit.runs`` stores why a run failed."""

    code: str
    message: Text
    remedy: Text | None


def _problem(stored: dict[str, object]) -> Problem:
    failure = _Failure.model_validate(stored)
    return Problem(
        type=f"urn:tenure:problem:{failure.code}",
        title=FAILED.en,
        title_zh=FAILED.zh,
        status=500,
        code=failure.code,
        detail=failure.message.en,
        detail_zh=failure.message.zh,
        remedy=failure.remedy,
    )


@router.get("", dependencies=[Depends(require("runs.read"))])
def list_runs(session: SessionDep, kind: str | None = None) -> Runs:
    """Return the pieces of long work that wait or run, the newest first; of one kind when one is named."""
    return Runs(items=[Run.from_row(row) for row in repository.under_way(session, kind)])


@router.get("/{run_id}", dependencies=[Depends(require("runs.read"))])
def read_run(session: SessionDep, run_id: str) -> Run:
    """Return how far a piece of long work is, and how it ended."""
    return Run.from_row(repository.find(session, run_id))


@router.post("/{run_id}/cancel", dependencies=[Depends(require("refresh.run"))])
def cancel_run(session: SessionDep, clock: ClockDep, run_id: str) -> Run:
    """Ask for a piece of long work to stop at its next safe point; what was there before stays whole."""
    return Run.from_row(repository.ask_to_cancel(session, run_id, clock.now()))
