"""Audit entries on the wire."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """One act."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    at: datetime
    actor_kind: str
    actor_id: str
    actor_name: str
    act: str
    subject_kind: str
    subject_id: str
    before: dict[str, object] | None
    after: dict[str, object] | None


class Entries(BaseModel):
    """A page of the audit log, newest first."""

    items: list[Entry]
    next_cursor: str | None
