"""The verb: resolve what is unknown on a channel."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from tenure.channels.channel import CannotTell, Channel, Found, NotFound, Receipt
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.outreach.care import service as care
from tenure.outreach.care.schemas import CareRules
from tenure.outreach.unknowns import repository

ASK_AFTER = timedelta(minutes=10)  # providers write down what they took a little later than they took it
BATCH = 200
ROUND = timedelta(minutes=3)  # other work of messages waits for its turn


@runtime_checkable
class KnowsByAddress(Protocol):
    """A channel whose provider is asked by the address a message went to."""

    def look_up_at(self, message_id: str, address: str, sent_at: datetime) -> Found:
        """Ask the provider what it knows of a message of ours to an address."""
        ...


def resolve(engine: Engine, channel: Channel, clock: Clock, key: AddressKey, begin: str = "") -> Counter[str]:
    """Ask the provider about every unknown send; where it cannot tell, the channel's rule decides after its wait.

    A message the provider took is accepted, one it says it never had is queued again. Nothing else goes a second time.
    A provider that is slow to answer is asked for a few minutes at once, ``begin`` says from which id on.
    """
    done, began = Counter[str](), clock.now()
    with transaction(engine) as session:
        rules = care.rules_of(session, channel.name)
    for after, upto in ((begin, None), ("", begin)) if begin else (("", None),):
        for send in _due(engine, channel.name, clock, after, upto):
            done[_resolved(engine, channel, send, rules, clock, key)] += 1
            if not timedelta() <= clock.now() - began < ROUND:
                return +done
    return +done


def _due(engine: Engine, channel: str, clock: Clock, after: str, upto: str | None) -> Iterator[Mapping[str, Any]]:
    while True:
        with transaction(engine) as session:
            rows = repository.due(session, channel, clock.now() - ASK_AFTER, after, BATCH, upto)
        yield from rows
        if len(rows) < BATCH:
            return
        after = str(rows[-1]["id"])


def _resolved(
    engine: Engine, channel: Channel, send: Mapping[str, Any], rules: CareRules, clock: Clock, key: AddressKey
) -> str:
    found, now = _asked(channel, send, key), clock.now()
    told: dict[str, object] = {"how": "rule_of_the_channel", "hours": rules.unknown_after_hours}
    if isinstance(found, Receipt):
        state, what = "accepted", "accepted"
        told = {"how": "provider_knows_it", "provider_id": found.provider_id}
    elif isinstance(found, NotFound):
        state, what, told = "queued", "queued", {"how": "provider_never_had_it"}
    elif now - send["changed_at"] < timedelta(hours=rules.unknown_after_hours) or rules.unknown == "leave":
        return "left"
    elif rules.unknown == "treat_as_sent":
        state, what = "accepted", "treated_as_sent"
    else:
        state, what, told = "failed", "failed", {"why": "nobody_can_vouch", **told}
    with transaction(engine) as session:
        return state if repository.resolve(session, send, now, state, what, told) else "settled"


def _asked(channel: Channel, send: Mapping[str, Any], key: AddressKey) -> Found:
    """Ask the provider; by address only where the customer still has the one that was written to."""
    name, address, sent_at = str(send["id"]), str(send["address"]), send["sent_at"]
    if not isinstance(channel, KnowsByAddress):
        return channel.look_up(name, sent_at)
    if not address or send["written_to"] not in (None, key.of(channel.name, address).hex()):
        return CannotTell()
    return channel.look_up_at(name, address, sent_at)
