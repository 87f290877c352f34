"""Which addresses a call may give a customer. Pure rules.

A key of browsers stands in public pages: whoever reads it could have a customer's mail sent to themselves. So what is
told through one is believed of somebody who has no address yet; whoever has one keeps what they have, and nobody gets
what another has, unless the shop's server vouches for the call or speaks itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

KINDS = {"email": "email", "phone": "phone", "wecom_id": "wecom"}  # columns of a customer that messages go to


@dataclass(frozen=True)
class Offer:
    """What one call tells of a customer's addresses, by column; ``proven`` where it is believed."""

    customer: str
    told: Mapping[str, str]
    proven: bool
    key_id: str
    source: str
    event_id: str
    at: str


@dataclass
class Known:
    """What is known: as whom each customer is shown, what each of those has, whose an address is, how it is spelled."""

    shown: dict[str, str] = field(default_factory=dict)
    has: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # (shown, column)
    owners: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # (column, address)
    spelled: dict[tuple[str, str], str] = field(default_factory=dict)  # (column, as told)

    def reachable(self, who: str) -> bool:
        """Say whether somebody has any address."""
        return any(self.has.get((who, column)) for column in KINDS)

    def learn(self, who: str, column: str, address: str) -> None:
        """Remember that somebody has an address from now on, and no other of its kind."""
        self.has[who, column] = {address}
        self.owners.setdefault((column, address), set()).add(who)


@dataclass(frozen=True)
class Given:
    """An address, as told, that a customer is given, or was claimed to have."""

    offer: Offer
    column: str
    address: str


def judged(offers: Iterable[Offer], known: Known) -> tuple[list[Given], list[Given]]:
    """Return which addresses are given and which are set aside, in the order of the calls; ``known`` learns of them."""
    given, aside = list[Given](), list[Given]()
    for offer in offers:
        who = known.shown.get(offer.customer, offer.customer)
        new = not known.reachable(who)  # before this call, which may tell several
        for column, told in offer.told.items():
            address = known.spelled.get((column, told), told)
            if not offer.proven and address in known.has.get((who, column), ()):
                continue  # nothing new, and nothing to write
            others = known.owners.get((column, address), set()) - {who}
            if offer.proven or (new and not others):
                given.append(Given(offer, column, told))
                known.learn(who, column, address)
            else:
                aside.append(Given(offer, column, address))
    return given, aside
