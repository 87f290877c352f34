"""The care of channels over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep
from tenure.outreach.care import schemas, service

router = APIRouter(prefix="/channels/{channel}", tags=["messages"])


@router.get("/health", dependencies=[Depends(require("messages.read"))])
def read_channel_health(session: SessionDep, clock: ClockDep, channel: str) -> schemas.ChannelHealth:
    """Return what came back of what a channel sent, with intervals, and whether it is stopped and why."""
    return service.health(session, channel, clock.now())


@router.put("/care")
def change_channel_care(
    session: SessionDep,
    clock: ClockDep,
    channel: str,
    body: schemas.CareRules,
    actor: Annotated[Principal, Depends(require("settings.write"))],
) -> schemas.ChannelHealth:
    """Say when a channel warns and stops, how it warms up, how fast domains are written to."""
    return service.change(session, channel, body, actor, clock.now())


@router.post("/resume")
def resume_channel(
    session: SessionDep,
    clock: ClockDep,
    channel: str,
    body: schemas.ChannelResumption,
    actor: Annotated[Principal, Depends(require("messages.manage"))],
) -> schemas.ChannelHealth:
    """Let a channel go on that was stopped for what came back."""
    return service.resume(session, channel, actor, clock.now(), warm_up_again=body.warm_up_again)
