"""Confirmations over HTTP, for members; customers see the public pages of consent."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import require
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.outreach.accounts import service as accounts
from tenure.outreach.confirming import schemas, service

router = APIRouter(prefix="/consent", tags=["consent"])


@router.get("/confirmations", dependencies=[Depends(require("settings.read"))])
def read_confirmations(
    session: SessionDep, clock: ClockDep, public_url: Annotated[str | None, Depends(resource("public_url"))]
) -> schemas.Confirmations:
    """Return whether people can be asked to confirm their yes, and how many wait, were asked and confirmed."""
    on = [one.channel for one in accounts.every(session) if one.enabled]
    return service.standing(session, on, clock.now(), public=bool(public_url))
