"""Every query of the registry: versions of models, and decisions about them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, defer

from tenure.risk.registry.tables import FittedModel, ModelDecision

PROMOTED, KEPT, WITHDRAWN = "promoted", "kept", "withdrawn"


def champion(session: Session, kind: str, definition: str, as_of: datetime) -> FittedModel | None:
    """Return the newest promoted model of a kind and definition that had seen nothing after an instant."""
    found = _newest(kind).where(
        FittedModel.definition == definition, FittedModel.as_of <= as_of, FittedModel.state == PROMOTED
    )
    return session.scalars(found.limit(1)).first()


def versions(session: Session, kind: str) -> Sequence[FittedModel]:
    """Return every version, the newest first, without the models' own numbers."""
    return session.scalars(_newest(kind).options(defer(FittedModel.parameters, raiseload=True))).all()


def version(session: Session, kind: str, number: str) -> FittedModel | None:
    """Return one version."""
    return session.scalars(select(FittedModel).where(FittedModel.kind == kind, FittedModel.version == number)).first()


def keep(session: Session, model: FittedModel) -> None:
    """Keep a fitted model; the same one fitted again is kept once, as it stands."""
    columns = {column.name: getattr(model, column.name) for column in FittedModel.__table__.columns}
    session.execute(insert(FittedModel).values(**columns).on_conflict_do_nothing())


def withdraw_later(session: Session, model: FittedModel) -> int:
    """Withdraw every promoted model of the same definition that is newer than this one; returns how many."""
    newer = (FittedModel.as_of > model.as_of) | (
        (FittedModel.as_of == model.as_of) & (FittedModel.trained_at > model.trained_at)
    )
    done = session.execute(
        update(FittedModel)
        .where(
            FittedModel.kind == model.kind,
            FittedModel.definition == model.definition,
            FittedModel.state == PROMOTED,
            FittedModel.id != model.id,
            newer,
        )
        .values(state=WITHDRAWN)
        .returning(FittedModel.id)
    )
    return len(done.all())


def record(session: Session, decision: ModelDecision) -> None:
    """Write down a decision."""
    session.add(decision)
    session.flush()


def decisions(session: Session, kind: str, limit: int) -> Sequence[ModelDecision]:
    """Return the decisions about a kind of model, the newest first."""
    found = select(ModelDecision).where(ModelDecision.kind == kind)
    return session.scalars(found.order_by(ModelDecision.at.desc(), ModelDecision.id.desc()).limit(limit)).all()


def last_attempt(session: Session, kind: str, definition: str, as_of: datetime) -> ModelDecision | None:
    """Return the last time a model of a definition was taught by an instant, whatever was decided."""
    found = select(ModelDecision).where(
        ModelDecision.kind == kind,
        ModelDecision.definition == definition,
        ModelDecision.as_of <= as_of,
        ModelDecision.decision.in_(("promoted", "kept", "none")),
        ModelDecision.actor_kind == "system",
    )
    return session.scalars(found.order_by(ModelDecision.as_of.desc(), ModelDecision.at.desc()).limit(1)).first()


def _newest(kind: str) -> Select[FittedModel]:
    found = select(FittedModel).where(FittedModel.kind == kind)
    return found.order_by(FittedModel.as_of.desc(), FittedModel.trained_at.desc())
