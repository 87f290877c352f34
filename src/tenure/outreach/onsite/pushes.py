"""The channel of pushes to a person: to each browser of theirs, and a browser that took its word back is forgotten."""

import json
from datetime import datetime

from tenure.channels.channel import CannotTell, Channel, Found, Outgoing, Receipt, Refused, Reply, TryLater, Uncertain
from tenure.channels.push.encryption import MOST_BYTES
from tenure.kit.db import Engine, transaction
from tenure.outreach.onsite import repository
from tenure.outreach.onsite.notice import notice_of
from tenure.outreach.onsite.presses import Presses


class Pushes:
    """Sends to every browser of the customer who is a message's address; one that takes it is enough."""

    name = "push"

    def __init__(self, engine: Engine, browser: Channel, presses: Presses | None = None) -> None:
        self._engine, self._browser, self._presses = engine, browser, presses

    def send(self, message: Outgoing) -> Reply:
        """Push to each browser once; what none takes now is tried again where none is in doubt."""
        with transaction(self._engine) as session:
            root = repository.root_of(session, message.address) or message.address
            browsers = [
                (one.id, _address(one.endpoint, one.p256dh, one.auth))
                for one in repository.subscriptions(session, root)
            ]
        words = _words(message, self._presses)
        replies: list[Reply] = []
        for browser, address in browsers:
            reply = self._browser.send(Outgoing(message.id, address, text=words))
            replies.append(reply)
            if isinstance(reply, Refused) and reply.dead_address:
                with transaction(self._engine) as session:
                    repository.unsubscribe(session, browser)
        for kind in (Receipt, Uncertain, TryLater):
            for reply in replies:
                if isinstance(reply, kind):
                    return reply
        alive = [one for one in replies if isinstance(one, Refused) and not one.dead_address]
        return alive[0] if alive else Refused("no_browser", "no browser of this customer takes pushes")

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """Nobody can be asked."""
        del message_id, sent_at
        return CannotTell()

    def close(self) -> None:
        """Let go of the way to browsers."""
        self._browser.close()


def _address(endpoint: str, p256dh: str, auth: str) -> str:
    return json.dumps({"endpoint": endpoint, "p256dh": p256dh, "auth": auth})


def _words(message: Outgoing, presses: Presses | None) -> str:
    """Return what a browser is told; the body gives way where all of it would not fit."""
    notice = notice_of(message)
    told: dict[str, object] = {"id": message.id, "title": notice.title, "url": notice.url, "language": message.language}
    if presses is not None:
        told["press"] = presses.told_in(message.id)
    for most in (500, 250, 100, 30, 0):
        body = notice.body if len(notice.body) <= most else f"{notice.body[: max(most - 1, 0)]}…"
        words = json.dumps({**told, "body": body}, ensure_ascii=False)
        if len(words.encode()) <= MOST_BYTES:
            break
    return words
