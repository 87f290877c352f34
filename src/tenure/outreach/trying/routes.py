"""Trying a channel over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.outreach.trying import schemas, service

router = APIRouter(prefix="/channels", tags=["messages"])
Keeper = Annotated[Principal, Depends(require("settings.write"))]
SecretDep = Annotated[str, Depends(resource("secret"))]
OpenDep = Annotated[service.Open, Depends(resource("channel"))]


@router.post("/{channel}/test")
def try_channel(
    session: SessionDep,
    secret: SecretDep,
    clock: ClockDep,
    opening: OpenDep,
    channel: str,
    body: schemas.ChannelTestRequest,
    actor: Keeper,
) -> schemas.ChannelTest:
    """Send a test message over a channel's account at once, past the ledger; switched off, it can be tried too."""
    tried = service.send_test(session, secret, opening, channel, body.address, actor, clock.now())
    return schemas.ChannelTest.of(tried)
