"""Hold-outs on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tenure.outreach.holdouts.tables import HoldOut as Row

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")]


class HoldOutRequest(BaseModel):
    """A hold-out as it is wanted: a share of customers, of one message (its id or name) or of all."""

    model_config = ConfigDict(extra="forbid")

    percent: float = Field(ge=0.1, le=50)
    message: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    redraw: bool = False


class HoldOut(BaseModel):
    """One version of a hold-out; without an end it is in force."""

    name: str
    version: int
    message: str | None
    percent: float
    begins_at: datetime
    ends_at: datetime | None
    by: str

    @classmethod
    def of(cls, row: Row) -> "HoldOut":
        """Put a version on the wire; what draws the customers stays here."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


class HoldOuts(BaseModel):
    """Every version of every hold-out, the newest first; ``kept_back`` counts sends by the hold-out's name."""

    items: list[HoldOut]
    kept_back: dict[str, int]
    customers: int
