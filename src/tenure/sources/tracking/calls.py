"""What one call says, checked: who, what, when. Pure rules, after Segment's specification."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tenure.sources.tracking.words import LONGEST_ID, LONGEST_NAME

TYPES = frozenset({"identify", "track", "page", "screen", "group", "alias"})
ABOUT_PEOPLE = frozenset({"identify", "group", "alias"})
CALLS = {name: name for name in (*TYPES, "batch")} | {
    "i": "identify",
    "t": "track",
    "p": "page",
    "s": "screen",
    "g": "group",
    "a": "alias",
    "b": "batch",
    "import": "batch",
}
AHEAD = timedelta(hours=1)  # a clock may be a little fast; what lies further ahead is a mistake
OLDEST = datetime(1990, 1, 1)
MEANINGLESS = frozenset({"null", "undefined", "none", "nil", "nan", "[object object]"})


class Refusal(Exception):
    """An event that is not taken; ``code`` names a sentence of ``words.REFUSALS``."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.about = about


@dataclass(frozen=True, slots=True)
class Call:
    """One call, checked; ``at`` is UTC without a zone, by our clock."""

    kind: str
    user_id: str | None
    anonymous_id: str | None
    name: str
    at: datetime
    item: dict[str, object]


def checked(item: object, kind: str | None, skew: timedelta, received: datetime) -> Call:
    """Check one event; ``skew`` is what the sender's clock is behind ours, ``received`` UTC without a zone."""
    if not isinstance(item, dict):
        raise Refusal("not_an_object")
    told = item.get("type", kind) if kind is None else kind
    if not isinstance(told, str) or told not in TYPES:
        raise Refusal("unknown_type")
    user_id, anonymous_id = identity(item.get("userId")), identity(item.get("anonymousId"))
    for part in ("properties", "traits", "context"):
        inside = item.get(part)
        if inside is not None and not isinstance(inside, dict):
            raise Refusal("bad_properties", part)
    if user_id is not None and user_id.lower() in MEANINGLESS:
        raise Refusal("meaningless_id")
    if told == "alias" and (user_id is None or identity(item.get("previousId")) is None):
        raise Refusal("no_previous")
    if user_id is None and anonymous_id is None:
        raise Refusal("no_user")
    if told == "group" and identity(item.get("groupId")) is None:
        raise Refusal("no_group")
    return Call(told, user_id, anonymous_id, _name(item, told), _when(item, skew, received), item)


def identity(value: object) -> str | None:
    """Return an id as text, or None where there is none."""
    if value is None or value == "":
        return None
    if type(value) is int or type(value) is float:
        value = str(value)
    if not isinstance(value, str) or not (value := value.strip()) or len(value) > LONGEST_ID:
        raise Refusal("bad_id")
    return value


def moment(value: object) -> datetime:
    """Read a time; without an offset it is UTC."""
    if not isinstance(value, str) or len(value) > 40:
        raise Refusal("bad_time")
    try:
        told = datetime.fromisoformat(value)
        return told if told.tzinfo is None else told.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise Refusal("bad_time") from error


def skew_of(told: dict[str, object], received: datetime) -> timedelta:
    """Return what the sender's clock is behind ours, by the time it says it sent at."""
    sent = told.get("sentAt")
    return timedelta() if sent is None else received - moment(sent)


def event_id(key_id: str, item: dict[str, object], text: str, repeat: int) -> str:
    """Return what makes an event unique within its source: its messageId, or where there is none all it says.

    ``repeat`` counts equal events without a messageId within one request, so that both are kept.
    """
    told = item.get("messageId")
    named = isinstance(told, str | int) and not isinstance(told, bool) and told != ""
    content = f"{key_id}\x1f{told}" if named else f"{key_id}\x1e{text}\x1e{repeat}"
    return "evt_" + hashlib.sha256(content.encode()).hexdigest()[:24]


def _name(item: dict[str, object], kind: str) -> str:
    if kind == "track":
        name = item.get("event")
        if not isinstance(name, str) or not (name := name.strip()) or len(name) > LONGEST_NAME:
            raise Refusal("no_event")
        return name
    name = item.get("name")
    return name.strip()[:LONGEST_NAME] if isinstance(name, str) else ""


def _when(item: dict[str, object], skew: timedelta, received: datetime) -> datetime:
    told = item.get("timestamp") or item.get("originalTimestamp")
    if told is None:
        return received
    try:
        at = moment(told) + skew
    except OverflowError as error:
        raise Refusal("bad_time") from error
    if at > received + AHEAD:
        raise Refusal("future")
    if at < OLDEST:
        raise Refusal("too_old")
    return at
