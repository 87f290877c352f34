"""The channel of messages on the shop's pages: accepted means that it lies in the person's inbox, once."""

from datetime import datetime, timedelta

from tenure.channels.channel import Found, NotFound, Outgoing, Receipt, Refused, Reply, TryLater, Uncertain
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, Trouble, transaction, trouble_of
from tenure.outreach.onsite import repository
from tenure.outreach.onsite.notice import notice_of

LASTS = timedelta(days=14)


class Inbox:
    """A channel of our own over PostgreSQL; a message whose fate is not known can be looked up by its id."""

    name = "in_app"

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def send(self, message: Outgoing) -> Reply:
        """Lay a message into the inbox of the customer who is its address; laid twice, it lies there once."""
        notice, now = notice_of(message), self._clock.now()
        if not (notice.title or notice.body):
            return Refused("empty", "nothing to show")
        values = {
            "send_id": message.id,
            "customer_id": message.address,
            "style": notice.style,
            "title": notice.title,
            "body": notice.body,
            "button": notice.button,
            "url": notice.url,
            "language": message.language,
            "stored_at": now,
            "expires_at": now + _lasts(message),
        }
        laid = False
        try:
            with transaction(self._engine) as session:
                repository.put(session, values)
                laid = True
        except Exception as error:  # the driver's errors are named in kit.db alone; what is none of them goes on up
            trouble = trouble_of(error)
            if trouble is None:
                raise
            return _told(trouble, committing=laid)
        return Receipt(f"inbox:{message.id}")

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """Look whether a message lies there."""
        del sent_at
        with transaction(self._engine) as session:
            return Receipt(f"inbox:{message_id}") if repository.lies_there(session, message_id) else NotFound()

    def close(self) -> None:
        """Hold nothing open: connections go back to their pool after each message."""


def _lasts(message: Outgoing) -> timedelta:
    days = message.extra.get("days")
    return timedelta(days=float(days)) if isinstance(days, int | float) and 0 < days <= 365 else LASTS


def _told(trouble: Trouble, *, committing: bool) -> Reply:
    if trouble == "no_such_row":
        return Refused("no_such_customer", "the customer is not there any more", dead_address=True)
    if trouble == "refused":
        return Refused("refused", "the database does not take it")
    if trouble == "broken" and committing:
        return Uncertain("the line broke before the database answered")
    return TryLater("database", "the database does not answer now", after_seconds=5.0)
