"""Channel accounts over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.kit.db import Session
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.outreach.accounts import repository, schemas, service
from tenure.outreach.accounts.kinds import KINDS

router = APIRouter(prefix="/channels", tags=["messages"])
Keeper = Annotated[Principal, Depends(require("settings.write"))]
SecretDep = Annotated[str, Depends(resource("secret"))]


@router.get("", dependencies=[Depends(require("settings.read"))])
def read_channels(session: SessionDep) -> schemas.Channels:
    """Return the accounts of channels, without their secrets, and the kinds there could be."""
    return _told(session)


@router.put("")
def enter_channel(
    session: SessionDep, secret: SecretDep, clock: ClockDep, body: schemas.ChannelRequest, actor: Keeper
) -> schemas.Channels:
    """Enter, change or switch off the account of a channel."""
    service.enter(session, secret, body.kind, body.facts, actor, clock.now(), enabled=body.enabled)
    return _told(session)


@router.delete("/{channel}", status_code=204)
def forget_channel(session: SessionDep, clock: ClockDep, channel: str, actor: Keeper) -> None:
    """Forget the account of a channel; what is queued on it waits."""
    service.forget(session, channel, actor, clock.now())


def _told(session: Session) -> schemas.Channels:
    items = [schemas.ChannelState.of(row) for row in repository.every(session)]
    return schemas.Channels(items=items, kinds=[schemas.ChannelKind.of(kind) for kind in KINDS.values()])
