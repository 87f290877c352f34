"""The rules of the gate over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep
from tenure.outreach.policy import schemas, service

router = APIRouter(prefix="/contact-policy", tags=["messages"])


@router.get("", dependencies=[Depends(require("settings.read"))])
def read_contact_policy(session: SessionDep) -> schemas.ContactPolicy:
    """Return the rules every message is held against."""
    return service.read(session)


@router.put("")
def change_contact_policy(
    session: SessionDep,
    clock: ClockDep,
    body: schemas.ContactRules,
    actor: Annotated[Principal, Depends(require("settings.write"))],
) -> schemas.ContactPolicy:
    """Put new rules into force; decisions made before keep the version they were made by."""
    return service.change(session, body, actor, clock.now())
