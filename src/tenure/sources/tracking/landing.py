"""From what the door wrote down to rows of the lake: events of customers, and events of visitors nobody knows yet."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pyarrow as pa

from tenure.warehouse.schema import ANONYMOUS_EVENTS, EVENTS

BEHAVIOUR = {"track": None, "page": "page_view", "screen": "screen_view"}  # calls that tell what somebody did
MOST_PROPERTIES = 100  # of one event; more than that is a document, not an event
LONGEST_VALUE = 2_000
DEEPEST = 3  # levels of an object that get names of their own; below that it is kept as JSON
Json = Mapping[str, object]


@dataclass(frozen=True)
class Packet:
    """What one request brought, as the outbox holds it."""

    key_id: str
    source_name: str
    items: Sequence[Json]
    refused: Sequence[Json]
    recorded_at: datetime
    trusted: bool = False

    @classmethod
    def of(cls, payload: Json, recorded_at: datetime) -> "Packet":
        """Read a payload of the outbox."""
        source = payload["source"]
        assert isinstance(source, dict)
        items, refused = payload.get("items") or (), payload.get("refused") or ()
        assert isinstance(items, Sequence)
        assert isinstance(refused, Sequence)
        trusted = source.get("trusted") is True
        return cls(str(source["key"]), str(source["name"]), items, refused, recorded_at, trusted)


@dataclass(frozen=True)
class Who:
    """Which customers users and visitors are; a user nobody knows by another id is a customer by this one."""

    users: Mapping[str, str] = field(default_factory=dict)
    visitors: Mapping[str, str] = field(default_factory=dict)

    def customer(self, call: Json) -> str | None:
        """Return the customer a call is about, or None for a visitor nobody knows yet."""
        user = id_of(call, "userId")
        if user is not None:
            return self.users.get(user, user)
        visitor = id_of(call, "anonymousId")
        return None if visitor is None else self.visitors.get(visitor)


def id_of(call: Json, name: str) -> str | None:
    """Return an id of a call that was checked when it was taken."""
    value = call.get(name)
    if type(value) is str:
        return value.strip() or None
    return None if value is None else str(value)


def ids_in(packets: Iterable[Packet]) -> tuple[set[str], set[str]]:
    """Return the users and the visitors that packets speak of."""
    users, visitors = set[str](), set[str]()
    for packet in packets:
        for item in packet.items:
            call = _call(item)
            user, visitor = id_of(call, "userId"), id_of(call, "anonymousId")
            if user is not None:
                users.add(user)
            elif visitor is not None:
                visitors.add(visitor)
    return users, visitors


def living(packets: Iterable[Packet], erased: Collection[str]) -> list[Packet]:
    """Leave out what users who were erased did."""
    return [
        replace(packet, items=[item for item in packet.items if id_of(_call(item), "userId") not in erased])
        for packet in packets
    ]


def landed(packets: Sequence[Packet], who: Who) -> tuple[pa.Table, pa.Table]:
    """Return the rows of ``events`` and of ``anonymous_events``."""
    known: list[tuple[object, ...]] = []
    unknown: list[tuple[object, ...]] = []
    for packet in packets:
        source = f"tracking:{packet.key_id}"
        recorded_at = packet.recorded_at.astimezone(UTC).replace(tzinfo=None)
        for item in packet.items:
            if item["kind"] in BEHAVIOUR:
                call = _call(item)
                customer = who.customer(call)
                subject = customer if customer is not None else id_of(call, "anonymousId")
                row = (item["id"], subject, *_told(item, call), source, recorded_at, None)
                (unknown if customer is None else known).append(row)
    return _table(known, EVENTS.schema().to_pyarrow()), _table(unknown, ANONYMOUS_EVENTS.schema().to_pyarrow())


def _call(item: Json) -> Json:
    call = item["call"]
    assert isinstance(call, dict)
    return call


def _told(item: Json, call: Json) -> tuple[object, ...]:
    """Return the columns between the subject and where the row came from."""
    properties, context = _object(call, "properties"), _object(call, "context")
    kind = str(item["kind"])
    own_name = call.get("name")
    name = call["event"] if kind == "track" else BEHAVIOUR[kind]
    page = _object(context, "page").get("path") or properties.get("path") or properties.get("url")
    if page is None and kind != "track":
        page = own_name
    tags = dict(  # what is told twice, as analytics.js tells a page's name, stands once, as the properties have it
        [
            *([("name", str(own_name))] if kind != "track" and own_name else []),
            *flattened(_object(context, "campaign"), "campaign."),
            *flattened(properties),
        ][:MOST_PROPERTIES]
    )
    return (
        item["at"],
        str(name).strip(),
        _platform(context),
        _text(properties.get("session_id") or properties.get("sessionId") or context.get("sessionId")),
        _text(page),
        _text(properties.get("product_id") or properties.get("sku")),
        _seconds(properties),
        list(tags.items()) or None,
    )


def flattened(told: Json, before: str = "", level: int = 1) -> Iterator[tuple[str, str]]:
    """Give the properties of an object as names and texts; those of an object inside are ``outer.inner``."""
    for name, value in told.items():
        kind = type(value)
        if kind is str:
            yield before + name, value[:LONGEST_VALUE]  # type: ignore[index]
        elif kind is int or kind is float:
            yield before + name, repr(value)
        elif isinstance(value, dict) and level < DEEPEST:
            yield from flattened(value, f"{before}{name}.", level + 1)
        elif value is not None:
            yield before + name, as_text(value)


def as_text(value: object) -> str:
    """Return a value as the lake keeps it."""
    if isinstance(value, str):
        return value[:LONGEST_VALUE]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False)[:LONGEST_VALUE]


def _platform(context: Json) -> str:
    device, system = _object(context, "device").get("type"), _object(context, "os").get("name")
    if isinstance(device, str) and device:
        return device.lower()[:40]
    library = _object(context, "library").get("name")
    if "page" in context or (isinstance(library, str) and library.startswith("analytics.js")):
        return "web"
    return system.lower()[:40] if isinstance(system, str) and system else "server"


def _seconds(properties: Json) -> float | None:
    value = properties.get("duration_seconds", properties.get("duration"))
    return float(value) if type(value) in (int, float) and 0 <= value < 1e9 else None  # type: ignore[arg-type, operator]


def _text(value: object) -> str | None:
    return None if value is None or value == "" or isinstance(value, dict | list) else as_text(value)


def _object(told: Json, name: str) -> Json:
    value = told.get(name)
    return value if isinstance(value, dict) else {}


def _table(rows: list[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = []
    for values, kind in zip(columns, schema.types, strict=True):
        if pa.types.is_timestamp(kind) and values and isinstance(values[0], str):
            arrays.append(pa.array(values, pa.string()).cast(kind))
        else:
            arrays.append(pa.array(values, kind))
    return pa.table(arrays, schema=schema)
