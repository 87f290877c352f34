"""What WeCom reports: customers who came, changed or left, and tags that changed."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from xml.etree import ElementTree

Change = Literal[
    "add_external_contact",
    "add_half_external_contact",
    "edit_external_contact",
    "del_external_contact",
    "del_follow_user",
    "transfer_fail",
]
CUSTOMER_LEFT: Change = (
    "del_follow_user"  # the customer removed the colleague: consent is taken back, and a sign of risk
)
COLLEAGUE_REMOVED: Change = "del_external_contact"  # the colleague removed the customer: nothing the customer said
_CHANGES = frozenset(Change.__args__)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ContactEvent:
    """A change between a customer (``contact``) and a colleague (``staff``); ``key`` is the same for every repetition of it."""

    change: Change
    staff: str
    contact: str
    at: datetime
    key: str
    state: str = ""
    welcome_code: str = ""


@dataclass(frozen=True, slots=True)
class TagEvent:
    """A tag or group of tags was made, renamed, dropped or moved."""

    change: str
    tag: str
    kind: str
    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class OtherEvent:
    """Something this product does nothing about."""

    name: str
    key: str


Event = ContactEvent | TagEvent | OtherEvent


class NotAnEvent(Exception):
    """Words that are not an event."""


def read(words: str) -> Event:
    """Read an event that was opened; a document that brings definitions of its own is refused unread."""
    if "<!DOCTYPE" in words or "<!ENTITY" in words:
        raise NotAnEvent("it brings definitions")
    try:
        told = {child.tag: (child.text or "").strip() for child in ElementTree.fromstring(words)}
        at = datetime.fromtimestamp(int(told["CreateTime"]), UTC)
    except (ElementTree.ParseError, KeyError, ValueError, OverflowError, OSError) as error:
        raise NotAnEvent("cannot be read") from error
    name, change = told.get("Event", ""), told.get("ChangeType", "")
    parts = ("ToUserName", "Event", "ChangeType", "UserID", "ExternalUserID", "Id", "CreateTime")
    key = hashlib.sha256("\x1f".join(told.get(part, "") for part in parts).encode()).hexdigest()
    if name == "change_external_contact" and change in _CHANGES and told.get("ExternalUserID"):
        return ContactEvent(
            change,  # type: ignore[arg-type]
            told.get("UserID", ""),
            told["ExternalUserID"],
            at,
            key,
            told.get("State", ""),
            told.get("WelcomeCode", ""),
        )
    if name == "change_external_tag":
        return TagEvent(change, told.get("Id", ""), told.get("TagType", ""), at, key)
    return OtherEvent(f"{name}/{change}".strip("/"), key)
