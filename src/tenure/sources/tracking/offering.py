"""Addresses that calls tell: who tells them, whether that is believed, and what becomes of those that are not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tenure.directory.customers.claims import service as claims
from tenure.directory.customers.claims.service import Claim
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.erased.service import erased_among
from tenure.kit.db import Session
from tenure.sources.tracking import repository
from tenure.sources.tracking.addresses import KINDS, Given, Offer
from tenure.sources.tracking.keys import repository as keys_repository
from tenure.sources.tracking.keys.vouching import LONGEST_PROOF, identity_secret, vouched
from tenure.sources.tracking.landing import Json, Packet, id_of
from tenure.sources.tracking.tallying import Tally

UNPROVEN = "unproven_address"


@dataclass(frozen=True)
class Vouching:
    """What tells whether a shop's server vouches for a call: the workspace's secret, and which secret a source has."""

    secret: str
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, session: Session, packets: Sequence[Packet], secret: str) -> "Vouching":
        """Look up the sources of packets."""
        return cls(secret, keys_repository.identity_numbers(session, sorted({packet.key_id for packet in packets})))

    def proves(self, packet: Packet, call: Json) -> bool:
        """Say whether what a call tells is believed: it comes from the shop's server, or the server vouches for the user."""
        if packet.trusted:
            return True
        user, context = id_of(call, "userId"), call.get("context")
        shown = context.get("hash") if isinstance(context, dict) else None
        if user is None or not isinstance(shown, str) or len(shown) > LONGEST_PROOF:
            return False
        number = self.numbers.get(packet.key_id)
        return number is not None and vouched(identity_secret(self.secret, packet.key_id, number), user, shown)


def offered(customer: str, columns: Json, packet: Packet, item: Json, vouching: Vouching) -> Iterator[Offer]:
    """Give the addresses a call tells of a customer, if it tells any."""
    told = {column: str(columns[column]) for column in KINDS if column in columns}
    call = item["call"]
    if told and isinstance(call, dict):
        proven = vouching.proves(packet, call)
        yield Offer(customer, told, proven, packet.key_id, packet.source_name, str(item["id"]), str(item["at"]))


def without_addresses(columns: Json) -> dict[str, object]:
    """Return what else is told of a customer."""
    return {name: value for name, value in columns.items() if name not in KINDS}


def set_aside(session: Session, aside: Sequence[Given], keys: ErasedKeys, now: datetime) -> None:
    """Keep what was claimed for a member to look at, and count it; not where the address is of somebody who was erased."""
    gone = {
        (column, address)
        for column, kind in KINDS.items()
        for address in erased_among(session, keys, kind, sorted({one.address for one in aside if one.column == column}))
    }
    told = [one for one in aside if (one.column, one.address) not in gone]
    if not told:
        return
    tally = Tally()
    for one in told:
        sample = {"id": one.offer.event_id, "at": one.offer.at}
        tally.breaks((one.offer.key_id, "identify", UNPROVEN, KINDS[one.column], False), sample)
    repository.note_violations(session, tally.broken, now)
    claims.set_aside(
        session, [Claim(one.offer.customer, KINDS[one.column], one.address, one.offer.source) for one in told], now
    )
