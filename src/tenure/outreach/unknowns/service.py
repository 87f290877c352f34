"""The verb: resolve what is unknown on a channel."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from tenure.channels.channel import CannotTell, Channel, Found, NotFound, Receipt
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.outreach.care import service as care
from tenure.outreach.unknowns import repository

ASK_AFTER = timedelta(minutes=10)  # providers write down what they took a little later than they took it
BATCH = 200


@runtime_checkable
class KnowsByAddress(Protocol):
    """A channel whose provider is asked by the address a message went to."""

    def look_up_at(self, message_id: str, address: str, sent_at: datetime) -> Found:
        """Ask the provider what it knows of a message of ours to an address."""
        ...


def resolve(engine: Engine, channel: Channel, clock: Clock) -> Counter[str]:
    """Ask the provider about every unknown send; where it cannot tell, the channel's rule decides after its wait.

    A message the provider took is accepted, one it says it never had is queued again. Nothing else goes a second time.
    """
    done, after = Counter[str](), ""
    with transaction(engine) as session:
        rules = care.rules_of(session, channel.name)
    wait = timedelta(hours=rules.unknown_after_hours)
    while True:
        with transaction(engine) as session:
            rows = repository.due(session, channel.name, clock.now() - ASK_AFTER, after, BATCH)
        for send in rows:
            after, now = str(send["id"]), clock.now()
            found = _asked(channel, str(send["id"]), str(send["address"]), send["sent_at"])
            with transaction(engine) as session:
                if isinstance(found, Receipt):
                    told: dict[str, object] = {"how": "provider_knows_it", "provider_id": found.provider_id}
                    done["accepted"] += repository.resolve(session, send, now, "accepted", "accepted", told)
                elif isinstance(found, NotFound):
                    told = {"how": "provider_never_had_it"}
                    done["queued"] += repository.resolve(session, send, now, "queued", "queued", told)
                elif now - send["changed_at"] < wait or rules.unknown == "leave":
                    done["left"] += 1
                elif rules.unknown == "treat_as_sent":
                    told = {"how": "rule_of_the_channel", "hours": rules.unknown_after_hours}
                    done["accepted"] += repository.resolve(session, send, now, "accepted", "treated_as_sent", told)
                else:
                    told = {"why": "nobody_can_vouch", "how": "rule_of_the_channel", "hours": rules.unknown_after_hours}
                    done["failed"] += repository.resolve(session, send, now, "failed", "failed", told)
        if len(rows) < BATCH:
            return done


def _asked(channel: Channel, send: str, address: str, sent_at: datetime) -> Found:
    if isinstance(channel, KnowsByAddress):
        return channel.look_up_at(send, address, sent_at) if address else CannotTell()
    return channel.look_up(send, sent_at)
