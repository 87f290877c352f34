"""One customer over HTTP; mounted after every other route under /customers, because an id may be any text."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.directory.customers.profile import repository, schemas, service
from tenure.directory.workspace import service as workspace
from tenure.kit.http import ClockDep, SessionDep

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/{customer_id:path}", dependencies=[Depends(require("customers.read"))])
def read_customer(session: SessionDep, clock: ClockDep, customer_id: str) -> schemas.CustomerProfile:
    """Return everything known of one customer; the id of a merged record leads to the one it was merged into."""
    return _told(session, clock, customer_id)


@router.patch("/{customer_id:path}")
def change_customer(
    session: SessionDep,
    clock: ClockDep,
    customer_id: str,
    body: schemas.CustomerChangeRequest,
    actor: Annotated[Principal, Depends(require("customers.write"))],
) -> schemas.CustomerProfile:
    """Change what is known of a customer."""
    shown = service.change(session, customer_id, body.wanted(), actor, clock.now())
    return _told(session, clock, shown.id)


def _told(session: SessionDep, clock: ClockDep, customer_id: str) -> schemas.CustomerProfile:
    churn = workspace.read(session).scored_churn
    return schemas.CustomerProfile.of(repository.profile(session, customer_id), churn, clock.now())
