"""Group messages of WeCom: asked for here, confirmed by a colleague, and known customer by customer afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from tenure.channels.channel import Receipt, Refused, TryLater, Uncertain

Failure = Refused | TryLater | Uncertain
Status = Literal["waiting", "sent", "not_friend", "over_quota"]

MOST_CONTACTS = 10_000  # in one task
MOST_ATTACHMENTS = 9
MOST_TEXT = 4_000  # bytes
MOST_REMINDERS = 3  # in 24 hours


@dataclass(frozen=True, slots=True)
class GroupMessage:
    """One text for many customers of one colleague."""

    staff: str
    contacts: Sequence[str]
    text: str
    attachments: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The colleague was asked; ``left_out`` are customers WeCom will not let it reach."""

    msgid: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactResult:
    """What became of the message for one customer."""

    contact: str
    status: Status
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A customer in a colleague's contacts, as WeCom knows it."""

    contact: str
    staff: str
    name: str = ""
    unionid: str | None = None
    remark: str = ""
    tags: tuple[str, ...] = ()
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the company, in its group."""

    id: str
    name: str
    group: str


class GroupSends(Protocol):
    """Whoever can ask colleagues to send."""

    def ask(self, message: GroupMessage) -> Asked | Failure:
        """Ask a colleague to send a message to some of their customers."""
        ...

    def remind(self, msgid: str) -> Receipt | Failure:
        """Ask once more; WeCom takes three of these in 24 hours."""
        ...

    def results(self, msgid: str, staff: str) -> Sequence[ContactResult] | Failure:
        """Say what became of it, customer by customer."""
        ...

    def cancel(self, msgid: str) -> Receipt | Failure:
        """Take the question back from those who have not confirmed."""
        ...


class Contacts(Protocol):
    """Whoever knows which customer is in whose contacts."""

    def staff(self) -> Sequence[str] | Failure:
        """Return the colleagues who may have customers."""
        ...

    def relations(self, staff: str) -> Sequence[Relation] | Failure:
        """Return every customer of a colleague."""
        ...

    def tags(self) -> Sequence[Tag] | Failure:
        """Return the company's tags."""
        ...

    def mark(self, relation: Relation, add: Sequence[str], remove: Sequence[str]) -> Receipt | Failure:
        """Put tags on a customer of a colleague and take others off."""
        ...
