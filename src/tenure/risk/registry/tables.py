"""Fitted models and what was decided about them, as they are stored."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class FittedModel(Base):
    """One version of a model: its numbers (never code), how it was made, how it did, and whether it may score.

    ``state`` is promoted (the newest promoted one is in use), kept beside it, or withdrawn. ``report`` holds the
    figures of the model page: exam, gates, ladder, back-test, drivers, leak audit. ``watch`` holds what is learned of
    it while it is in use: drift and judgements of matured outcomes.
    """

    __tablename__ = "fitted_models"
    __table_args__ = (
        UniqueConstraint("kind", "version"),
        CheckConstraint("state in ('promoted','kept','withdrawn')", name="state"),
        Index("ix_fitted_models_kind_as_of", "kind", "as_of"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    version: Mapped[str]
    name: Mapped[str]
    definition: Mapped[str]
    as_of: Mapped[datetime]
    trained_at: Mapped[datetime]
    snapshot: Mapped[int]
    state: Mapped[str]
    parameters: Mapped[dict[str, object]]
    card: Mapped[dict[str, object]]
    report: Mapped[dict[str, object]]
    watch: Mapped[dict[str, object]]
    sign_off: Mapped[dict[str, object] | None]


class ModelDecision(Base):
    """One decision about which model scores: what was decided, why, on which figures, and by whom."""

    __tablename__ = "model_decisions"
    __table_args__ = (
        CheckConstraint(
            "decision in ('promoted','kept','none','rolled_back','signed_off')",
            name="decision",
        ),
        Index("ix_model_decisions_kind_at", "kind", "at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    decision: Mapped[str]
    version: Mapped[str | None]
    name: Mapped[str | None]
    definition: Mapped[str]
    as_of: Mapped[datetime]
    reasons: Mapped[list[object]]
    figures: Mapped[dict[str, object]]
    actor_kind: Mapped[str]
    actor_id: Mapped[str]
    actor_name: Mapped[str]
