"""The verbs for what is learned afterwards."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from tenure.kit.db import Session
from tenure.outreach.ledger.repository.work import Line
from tenure.outreach.settling import repository


def settle(
    session: Session,
    ids: Sequence[str],
    state: Literal["delivered", "failed"],
    details: Mapping[str, object],
    now: datetime,
) -> int:
    """Say that sends a provider took arrived or failed; returns how many this is news for."""
    return repository.settle(session, ids, state, details, now)


def note(session: Session, ids: Sequence[str], what: str, details: Mapping[str, object], now: datetime) -> None:
    """Write down something that happened to sends without changing them."""
    repository.note(session, ids, what, details, now)


def fall_back(session: Session | Line, ids: Sequence[str], why: str, now: datetime) -> int:
    """Ask for the same messages over each send's next channel; returns how many were asked for."""
    return repository.fall_back(session, ids, why, now)
