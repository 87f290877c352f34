"""What one request brings, ready to be stored: the events taken, and what is to be said of each."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tenure.sources.tracking import calls
from tenure.sources.tracking.calls import ABOUT_PEOPLE, Call, Refusal
from tenure.sources.tracking.expected import Expected, violations
from tenure.sources.tracking.keys.service import Source
from tenure.sources.tracking.reading import Fault, written
from tenure.sources.tracking.words import MOST_EVENTS

NOT_OF_THE_EVENT = ("writeKey", "sentAt", "batch")


@dataclass(slots=True)
class Piece:
    """One event that can be stored: its place in the request, what makes it unique, and itself as JSON."""

    place: int
    key: str
    text: str
    about_people: bool
    who: str | None  # the user, with the visitor when one is named too


@dataclass
class Parcel:
    """What one request brings from one source."""

    source: Source
    verdicts: list[dict[str, object]]
    pieces: list[Piece] = field(default_factory=list)
    refused: list[dict[str, object]] = field(default_factory=list)


class Known:
    """Who the directory was told of, and who is met on top of them in a transaction that has yet to commit."""

    def __init__(self, before: set[str]) -> None:
        self._before = before
        self.met: set[str] = set()

    def __contains__(self, who: str) -> bool:
        return who in self._before or who in self.met

    def add(self, who: str) -> None:
        """Remember somebody."""
        self.met.add(who)


def parcel_of(told: dict[str, object], kind: str, source: Source, received: datetime, expected: Expected) -> Parcel:
    """Check everything a request says; ``received`` is UTC without a zone."""
    items = _items(told, kind)
    try:
        skew = calls.skew_of(told, received)
    except (Refusal, OverflowError):
        skew = timedelta()  # a time of sending that cannot be read says nothing of the sender's clock
    wanted = None if kind == "batch" else kind
    shared = told.get("context") if kind == "batch" else None
    parcel = Parcel(source, [])
    repeats: dict[str, int] = {}
    for place, item in enumerate(items):
        verdict = _first_word(item, shared)
        parcel.verdicts.append(verdict)
        try:
            call = calls.checked(item, wanted, skew, received)
            _as_expected(call, source, expected)
            text = _text(call)
        except Refusal as refusal:
            verdict |= {"verdict": "refused", "code": refusal.code}
            if refusal.about:
                verdict["about"] = refusal.about
            parcel.refused.append({"code": refusal.code, "name": _said_name(item), "about": refusal.about[:200]})
            continue
        repeat = repeats[text] = repeats.get(text, -1) + 1
        key = calls.event_id(source.key_id, call.item, text, repeat)
        stored = f'{{"id":"{key}","at":"{call.at.isoformat()}","kind":"{call.kind}","call":{text}}}'
        who = None if call.user_id is None else f"{call.user_id}\x1f{call.anonymous_id or ''}"
        parcel.pieces.append(Piece(place, key, stored, call.kind in ABOUT_PEOPLE, who))
    return parcel


def payloads(parcel: Parcel, fresh: Sequence[Piece], known: Known) -> Iterator[tuple[str, str]]:
    """Give the rows of the outbox that carry what is new of a parcel.

    ``known`` are the users, and visitors under users, the directory was told of; those met here are added.
    """
    told: dict[str, object] = {"key": parcel.source.key_id, "name": parcel.source.name}
    if parcel.source.trusted:
        told["trusted"] = True
    source = json.dumps(told, ensure_ascii=False)
    if fresh or parcel.refused:
        items = ",".join(piece.text for piece in fresh)
        refused = json.dumps(parcel.refused, ensure_ascii=True) if parcel.refused else "[]"
        yield "@tracking", f'{{"source":{source},"items":[{items}],"refused":{refused}}}'
    people = []
    for piece in fresh:
        if piece.about_people or (piece.who is not None and piece.who not in known):
            people.append(piece.text)
            known.add(piece.who or "")
    if people:
        yield "@people", f'{{"source":{source},"items":[{",".join(people)}]}}'


def _items(told: dict[str, object], kind: str) -> list[object]:
    if kind != "batch":
        return [told]
    items = told.get("batch")
    if not isinstance(items, list):
        raise Fault("no_batch")
    if len(items) > MOST_EVENTS:
        raise Fault("too_many_events")
    return items


def _first_word(item: object, shared: object) -> dict[str, object]:
    """Take out of an event what is not its own, and return the verdict to begin with."""
    verdict: dict[str, object] = {"verdict": "accepted"}
    if isinstance(item, dict):
        for name in NOT_OF_THE_EVENT:
            item.pop(name, None)
        if isinstance(shared, dict):
            item.setdefault("context", shared)
        said = item.get("messageId")
        if isinstance(said, str | int):
            verdict["messageId"] = said if isinstance(said, int) else said[:200]
    return verdict


def _as_expected(call: Call, source: Source, expected: Expected) -> None:
    if source.strict and call.kind == "track":
        for broken in violations(call.name, call.item.get("properties"), expected):
            raise Refusal(broken.code, broken.property)


def _text(call: Call) -> str:
    text, code = written(call.item)
    if code is not None:
        raise Refusal(code)
    return text


def _said_name(item: object) -> str:
    """Return what a refused event calls itself, as far as that can be kept."""
    name = item.get("event") or item.get("type") if isinstance(item, dict) else None
    if not isinstance(name, str):
        return ""
    return "".join(letter for letter in name[:100] if letter.isprintable())
