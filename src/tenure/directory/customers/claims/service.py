"""The verbs of claimed addresses: set aside, accept, ignore."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.claims import repository
from tenure.directory.customers.claims.tables import ClaimedAddress
from tenure.directory.customers.profile import service as profile
from tenure.directory.customers.profile.service import CustomerChange
from tenure.kit.db import Session
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import content_id

COLUMNS = {"email": "email", "phone": "phone", "wecom": "wecom_id"}


@dataclass(frozen=True, slots=True)
class Claim:
    """That somebody who did not prove it says a customer has an address; ``source`` is where they said it."""

    customer_id: str
    kind: str
    value: str
    source: str


def set_aside(session: Session, claims: Sequence[Claim], now: datetime) -> None:
    """Keep claims for a member to look at; the customers stay as they are."""
    rows = [
        {
            "id": content_id("clm", one.customer_id, one.kind, one.value),
            "customer_id": one.customer_id,
            "kind": one.kind,
            "value": one.value,
            "source": one.source,
            "at": now,
        }
        for one in claims
    ]
    repository.add(session, rows)


def open_claims(session: Session, limit: int) -> Sequence[Mapping[str, object]]:
    """Return claims nobody decided about, the latest first."""
    return repository.open_claims(session, limit, None)


def accept(session: Session, claim_id: str, actor: Principal, now: datetime) -> None:
    """Let the customer have the address from now on."""
    claim = _known(session, claim_id)
    wanted = CustomerChange(texts={COLUMNS[claim.kind]: claim.value})
    profile.change(session, claim.customer_id, wanted, actor, now)
    repository.drop(session, claim_id)


def ignore(session: Session, claim_id: str, actor: Principal, now: datetime) -> None:
    """Put a claim away; made again, it stays away."""
    claim = _known(session, claim_id)
    claim.ignored_at = now
    told = audit.Change(
        "claims.ignore", "customer", claim.customer_id, None, {"kind": claim.kind, "value": claim.value}
    )
    audit.record(session, actor, told, now)


def _known(session: Session, claim_id: str) -> ClaimedAddress:
    claim = repository.find(session, claim_id)
    if claim is None:
        raise NotFound(
            Text("There is no such claim; perhaps it was accepted already.", "没有这条待确认信息，可能已被采用。")
        )
    return claim
