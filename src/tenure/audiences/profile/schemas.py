"""The timeline and merges on the wire."""

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel

from tenure.audiences.profile.timeline import Happening
from tenure.audiences.profile.words import detail, title
from tenure.kit.http import Text

HappeningKind = Literal[
    "order",
    "return",
    "payment",
    "subscription",
    "event",
    "ticket",
    "feedback",
    "message",
    "points",
    "score",
    "merge",
    "import",
]


class TimelineItem(BaseModel):
    """One thing that happened."""

    at: datetime
    kind: HappeningKind
    title: Text
    detail: Text | None
    amount: float | None
    currency: str | None
    ref: str

    @classmethod
    def of(cls, happening: Happening) -> "TimelineItem":
        """Put a happening on the wire."""
        told = detail(happening)
        return cls.model_validate(
            {
                "at": happening.at.replace(tzinfo=UTC),
                "kind": happening.kind,
                "title": Text.of(title(happening)),
                "detail": None if told is None else Text.of(told),
                "amount": happening.amount,
                "currency": happening.currency,
                "ref": happening.ref,
            }
        )


class Timeline(BaseModel):
    """A page of what happened, newest first."""

    items: list[TimelineItem]
    next_cursor: str | None


class MergeRequest(BaseModel):
    """The record to be merged into the customer."""

    other_id: str


class UnmergeRequest(BaseModel):
    """The merge to be undone."""

    merge_id: str


class MergeDone(BaseModel):
    """A merge that was made."""

    merge_id: str


class UnmergeDone(BaseModel):
    """The record that stands alone again."""

    customer_id: str
