"""What other rooms ask about the erased: who of some people is, and whether that has changed."""

from collections.abc import Sequence
from datetime import datetime

from tenure.directory.customers.erased import repository
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.erased.repository import add as add
from tenure.directory.customers.erased.repository import bury as bury
from tenure.directory.customers.erased.repository import change as change
from tenure.directory.customers.erased.repository import consents_of as consents_of
from tenure.directory.customers.erased.repository import end as end
from tenure.directory.customers.erased.repository import find as find
from tenure.directory.customers.erased.repository import keep_consents as keep_consents
from tenure.directory.customers.erased.repository import known as known
from tenure.directory.customers.erased.repository import lift as lift
from tenure.directory.customers.erased.repository import listed as listed
from tenure.directory.customers.erased.repository import under_way as under_way
from tenure.directory.customers.erased.tables import Erasure as Erasure
from tenure.directory.customers.erased.tables import KeptConsent as KeptConsent
from tenure.kit.db import Session


def erased_among(session: Session, keys: ErasedKeys, kind: str, values: Sequence[str]) -> set[str]:
    """Return which of some values of a kind (customer, email, phone, wecom) belong to somebody who was erased."""
    if not values or not anybody(session):
        return set()
    hashed = keys.of_all(kind, dict.fromkeys(values))
    found = repository.among(session, kind, list(hashed.values()))
    return {value for value, key in hashed.items() if key in found}


def anybody(session: Session) -> bool:
    """Say whether anybody was ever erased."""
    return repository.version(session)[0] > 0


def version(session: Session) -> tuple[int, datetime | None]:
    """Return something that changes whenever somebody is erased or let back in."""
    return repository.version(session)


def forget_old_proof(session: Session, now: datetime) -> int:
    """Drop kept words of consent whose time has come; returns how many."""
    return repository.forget_consents(session, now)
