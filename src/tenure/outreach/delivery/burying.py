"""A channel that never tries a dead address twice: what the provider calls dead is closed before anything else."""

from dataclasses import dataclass
from datetime import datetime

from tenure.channels.channel import Channel, Found, Outgoing, Refused, Reply
from tenure.directory.customers.consent import service as consent
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, transaction


@dataclass(frozen=True)
class Burying:
    """Hands messages to a channel and closes the addresses it calls dead."""

    channel: Channel
    engine: Engine
    key: AddressKey
    clock: Clock

    @property
    def name(self) -> str:
        """Return the name of the channel behind."""
        return self.channel.name

    def send(self, message: Outgoing) -> Reply:
        """Hand the message over; closing a dead address twice is closing it once."""
        reply = self.channel.send(message)
        if isinstance(reply, Refused) and reply.dead_address:
            now = self.clock.now()
            with transaction(self.engine) as session:
                consent.close_address(session, self.key, self.name, message.address, "hard_bounce", message.id, now)
        return reply

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """Ask the channel behind."""
        return self.channel.look_up(message_id, sent_at)

    def close(self) -> None:
        """Let go of the channel behind."""
        self.channel.close()
