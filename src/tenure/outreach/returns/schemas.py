"""Returned mail on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tenure.channels.returns.report import Report, without_addresses
from tenure.channels.returns.verdict import hardness
from tenure.kit.http import Text
from tenure.kit.i18n import Text as Words
from tenure.outreach.returns.tables import ReturnedMail as Row
from tenure.outreach.returns.words import EFFECTS, KINDS

Short = Annotated[str, StringConstraints(max_length=400)]


class ReturnedMail(BaseModel):
    """One report: what it said, how it was matched to a send, and what was done."""

    id: str
    at: datetime
    came_by: str
    kind: str
    kind_label: Text
    send_id: str | None
    matched_by: str
    status: str
    words: str
    effect: str
    effect_label: Text

    @classmethod
    def of(cls, row: Row) -> "ReturnedMail":
        """Put a report on the wire."""
        plain = {name: getattr(row, name) for name in cls.model_fields if not name.endswith("_label")}
        labels = {
            "kind_label": Text.of(KINDS.get(row.kind, Words(row.kind, row.kind))),
            "effect_label": Text.of(EFFECTS.get(row.effect, Words(row.effect, row.effect))),
        }
        return cls.model_validate({**plain, **labels})


class ReturnedMails(BaseModel):
    """A page of reports, the newest first."""

    items: list[ReturnedMail]
    next_cursor: str | None


class ReturnEvent(BaseModel):
    """A bounce or complaint as a provider's webhook tells it; ``message_id`` is the Message-ID of our mail."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["bounce", "complaint", "opt_out", "delivered"]
    message_id: Short
    recipient: Short = ""
    status: Short = ""
    words: Short = ""

    def report(self, send: str) -> Report:
        """Return it as any other report."""
        named = (self.recipient.strip().lower(),) if self.recipient else ()
        kind = hardness(self.status, self.words) if self.type == "bounce" else self.type
        return Report(kind, (send,), (), named, self.status[:20], without_addresses(self.words))


class ReturnEvents(BaseModel):
    """What a webhook brings."""

    events: Annotated[list[ReturnEvent], Field(max_length=1000)]
