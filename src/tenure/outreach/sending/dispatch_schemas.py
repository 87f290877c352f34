"""Dispatches on the wire."""

from datetime import datetime
from typing import Literal, Self, cast

from pydantic import BaseModel

from tenure.kit.http import Text
from tenure.outreach.ledger.words import STATES as SEND_STATES
from tenure.outreach.sending.repository import Progress, Shown
from tenure.outreach.sending.tables import Dispatch
from tenure.outreach.sending.words import DEFERRED, STATES

State = Literal["asked", "queueing", "done", "cancelled", "failed"]


class DispatchTrouble(BaseModel):
    """Why a part could not be queued, and what to do; a dispatch that is not over is tried again."""

    code: str
    message: Text
    remedy: Text | None


class SendDispatch(BaseModel):
    """A message asked for to an audience, queued by workers from then on: look at it under ``/sends/dispatches/{id}``.

    Of ``customers`` (unknown until they are found) ``handled`` had their turn, and ``queued`` of them had not been asked for
    before.
    """

    id: str
    state: State
    state_label: Text
    message: str
    version: int | None
    channel: str
    occasion: str
    customers: int | None
    handled: int
    queued: int
    due_at: datetime
    created_at: datetime
    ended_at: datetime | None
    asked_by: str
    trouble: DispatchTrouble | None

    @classmethod
    def of(cls, row: Dispatch | Shown) -> Self:
        """Put a dispatch on the wire."""
        return cls(
            id=row.id, state=cast(State, row.state), state_label=Text.of(STATES[row.state]), message=row.message,
            version=row.version, channel=row.channel, occasion=row.occasion, customers=row.customers, handled=row.handled or 0,
            queued=row.queued or 0, due_at=row.due_at, created_at=row.created_at, ended_at=row.ended_at,
            asked_by=row.asked_by_name, trouble=DispatchTrouble.model_validate(row.error) if row.error else None,
        )  # fmt: skip


class NamedDispatch(SendDispatch):
    """A dispatch, with the name of its message while there is one."""

    message_name: str | None

    @classmethod
    def named(cls, shown: Shown) -> Self:
        """Put a dispatch on the wire."""
        return cls(**SendDispatch.of(shown).model_dump(), message_name=shown.message_name)


class DispatchPage(BaseModel):
    """A page of dispatches, the newest first."""

    items: list[NamedDispatch]
    next_cursor: str | None


class ProgressCount(BaseModel):
    """How many sends are in a state; ``deferred`` are queued for later."""

    state: str
    label: Text
    count: int


class DispatchProgress(NamedDispatch):
    """A dispatch, and what became of the sends of its message, occasion and channel so far."""

    sends: list[ProgressCount]

    @classmethod
    def told(cls, shown: Shown, progress: Progress) -> Self:
        """Put a dispatch and its sends on the wire, in the order in which things happen to them."""
        labels = {"queued": SEND_STATES["queued"], "deferred": DEFERRED, **SEND_STATES}
        sends = [
            ProgressCount(state=state, label=Text.of(label), count=progress[state])
            for state, label in labels.items()
            if state in progress
        ]
        return cls(**NamedDispatch.named(shown).model_dump(), sends=sends)
