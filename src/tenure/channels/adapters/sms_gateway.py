"""Text messages over a gateway of the house, signed as Standard Webhooks says."""

import json
from datetime import datetime
from urllib.parse import quote

from tenure.channels.adapters.answers import broken, by_status, later
from tenure.channels.channel import CannotTell, Found, NotFound, Outgoing, Receipt, Refused, Reply, Uncertain
from tenure.channels.outbound import Answer, Outbound
from tenure.channels.sms.accounts import Gateway
from tenure.channels.sms.phone import e164
from tenure.channels.webhooks import signing
from tenure.channels.words import fields, kept
from tenure.kit.clock import Clock


class SmsGateway:
    """Posts ``{id, to, text, template, parameters}``; the gateway answers ``{id}`` or ``{code, message, dead_address}``.

    The gateway can be asked for a message by our id, so that nothing stays unknown: ``GET <url>/<id>``, signed over an empty body.
    """

    name = "sms"

    def __init__(self, account: Gateway, outbound: Outbound, clock: Clock) -> None:
        self._account, self._outbound, self._clock = account, outbound, clock
        self._key = signing.key_of(account.secret)

    def send(self, message: Outgoing) -> Reply:
        """Hand over one message."""
        number = e164(message.address)
        if number is None:
            return Refused("not_an_address", "not a telephone number", dead_address=True)
        told: dict[str, object] = {"id": message.id, "to": number, "text": message.text}
        told |= {name: message.extra[name] for name in ("template", "parameters") if name in message.extra}
        body = json.dumps(told, ensure_ascii=False).encode()
        outcome = self._outbound.post(self._account.url, body, self._headers(message.id, body))
        if not isinstance(outcome, Answer):
            return broken(outcome, address_is_theirs=False)
        return by_status(outcome, self._secrets) or self._answered(outcome)

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """Ask the gateway what became of a message."""
        del sent_at
        url = f"{self._account.url.rstrip('/')}/{quote(message_id, safe='')}"
        outcome = self._outbound.get(url, self._headers(message_id, b""))
        if isinstance(outcome, Answer) and outcome.status == 404:
            return NotFound()
        if isinstance(outcome, Answer) and outcome.status == 200 and "id" in fields(outcome.body):
            return Receipt(kept(str(fields(outcome.body)["id"]), self._secrets))
        return CannotTell()

    def close(self) -> None:
        """Let go of connections."""
        self._outbound.close()

    @property
    def _secrets(self) -> tuple[str, ...]:
        return (self._account.secret, self._account.secret.removeprefix(signing.PREFIX))

    def _headers(self, message_id: str, body: bytes) -> dict[str, str]:
        at = int(self._clock.now().timestamp())
        return {"content-type": "application/json", **signing.headers([self._key], message_id, at, body)}

    def _answered(self, answer: Answer) -> Reply:
        told = fields(answer.body)
        if 200 <= answer.status < 300:
            if "id" not in told:
                return Uncertain("the answer names no message")
            return Receipt(kept(str(told["id"]), self._secrets))
        code, words = kept(str(told.get("code", answer.status)), self._secrets), str(told.get("message", ""))
        if answer.status in (401, 403, 404):  # our key or our address: nothing of the customer's doing
            return later(answer, self._secrets, words, code)
        return Refused(code, kept(words, self._secrets), dead_address=told.get("dead_address") is True)
