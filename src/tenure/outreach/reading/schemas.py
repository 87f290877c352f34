"""Opens and clicks on the wire."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from tenure.kit.http import Text
from tenure.kit.i18n import Text as Words
from tenure.outreach.reading.machine import THRESHOLD
from tenure.outreach.reading.words import REASONS


class ReadReason(BaseModel):
    """One sign: above zero it speaks for a machine, below for a person."""

    code: str
    words: Text
    weight: float


class MessageRead(BaseModel):
    """One open or click as it came; ``machine`` is how likely a machine did it, empty until it is judged."""

    at: datetime
    kind: str
    link: str
    method: str
    agent: str
    network: str
    machine: float | None
    human: bool | None
    reasons: list[ReadReason]

    @classmethod
    def of(cls, row: Any) -> "MessageRead":
        """Put a read on the wire."""
        machine = row["machine"]
        reasons = [
            ReadReason(code=code, words=Text.of(REASONS.get(code, Words(code, code))), weight=weight)
            for code, weight in row["reasons"]
        ]
        plain = {name: row[name] for name in ("at", "kind", "link", "method", "agent", "network", "machine")}
        return cls(**plain, human=None if machine is None else machine < THRESHOLD, reasons=reasons)


class MessageReads(BaseModel):
    """What came of one send, in order."""

    items: list[MessageRead]


class LinkClicks(BaseModel):
    """How many people clicked a link, and of how many mails machines did."""

    link: str
    people: int
    machines: int


class ChannelReading(BaseModel):
    """How a message was read over one channel; ``null`` is what is not measured there, which is not nought."""

    model_config = ConfigDict(from_attributes=True)

    channel: str
    sent: int
    opened: int | None
    clicked: int | None
    opened_by_machines: int | None
    clicked_by_machines: int | None


class MessageReading(BaseModel):
    """How a message was read: sends opened and clicked by people, and by machines alone or as well, of those that are measured."""

    message: str
    sent: int
    opened: int | None
    clicked: int | None
    opened_by_machines: int | None
    clicked_by_machines: int | None
    unjudged: int
    channels: list[ChannelReading]
    links: list[LinkClicks]
