"""Web push to one browser: sealed for it, posted to the push service its maker runs."""

import json
from dataclasses import dataclass
from datetime import datetime

from tenure.channels.adapters.answers import broken, by_status, refused
from tenure.channels.channel import CannotTell, Found, Outgoing, Receipt, Refused, Reply
from tenure.channels.outbound import Answer, Outbound
from tenure.channels.push import vapid
from tenure.channels.push.encryption import MOST_BYTES, Browser, sealed
from tenure.kit.clock import Clock

LASTS = 2 * 24 * 3_600  # seconds a push service keeps a push for a browser that is off
_GONE = (404, 410)  # the browser took it back


@dataclass(frozen=True, slots=True)
class Account:
    """Who sends: the private key in PEM, and where the push service may reach us (``mailto:`` or a page)."""

    key: str
    contact: str


class WebPush:
    """Posts the text of a message to a browser; its address is the browser's subscription as JSON."""

    name = "push"

    def __init__(self, account: Account, outbound: Outbound, clock: Clock) -> None:
        self._account, self._outbound, self._clock = account, outbound, clock

    def send(self, message: Outgoing) -> Reply:
        """Seal and post; 404 and 410 mean that the browser took its subscription back."""
        try:
            told = json.loads(message.address)
            endpoint, point, secret = str(told["endpoint"]), vapid.raw(told["p256dh"]), vapid.raw(told["auth"])
            words = sealed(message.text.encode()[:MOST_BYTES], Browser(point, secret))
        except (ValueError, KeyError, TypeError):
            return Refused("bad_subscription", "this is no subscription of a browser", dead_address=True)
        headers = {
            "authorization": vapid.authorization(self._account.key, self._account.contact, endpoint, self._clock.now()),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(LASTS),
            "urgency": "normal",
        }
        outcome = self._outbound.post(endpoint, words, headers)
        if not isinstance(outcome, Answer):
            return broken(outcome)
        if outcome.status in (200, 201, 202, 204):
            return Receipt(outcome.headers.get("location"))
        if outcome.status in _GONE:
            return refused(outcome, (self._account.key,), dead_address=True)
        return by_status(outcome, (self._account.key,)) or refused(outcome, (self._account.key,))

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """A push service has no question for what it took."""
        del message_id, sent_at
        return CannotTell()

    def close(self) -> None:
        """Let go of connections."""
        self._outbound.close()
