"""Pictures on the wire."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from tenure.outreach.media.tables import Media as MediaRow


class Media(BaseModel):
    """A picture; ``path`` is where everybody reads it, and in templates ``{{ media.url }}/`` and its name."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    path: str
    title: str
    type: str
    width: int
    height: int
    size: int
    added_at: datetime

    @classmethod
    def of(cls, row: MediaRow) -> Self:
        """Put a picture on the wire."""
        told = {field: getattr(row, field) for field in cls.model_fields if field != "path"}
        return cls.model_validate({**told, "path": f"/media/{row.name}"})


class MediaPage(BaseModel):
    """A page of pictures, the newest first."""

    items: list[Media]
    next_cursor: str | None
