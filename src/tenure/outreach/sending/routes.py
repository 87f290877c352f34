"""Asking for sends over HTTP, and taking them back."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.outreach.content import service as messages
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.sending import schemas, service

router = APIRouter(prefix="/sends", tags=["messages"])
Sender = Annotated[Principal, Depends(require("messages.send"))]
GateDep = Annotated[Callable[[], Gate], Depends(resource("gate"))]


@router.post("")
def ask_for_sends(
    session: SessionDep, clock: ClockDep, gate: GateDep, actor: Sender, body: schemas.SendRequest
) -> schemas.SendAnswer:
    """Ask for a message to customers, or say with ``dry_run`` how many would get it, wait, or not get it, and why."""
    asking = body.asking(list(body.to.audience().ids(session, actor.member_id)))
    if body.dry_run:
        message = messages.find(session, body.message).id
        return schemas.SendAnswer.foretold(message, service.rehearse(session, gate(), asking, clock.now()))
    return schemas.SendAnswer.done(service.ask(session, asking, actor, clock.now()))


@router.post("/recall")
def recall_sends(session: SessionDep, clock: ClockDep, actor: Sender, body: schemas.RecallRequest) -> schemas.Recalled:
    """Take back what is still queued or held of a message; what is on its way still arrives."""
    return schemas.Recalled(recalled=service.recall(session, body.recalling(), actor, clock.now()))
