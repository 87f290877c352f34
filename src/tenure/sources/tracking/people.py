"""Who the people behind events are: users become customers, traits their columns, visitors the users they turn out to be.

One transaction takes what waits in the outbox, does all of it, and forgets it: so it happens exactly once. The rules
are those of imports: an id names a customer; without one an e-mail address or a telephone number does; what is known
is never replaced by a blank. What may be done to somebody who can be reached is another matter: see ``addresses``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa

from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.erased.service import erased_among
from tenure.directory.customers.folding import FIELDS
from tenure.directory.customers.intake import repository as customers
from tenure.directory.customers.merging import service as merging
from tenure.directory.customers.repository import ONE_AT_A_TIME
from tenure.kit.db import Session
from tenure.kit.errors import TenureError
from tenure.kit.ids import content_id
from tenure.kit.stream import repository as stream
from tenure.sources.tracking import repository
from tenure.sources.tracking.addresses import Given, Offer, judged
from tenure.sources.tracking.calls import moment
from tenure.sources.tracking.landing import Json, Packet, id_of, ids_in, living
from tenure.sources.tracking.offering import Vouching, offered, set_aside, without_addresses
from tenure.sources.tracking.traits import group_of, told_of

TOPIC = "@people"
SOURCE = "tracking"
BATCH = 200  # packets
ARROW = {"text": pa.string(), "date": pa.date32(), "timestamptz": pa.timestamp("us")}


@dataclass
class People:
    """What a batch says of people: since when each was seen, what is told of each, who visitors are, which addresses are offered."""

    first_seen: dict[str, datetime] = field(default_factory=dict)
    columns: dict[str, dict[str, object]] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    merges: list[tuple[str, str, bool]] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)

    def tell(self, customer: str, told: tuple[dict[str, object], dict[str, str]]) -> None:
        """Add what is told of a customer; the later word counts."""
        self.columns.setdefault(customer, {}).update(told[0])
        self.attributes.setdefault(customer, {}).update(told[1])


@dataclass(frozen=True)
class Met:
    """What came of a batch: how many packets, and whether customers were merged."""

    packets: int
    merged: bool = False


def meet(session: Session, now: datetime, keys: ErasedKeys, secret: str, batch: int = BATCH) -> Met:
    """Do what waits about people; nothing while an import changes customers, and the next time then.

    Whoever was erased does not come back; ``keys`` recognise them. By the workspace's ``secret`` it is seen whom a
    shop's server vouches for.
    """
    waiting = stream.peek(session, TOPIC, 1)
    if not waiting or not stream.take_turn(session, ONE_AT_A_TIME):
        return Met(0)
    rows = stream.peek(session, TOPIC, batch)
    packets = [Packet.of(payload, recorded_at) for _, payload, recorded_at in rows]
    if gone := erased_among(session, keys, "customer", sorted(ids_in(packets)[0])):
        packets = living(packets, gone)
    people = _gathered(session, packets, Vouching.of(session, packets, secret))
    aside = _give_addresses(session, people)
    _leave_out_the_erased(session, people, keys)
    _write(session, people, now)
    set_aside(session, [one for one in aside if one.offer.customer in people.first_seen], keys, now)
    merged = [_merge(session, kept, other, trusted, now) for kept, other, trusted in people.merges]
    stream.drop(session, [row[0] for row in rows])
    return Met(len(rows), any(merged))


def _gathered(session: Session, packets: Sequence[Packet], vouching: Vouching) -> People:
    calls: list[tuple[Packet, Json, Json]] = [
        (packet, item, call) for packet in packets for item in packet.items if isinstance(call := item["call"], dict)
    ]
    ids, visiting = ids_in(packets)
    users = repository.customers_of_users(session, sorted(ids))
    visitors = repository.customers_of_visitors(session, sorted(visiting))
    addresses = repository.customers_of_addresses(session, _addresses(call for _, _, call in calls))
    people = People()
    for packet, item, call in calls:
        user, visitor = id_of(call, "userId"), id_of(call, "anonymousId")
        customer = users.get(user, user) if user is not None else None
        told = _told(item, call)
        if customer is None and told is not None:
            customer = people.links.get(visitor or "") or visitors.get(visitor or "") or _by_address(told[0], addresses)
        if customer is None:
            continue
        at = moment(item["at"])
        people.first_seen[customer] = min(at, people.first_seen.get(customer, at))
        if told is not None:
            people.offers += offered(customer, told[0], packet, item, vouching)
            people.tell(customer, (without_addresses(told[0]), told[1]))
        if item["kind"] == "alias":
            _alias(session, people, customer, id_of(call, "previousId") or "", trusted=packet.trusted)
        elif visitor is not None:
            people.links[visitor] = customer
    return people


def _give_addresses(session: Session, people: People) -> Sequence[Given]:
    """Let customers have the addresses they may be given; returns what is to be set aside."""
    if not people.offers:
        return ()
    told = sorted({(column, said) for offer in people.offers for column, said in offer.told.items()})
    known = repository.known_addresses(session, sorted({offer.customer for offer in people.offers}), told)
    given, aside = judged(people.offers, known)
    for one in given:
        people.tell(one.offer.customer, ({one.column: one.address}, {}))
    return aside


def _leave_out_the_erased(session: Session, people: People, keys: ErasedKeys) -> None:
    """Forget whose address, told by a visitor, is that of somebody who was erased."""
    addresses = {str(told["email"]): one for one, told in people.columns.items() if "email" in told}
    for address in erased_among(session, keys, "email", sorted(addresses)):
        gone = addresses[address]
        people.first_seen.pop(gone, None)
        people.columns.pop(gone, None)
        people.attributes.pop(gone, None)
        people.links = {visitor: one for visitor, one in people.links.items() if one != gone}


def _told(item: Json, call: Json) -> tuple[dict[str, object], dict[str, str]] | None:
    if item["kind"] == "group":
        return group_of(call)
    if item["kind"] != "identify":
        return None
    traits = call.get("traits")
    return told_of(traits) if isinstance(traits, dict) else ({}, {})


def _addresses(calls: Iterable[Json]) -> list[str]:
    """Return the addresses and numbers that calls without a user tell."""
    found = set()
    for call in calls:
        traits = call.get("traits")
        if id_of(call, "userId") is None and isinstance(traits, dict):
            columns = told_of(traits)[0]
            found |= {str(columns[kind]).lower() for kind in ("email", "phone") if kind in columns}
    return sorted(found)


def _by_address(told: Json, known: dict[tuple[str, str], str]) -> str | None:
    """Return the customer of an address or number, or a new one made of it, as imports do."""
    for kind in ("email", "phone"):
        if kind in told:
            value = str(told[kind]).lower()
            return known.get((kind, value)) or content_id("cus", kind, value)
    return None


def _alias(session: Session, people: People, customer: str, previous: str, *, trusted: bool) -> None:
    if previous == customer:
        return
    if previous in people.first_seen or repository.is_customer(session, previous):
        people.merges.append((customer, previous, trusted))
    else:
        people.links[previous] = customer


def _write(session: Session, people: People, now: datetime) -> None:
    if not people.first_seen:
        return
    ids = sorted(people.first_seen)
    undated = [one for one in ids if "joined_at" not in people.columns.get(one, {})]
    if undated:
        since = pa.array([people.first_seen[one] for one in undated], ARROW["timestamptz"])
        seen = pa.record_batch([pa.array(undated, pa.string()), since], names=["customer_id", "joined_at"])
        customers.take_in(session, [seen], import_id=SOURCE, source=SOURCE, now=now, fill_only=True)
    if people.columns:
        customers.take_in(session, [_batch(people)], import_id=SOURCE, source=SOURCE, now=now)
    repository.link(session, people.links, now)
    repository.tell_the_lake(session, ids, now)


def _batch(people: People) -> pa.RecordBatch:
    ids = sorted(people.columns)
    named = sorted({name for columns in people.columns.values() for name in columns})
    arrays = {name: pa.array([people.columns[c].get(name) for c in ids], ARROW[FIELDS[name]]) for name in named}
    tags = [list(people.attributes[c].items()) or None for c in ids]
    attributes = pa.array(tags, pa.map_(pa.string(), pa.string()))
    columns = {"customer_id": pa.array(ids, pa.string()), **arrays, "attributes": attributes}
    return pa.record_batch(list(columns.values()), names=list(columns))


def _merge(session: Session, kept: str, other: str, trusted: bool, now: datetime) -> bool:
    """Merge two customers that an alias calls one; says False when they are one already, or stay two.

    A key of browsers stands in public pages: whoever reads it must not become somebody else, so that nobody who has an
    address, or came by an import, is taken in by an alias that comes by one. Such people are merged by members, or by
    the shop's own server.
    """
    roots = [repository.shown(session, one) for one in (kept, other)]
    if roots[0] == roots[1] or (not trusted and repository.reachable(session, roots[1])):
        return False
    try:
        merging.merge(session, roots[0], roots[1], None, now)
    except TenureError:
        return False
    return True
