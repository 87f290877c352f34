"""Customers, sends and workers for tests of the ledger; a channel that remembers what it was handed."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.channels.channel import CannotTell, Found, Outgoing, Receipt, Reply
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.db import transaction
from tenure.outreach.arbiter.policy import Policy
from tenure.outreach.delivery.deliver import Tally, deliver
from tenure.outreach.delivery.prepare import Gate, one_by_one
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import Leased, NewSend
from tenure.outreach.ledger.repository import work
from tenure.outreach.standing.repository import Known

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
KEY = AddressKey.derived("secret")
MUCH = 60.0  # seconds a slow machine may take


def rescue(stores: Stores, now: datetime = NOON) -> tuple[int, int]:
    """Find what dead workers left behind, once the database has seen that their lines are closed, a moment later."""
    alive = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = :workers AND granted")
    deadline = time.monotonic() + 30
    with transaction(stores.engine) as session:
        while session.execute(alive, {"workers": work.WORKERS}).scalar_one():
            assert time.monotonic() < deadline, "a line was closed, and its lock is still held"
            time.sleep(0.01)
        return ledger.rescue(session, now)


class Clock:
    """A clock moved by hand."""

    def __init__(self, instant: datetime = NOON) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """Return the present instant."""
        return self.instant

    def pass_time(self, **by: float) -> None:
        """Let time pass."""
        self.instant += timedelta(**by)


class Pigeon:
    """A channel that remembers what it was handed, and answers as it is told."""

    def __init__(self, answer: Callable[[Outgoing], Reply] = lambda _: Receipt(), name: str = "email") -> None:
        self.name, self.answer = name, answer
        self.handed: list[Outgoing] = []

    def send(self, message: Outgoing) -> Reply:
        """Take a message."""
        self.handed.append(message)
        return self.answer(message)

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """Know nothing."""
        return CannotTell()

    def close(self) -> None:
        """Fly away."""


def people(stores: Stores, *ids: str, consent: str | None = "granted") -> None:
    """Add customers with an address on every channel."""
    with transaction(stores.engine) as session:
        for who in ids:
            session.execute(
                text("""INSERT INTO customers (id, email, phone, source, created_at, updated_at)
                        VALUES (:id, :id || '@shop.test', '+86138' || :id, 'test', :now, :now)"""),
                {"id": who, "now": NOON},
            )
            if consent is not None:
                say(stores, who, consent, NOON - timedelta(days=9), session=session)


def say(stores: Stores, who: str, state: str, at: datetime, session: Any = None) -> None:
    """Write down a word of consent to marketing on every channel."""
    sentence = text("""
        INSERT INTO consents (customer_id, purpose, channel, state, at, source)
        VALUES (:who, 'marketing', 'any', :state, :at, 'test')
        ON CONFLICT (customer_id, purpose, channel) DO UPDATE SET state = excluded.state, at = excluded.at""")
    values = {"who": who, "state": state, "at": at}
    if session is not None:
        session.execute(sentence, values)
    else:
        with transaction(stores.engine) as opened:
            opened.execute(sentence, values)


def ask(stores: Stores, customers: Sequence[str], message: str = "news-1", channel: str = "email", **facts: Any) -> int:
    """Ask for a message."""
    wanted = {"purpose": "marketing", "due_at": NOON, "asked_by": "test", "cost": Decimal(0), **facts}
    with transaction(stores.engine) as session:
        return ledger.ask(session, NewSend(message, channel, customers, **wanted), NOON)


def run(stores: Stores, channel: Pigeon, policy: Policy | None = None, clock: Clock | None = None) -> Tally:
    """Deliver until nothing is due."""
    return deliver(
        stores.engine, channel, gate(stores, policy).prepare, clock or Clock(), Event(), drain=True, pause=0.01
    )


def gate(stores: Stores, policy: Policy | None = None) -> Gate:
    """Return a gate with the given rules, or with none but consent."""
    return Gate(stores.engine, lambda: policy or Policy("t1"), KEY, lambda _: ZoneInfo("UTC"), one_by_one(compose))


def compose(send: Leased, person: Known, channel: str) -> Outgoing:
    """Write a message of one line."""
    return Outgoing(send.id, person.addresses[channel], send.message, f"To {send.customer_id}")


def sends(stores: Stores) -> dict[tuple[str, str], str]:
    """Return the state of every send by message and customer."""
    with transaction(stores.engine) as session:
        found = session.execute(text("SELECT message, customer_id, state FROM sends"))
        return {(row[0], row[1]): row[2] for row in found}


def events(stores: Stores, customer: str) -> list[tuple[str, dict[str, Any]]]:
    """Return what happened to a customer's sends."""
    with transaction(stores.engine) as session:
        found = session.execute(
            text("""SELECT e.what, e.details FROM send_events e JOIN sends s ON s.id = e.send_id
                    WHERE s.customer_id = :who ORDER BY e.id"""),
            {"who": customer},
        )
        return [(row[0], row[1]) for row in found]


def until(happened: Callable[[], bool]) -> None:
    """Wait for what other threads bring about."""
    begun = time.monotonic()
    while not happened():
        assert time.monotonic() - begun < MUCH
        time.sleep(0.05)
