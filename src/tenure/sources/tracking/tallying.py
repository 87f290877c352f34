"""What sort of events a batch holds: names, properties and types, what is not as expected, and the newest few."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tenure.sources.tracking.expected import Expected, type_of, violations
from tenure.sources.tracking.landing import Json, Packet, id_of
from tenure.sources.tracking.repository.counting import MOST_SAMPLES

LONGEST_NAME = 200
NEWEST = 200  # of one batch that are shown to whoever watches

Broken = tuple[str, str, str, str, bool]  # key, event, code, property, refused


@dataclass
class Tally:
    """Counts of one batch."""

    events: Counter[tuple[str, str]] = field(default_factory=Counter)
    properties: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    broken: dict[Broken, tuple[int, list[object]]] = field(default_factory=dict)
    newest: list[dict[str, object]] = field(default_factory=list)

    def breaks(self, broken: Broken, sample: Json) -> None:
        """Count a violation, and keep the newest few as samples."""
        count, samples = self.broken.get(broken, (0, []))
        self.broken[broken] = (count + 1, [sample, *samples][:MOST_SAMPLES])


def tallied(packets: Sequence[Packet], expected: Expected) -> Tally:
    """Count what packets hold."""
    tally = Tally()
    for packet in packets:
        for refused in packet.refused:
            known = (packet.key_id, str(refused["name"]), str(refused["code"]), str(refused["about"]), True)
            tally.breaks(known, {"at": packet.recorded_at.isoformat()})
        for item in packet.items:
            _tally_one(tally, packet, item, expected)
    del tally.newest[:-NEWEST]
    return tally


def told(packet: Packet, item: Json, problems: Sequence[str]) -> dict[str, object]:
    """Return an event as somebody who watches sees it."""
    call = item["call"]
    assert isinstance(call, dict)
    kind = str(item["kind"])
    return {
        "id": item["id"],
        "at": item["at"],
        "received_at": packet.recorded_at.isoformat(),
        "kind": kind,
        "name": _name(kind, call),
        "user_id": id_of(call, "userId"),
        "anonymous_id": id_of(call, "anonymousId"),
        "source": packet.source_name,
        "problems": list(problems),
        "properties": call.get("traits" if kind in ("identify", "group") else "properties") or {},
    }


def _tally_one(tally: Tally, packet: Packet, item: Json, expected: Expected) -> None:
    call, kind = item["call"], str(item["kind"])
    assert isinstance(call, dict)
    name, problems = _name(kind, call), []
    tally.events[kind, name] += 1
    if kind == "track":
        properties = call.get("properties")
        for key, value in properties.items() if isinstance(properties, dict) else ():
            tally.properties[name, key[:LONGEST_NAME], type_of(value)] += 1
        for found in violations(name, properties, expected):
            problems.append(found.code)
            sample = {"id": item["id"], "at": item["at"], "found": found.found}
            tally.breaks((packet.key_id, name, found.code, found.property, False), sample)
    tally.newest.append(told(packet, item, problems))
    if len(tally.newest) > 2 * NEWEST:
        del tally.newest[:NEWEST]


def _name(kind: str, call: Json) -> str:
    said = call.get("event") if kind == "track" else call.get("name")
    return str(said or "").strip()[:LONGEST_NAME]
