"""Channel accounts over HTTP."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.channels.channel import Finding
from tenure.directory.access import Principal, require
from tenure.kit.db import Session
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.outreach.accounts import repository, schemas, service
from tenure.outreach.accounts.kinds import KINDS
from tenure.outreach.accounts.service import Account

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


@router.get("/email/preflight", dependencies=[Depends(require("settings.read"))])
def read_mail_preflight(
    session: SessionDep,
    secret: SecretDep,
    look: Annotated[Callable[[Account], list[Finding]], Depends(resource("mail_preflight"))],
) -> schemas.Preflight:
    """Ask the name servers whether mail of the sender's domain will be trusted: SPF, DKIM, DMARC, bounces, a way out."""
    found = look(service.of_channel(session, secret, "email"))
    told = [schemas.PreflightFinding.of(finding) for finding in found]
    return schemas.Preflight(ready=not any(finding.blocks for finding in found), findings=told)


@router.delete("/{channel}", status_code=204)
def forget_channel(session: SessionDep, clock: ClockDep, channel: str, actor: Keeper) -> None:
    """Forget the account of a channel; what is queued on it takes another channel it may take, or is taken back in an hour."""
    service.forget(session, channel, actor, clock.now())


def _told(session: Session) -> schemas.Channels:
    items = [schemas.ChannelState.of(row) for row in repository.every(session)]
    return schemas.Channels(items=items, kinds=[schemas.ChannelKind.of(kind) for kind in KINDS.values()])
