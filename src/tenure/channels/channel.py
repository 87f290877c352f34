"""What a channel is: it takes one message and says what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tenure.kit.i18n import Text


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready to go: ``id`` is ours, and the same for every try; ``address`` is where it goes."""

    id: str
    address: str
    subject: str = ""
    text: str = ""
    html: str | None = None
    language: str = "en"
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider took the message and answers for it from here on."""

    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider did not take it and never will; ``dead_address`` closes the address."""

    code: str
    message: str
    dead_address: bool = False


@dataclass(frozen=True, slots=True)
class TryLater:
    """The provider did not take it now; nothing was sent."""

    code: str
    message: str
    after_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Nobody can say whether the provider took it: the line broke between the message and the answer."""

    message: str


Reply = Receipt | Refused | TryLater | Uncertain


@dataclass(frozen=True, slots=True)
class NotFound:
    """The provider has no message of that id: it was never taken."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """This provider cannot be asked for a message by our id."""


Found = Receipt | NotFound | CannotTell


@dataclass(frozen=True, slots=True)
class Record:
    """A record to publish in the DNS, ready to be copied."""

    host: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a pre-flight: whether it stands in the way, what was found, what to do, and what to publish."""

    ok: bool
    blocks: bool
    name: str
    found: Text
    remedy: Text | None = None
    record: Record | None = None


class Channel(Protocol):
    """A way to reach people. One message at a time; nothing is repeated by the channel itself."""

    @property
    def name(self) -> str:
        """Return the channel's name, such as ``email``."""
        ...

    def send(self, message: Outgoing) -> Reply:
        """Hand a message to the provider and wait for its word; never raises for what the provider does."""
        ...

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """Ask the provider what it knows of a message of ours."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
