"""Webhooks to a customer's own systems, signed as Standard Webhooks says."""

from collections.abc import Sequence
from datetime import datetime

from tenure.channels.adapters.answers import broken, later, refused
from tenure.channels.channel import CannotTell, Found, Outgoing, Receipt, Reply
from tenure.channels.outbound import Answer, Outbound
from tenure.channels.webhooks import signing
from tenure.kit.clock import Clock

_GONE = 410  # the receiver says: never again


class Webhook:
    """Posts the text of a message as JSON to its address; any answer of 200 to 299 is a receipt."""

    name = "webhook"

    def __init__(self, secrets: Sequence[str], outbound: Outbound, clock: Clock) -> None:
        self._secrets = tuple(secrets)
        self._keys = [signing.key_of(secret) for secret in secrets]
        self._outbound, self._clock = outbound, clock

    def send(self, message: Outgoing) -> Reply:
        """Post once; who calls decides about trying again."""
        body = message.text.encode()
        signed = signing.headers(self._keys, message.id, int(self._clock.now().timestamp()), body)
        outcome = self._outbound.post(message.address, body, {"content-type": "application/json", **signed})
        if not isinstance(outcome, Answer):
            return broken(outcome)
        if 200 <= outcome.status < 300:
            return Receipt()
        if outcome.status == _GONE or outcome.status < 400:  # a redirect would lead where nobody checked
            return refused(outcome, self._secrets, dead_address=outcome.status == _GONE)
        return later(outcome, self._secrets)

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """A receiver has no question for what it took."""
        del message_id, sent_at
        return CannotTell()

    def close(self) -> None:
        """Let go of connections."""
        self._outbound.close()
