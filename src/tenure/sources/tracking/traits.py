"""What a call tells of a person, as columns of a customer: traits that Segment's specification names, and the rest."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from tenure.sources.tracking.calls import Refusal, moment
from tenure.sources.tracking.landing import Json, as_text, flattened

MOST_ATTRIBUTES = 100
LONGEST_TEXT = 300  # columns are indexed, and an index holds no more
LONGEST_NAME = 100
PLAIN = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "gender": "gender",
    "language": "language",
    "locale": "language",
    "country": "country",
    "state": "region",
    "region": "region",
    "city": "city",
    "wecom_id": "wecom_id",
}
NAMES = (("firstName", "lastName"), ("first_name", "last_name"))
CREATED = ("createdAt", "created_at")
SINCE_2001, SINCE_2001_IN_MS = 1e9, 1e12  # a number of seconds, or of milliseconds


def told_of(traits: Json) -> tuple[dict[str, object], dict[str, str]]:
    """Return the columns and the attributes of a customer that traits speak of."""
    columns: dict[str, object] = {}
    rest: dict[str, object] = {}
    for name, value in traits.items():
        column = PLAIN.get(name)
        if column is not None and (text := _text(value)) and (column != "email" or "@" in text):
            columns[column] = text
        elif name == "birthday" and (day := _day(value)) is not None:
            columns["birthday"] = day
        elif name in CREATED and (at := _instant(value)) is not None:
            columns["joined_at"] = at
        elif name not in ("company", "address", *NAMES[0], *NAMES[1]):
            rest[name] = value
    columns |= _composed(traits, columns)
    return columns, dict(_attributes(rest))


def group_of(call: Json) -> tuple[dict[str, object], dict[str, str]]:
    """Return the company a group call speaks of, and its traits as attributes ``company.…``."""
    traits = call.get("traits")
    told: Mapping[str, object] = traits if isinstance(traits, dict) else {}
    name = _text(told.get("name")) or _text(call.get("groupId"))
    rest = {f"company.{key}": value for key, value in told.items() if key != "name"}
    return {"company": name}, dict(_attributes({"company.id": call.get("groupId"), **rest}))


def _composed(traits: Json, known: Json) -> dict[str, object]:
    made: dict[str, object] = {}
    if "name" not in known:
        for pair in NAMES:
            parts = [text for text in (_text(traits.get(part)) for part in pair) if text]
            if parts:
                made["name"] = " ".join(parts)
                break
    company, address = traits.get("company"), traits.get("address")
    if (text := _text(company.get("name") if isinstance(company, dict) else company)) is not None:
        made["company"] = text
    if isinstance(address, dict):
        for part, column in (("country", "country"), ("state", "region"), ("city", "city")):
            if column not in known and (text := _text(address.get(part))) is not None:
                made[column] = text
    return made


def _attributes(rest: Json) -> Iterator[tuple[str, str]]:
    for place, (name, value) in enumerate(flattened(rest)):
        if place >= MOST_ATTRIBUTES:
            return
        if name.strip() and (text := value.strip()):
            yield name.strip()[:LONGEST_NAME], text[:LONGEST_TEXT]


def _text(value: object) -> str | None:
    if value is None or isinstance(value, bool | dict | list):
        return None
    return as_text(value).strip()[:LONGEST_TEXT] or None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _instant(value: object) -> datetime | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not SINCE_2001 <= value < 1e14:  # a number of hundreds of digits is none that can be divided
            return None
        seconds = value / 1000 if value >= SINCE_2001_IN_MS else value
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None) if SINCE_2001 <= seconds < 1e10 else None
    try:
        return moment(value)
    except Refusal:
        return None
