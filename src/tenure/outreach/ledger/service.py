"""The verbs of the ledger that others may use."""

from collections.abc import Sequence
from datetime import datetime

from tenure.kit.db import Session
from tenure.outreach.ledger import repository
from tenure.outreach.ledger.asks import NewSend


def ask(session: Session, wanted: NewSend, now: datetime) -> int:
    """Ask for a message to customers; returns how many of them it was not asked for before."""
    return repository.enqueue(session, wanted, now)


def turn(session: Session, name: str, now: datetime, by: str, *, paused: bool, per_second: float | None) -> None:
    """Open, close or narrow a tap: ``all``, ``channel:…`` or ``message:…``."""
    repository.turn(session, name, now, by, paused=paused, per_second=per_second)


def counts(session: Session, message: str | None = None) -> dict[str, int]:
    """Return how many sends are in each state."""
    return repository.counts(session, message)


def rescue(session: Session, now: datetime) -> tuple[int, int]:
    """Find what workers that are gone left behind; returns how many are unknown and how many queued again."""
    return repository.rescue(session, now)


def addresses_by_state(session: Session, message: str) -> dict[str, set[str]]:
    """Return the e-mail addresses of a message's sends, by state."""
    return repository.addresses_by_state(session, message)


def add_proof_customers(session: Session, number: int, now: datetime) -> Sequence[str]:
    """Make customers who agreed to marketing by e-mail, for the proof; returns their ids."""
    return repository.add_proof_customers(session, number, now)
