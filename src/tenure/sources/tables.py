"""Imports as they are stored: what came, how it was understood, what came of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, Index
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base

STATES = ("uploaded", "previewed", "running", "done", "failed", "undone")


class Import(Base):
    """One file on its way in: uploaded → previewed → running → done or failed; done → undone, and again."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("state in ('uploaded','previewed','running','done','failed','undone')", name="state"),
        Index("ix_imports_created_at", "created_at", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    rows: Mapped[int]
    state: Mapped[str]
    kind: Mapped[str]
    kind_confidence: Mapped[float] = mapped_column(Float)
    origin: Mapped[dict[str, object]]
    columns: Mapped[list[object]]
    mapping: Mapped[list[object]]
    options: Mapped[dict[str, object]]
    counts: Mapped[dict[str, object] | None]
    notes: Mapped[list[object]]
    error: Mapped[dict[str, object] | None]
    run_id: Mapped[str | None]
    created_by: Mapped[str | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RememberedMapping(Base):
    """How a file with this header was mapped when it was last imported."""

    __tablename__ = "import_mappings"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    mapping: Mapped[dict[str, object]]
    used_at: Mapped[datetime]
