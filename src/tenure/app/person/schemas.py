"""Export and erasure of people on the wire."""

from datetime import datetime
from typing import Literal, cast

from pydantic import BaseModel, Field

from tenure.app.person.erase import Choices
from tenure.directory.customers.erased.service import Erasure as ErasureRow
from tenure.directory.customers.erased.service import KeptConsent
from tenure.kit.http import Text

MOST = 10_000


class ErasureRequest(BaseModel):
    """Who shall be erased, and what may stay without naming anybody."""

    customer_ids: list[str] = Field(min_length=1, max_length=MOST)
    keep_orders: bool = True
    keep_proof: bool = True

    def choices(self) -> Choices:
        """Return what was chosen."""
        return Choices(self.keep_orders, self.keep_proof)


class ConfirmedErasure(ErasureRequest):
    """An erasure somebody confirmed: ``confirm`` is the person's name (their id where none is known), or how many people."""

    confirm: str = Field(min_length=1, max_length=500)


class ErasureLine(BaseModel):
    """What one place holds, and what becomes of it."""

    store: Text
    place: str
    label: Text
    fate: Text
    rows: int


class ErasurePreview(BaseModel):
    """What an erasure would do; ``confirm_with`` is what has to be typed."""

    persons: int
    records: int
    confirm_with: str
    lines: list[ErasureLine]


class Erasure(BaseModel):
    """One erasure: how far its run is can be asked at ``/runs/{run_id}``."""

    id: str
    run_id: str
    state: Literal["running", "done"]
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    persons: int
    receipt: dict[str, object] | None

    @classmethod
    def of(cls, row: ErasureRow) -> "Erasure":
        """Put an erasure on the wire; whom it is about is not told."""
        told = row.receipt or row.people or {}
        return cls(
            id=row.id,
            run_id=row.run_id,
            state="running" if row.ended_at is None else "done",
            asked_by=str(row.asked_by["name"]),
            asked_at=row.asked_at,
            ended_at=row.ended_at,
            persons=int(cast(int, told.get("persons", 1))),
            receipt=row.receipt,
        )


class ErasurePage(BaseModel):
    """Erasures, newest first."""

    items: list[Erasure]
    next_cursor: str | None


class ReceiptRequest(BaseModel):
    """A receipt to verify."""

    receipt: dict[str, object]


class ReceiptVerdict(BaseModel):
    """Whether a receipt is unchanged, and whether this workspace signed it."""

    unchanged: bool
    ours: bool


class Identity(BaseModel):
    """Something that names a person."""

    kind: Literal["customer", "email", "phone", "wecom"]
    value: str = Field(min_length=1, max_length=254)


class Readmitted(BaseModel):
    """How many marks were lifted."""

    lifted: int


class ProofEntry(BaseModel):
    """A word of consent of somebody who was erased."""

    purpose: str
    channel: str
    state: str
    basis: str
    source: str
    at: datetime
    wording: str | None
    erasure_id: str
    until: datetime

    @classmethod
    def of(cls, row: KeptConsent) -> "ProofEntry":
        """Put a kept word on the wire."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


class Proof(BaseModel):
    """The words that are kept under the hash of an address."""

    items: list[ProofEntry]
