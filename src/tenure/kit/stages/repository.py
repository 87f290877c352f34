"""Every query of finished stages."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.kit.stages.tables import FinishedStage


@dataclass(frozen=True)
class Inputs:
    """What a stage was done with: the state of the data, the instant looked from, and a hash of everything else."""

    snapshot: int
    as_of: datetime
    definition: str


def left_behind(session: Session, work: str, stage: str, inputs: Inputs) -> dict[str, object] | None:
    """Return what a stage left behind when it was done with the same inputs; None where it was not."""
    found = session.get(FinishedStage, (work, stage))
    if found is None or (found.snapshot, found.as_of, found.definition) != (
        inputs.snapshot, inputs.as_of, inputs.definition,
    ):  # fmt: skip
        return None
    return found.artefact


def every(session: Session, work: str) -> dict[str, FinishedStage]:
    """Return the finished stages of a piece of work by name."""
    rows = session.scalars(select(FinishedStage).where(FinishedStage.work == work))
    return {row.stage: row for row in rows}


def finish(session: Session, work: str, stage: str, inputs: Inputs, artefact: dict[str, object], now: datetime) -> None:
    """Record that a stage is done."""
    values = {**vars(inputs), "artefact": artefact, "finished_at": now}
    added = insert(FinishedStage).values(work=work, stage=stage, **values)
    session.execute(added.on_conflict_do_update(index_elements=["work", "stage"], set_=values))


def forget(session: Session, work: str) -> None:
    """Begin a piece of work anew."""
    session.execute(delete(FinishedStage).where(FinishedStage.work == work))


def undo(session: Session, work: str, stage: str) -> None:
    """Forget one stage: what it left behind is gone."""
    session.execute(delete(FinishedStage).where(FinishedStage.work == work, FinishedStage.stage == stage))
