"""Finished stages as they are stored."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class FinishedStage(Base):
    """One stage of the work last begun: what it was done with (data, instant, definition), and what it left behind."""

    __tablename__ = "finished_stages"

    work: Mapped[str] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    snapshot: Mapped[int]
    as_of: Mapped[datetime]
    definition: Mapped[str]
    artefact: Mapped[dict[str, object]]
    finished_at: Mapped[datetime]
