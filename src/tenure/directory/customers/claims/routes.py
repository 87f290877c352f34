"""Claimed addresses over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from tenure.directory.access import Principal, require
from tenure.directory.customers.claims import repository, schemas, service
from tenure.kit.http import ClockDep, CursorQuery, LimitQuery, SessionDep
from tenure.kit.pages import moment_cursor, next_cursor

router = APIRouter(prefix="/address-claims", tags=["customers"])
Writer = Annotated[Principal, Depends(require("customers.write"))]


@router.get("", dependencies=[Depends(require("customers.read"))])
def list_address_claims(
    session: SessionDep,
    customer_id: Annotated[str | None, Query(max_length=255, description="Only those about this customer.")] = None,
    cursor: CursorQuery = None,
    limit: LimitQuery = 50,
) -> schemas.AddressClaims:
    """Return addresses that were claimed of known customers and not proven, the latest first."""
    if customer_id is not None:
        rows = repository.of_customer(session, customer_id, limit)
        return schemas.AddressClaims(items=[schemas.AddressClaim.model_validate(row) for row in rows], next_cursor=None)
    rows = repository.open_claims(session, limit + 1, moment_cursor(cursor))
    following = next_cursor(rows, limit, lambda row: [str(row["last_at"]), row["id"]])
    return schemas.AddressClaims(
        items=[schemas.AddressClaim.model_validate(row) for row in rows[:limit]], next_cursor=following
    )


@router.post("/{claim_id}/accept", status_code=204)
def accept_address_claim(session: SessionDep, clock: ClockDep, claim_id: str, actor: Writer) -> None:
    """Let the customer have the claimed address, in place of the one there is."""
    service.accept(session, claim_id, actor, clock.now())


@router.post("/{claim_id}/ignore", status_code=204)
def ignore_address_claim(session: SessionDep, clock: ClockDep, claim_id: str, actor: Writer) -> None:
    """Put a claim away; made again, it is not shown again."""
    service.ignore(session, claim_id, actor, clock.now())
