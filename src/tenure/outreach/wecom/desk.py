"""The desk that takes sends for WeCom and keeps them until a colleague is asked for many at once."""

from datetime import datetime

from tenure.channels.channel import Found, NotFound, Outgoing, Receipt, Refused, Reply
from tenure.channels.wecom.groups import MOST_TEXT
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction
from tenure.outreach.settling import service as settling
from tenure.outreach.wecom.repository import tasks as repository
from tenure.outreach.wecom.rules import Patience, day_of, window


class Desk:
    """A channel of our own: taken means written down here, so that nothing handed over is ever unknown."""

    name = "wecom"

    def __init__(self, engine: Engine, clock: Clock, patience: Patience) -> None:
        self._engine, self._clock, self._patience = engine, clock, patience

    def send(self, message: Outgoing) -> Reply:
        """Keep a message for the next task, unless nobody has the customer or the customer had enough."""
        if len(message.text.encode()) > MOST_TEXT:
            return Refused("too_long", f"more than {MOST_TEXT} bytes")
        now = self._clock.now()
        with transaction(self._engine) as session:
            since, most = window(self._patience.quota, day_of(now))
            colleague = repository.colleague_of(session, message.address)
            if colleague is None:
                settling.fall_back(session, [message.id], "no_colleague", now)
                return Refused("no_colleague", "nobody has this customer in their contacts")
            got = repository.received(session, message.address, since)
            if got >= most and not repository.handed(session, message.id):
                settling.fall_back(session, [message.id], "over_quota", now)
                return Refused("over_quota", f"{got} of {most} messages since {since.isoformat()}")
            repository.hand_over(session, message.id, message.address, colleague, message.text, day_of(now), now)
        return Receipt(f"wecom:{message.id}")

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """Look whether a send lies here."""
        del sent_at
        with transaction(self._engine) as session:
            return Receipt(f"wecom:{message_id}") if repository.handed(session, message_id) else NotFound()

    def close(self) -> None:
        """Hold nothing open."""
