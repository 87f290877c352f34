"""Asking for sends over HTTP, looking how far they are, and taking them back."""

import hashlib
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, CursorQuery, LimitQuery, SessionDep, resource
from tenure.kit.pages import decode_cursor, next_cursor
from tenure.outreach.content import service as messages
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.sending import dispatch_schemas, schemas, service
from tenure.outreach.sending.asking import Once
from tenure.outreach.sending.rehearsing import rehearse

router = APIRouter(prefix="/sends", tags=["messages"])
Reader = Depends(require("messages.read"))
Sender = Annotated[Principal, Depends(require("messages.send"))]
GateDep = Annotated[Callable[[], Gate], Depends(resource("gate"))]
KeyHeader = Annotated[
    str | None,
    Header(alias="Idempotency-Key", max_length=200, description="The same key makes one dispatch, however long after."),
]
MessageQuery = Annotated[str | None, Query(max_length=200, description="Id of a message: its dispatches only.")]
UnderWayQuery = Annotated[bool, Query(description="Only those still being queued.")]


@router.post("", status_code=202, responses={200: {"model": schemas.SendAnswer, "description": "A dry run"}})
def ask_for_sends(
    session: SessionDep,
    clock: ClockDep,
    gate: GateDep,
    actor: Sender,
    body: schemas.SendRequest,
    response: Response,
    key: KeyHeader = None,
) -> schemas.SendAnswer:
    """Ask for a message to customers, however many: the dispatch is written down at once and workers queue its sends.

    With ``dry_run`` say how many would get it, wait, or not get it, and why.
    """
    asking = body.asking(body.to.audience().meant(session, actor.member_id))
    if body.dry_run:
        response.status_code = 200
        message = messages.find(session, body.message).id
        forecast = schemas.SendForecast.of(rehearse(session, gate(), asking, clock.now()))
        return schemas.SendAnswer(dry_run=True, message=message, dispatch=None, forecast=forecast)
    once = None if key is None else Once(key, hashlib.sha256(body.model_dump_json().encode()).hexdigest())
    dispatch = dispatch_schemas.SendDispatch.of(service.ask(session, asking, actor, clock.now(), once))
    return schemas.SendAnswer(dry_run=False, message=dispatch.message, dispatch=dispatch, forecast=None)


@router.get("/dispatches", dependencies=[Reader])
def list_dispatches(
    session: SessionDep,
    message: MessageQuery = None,
    under_way: UnderWayQuery = False,
    cursor: CursorQuery = None,
    limit: LimitQuery = 50,
) -> dispatch_schemas.DispatchPage:
    """Return what was asked for to audiences and how far its queueing is, the newest first."""
    after = None if cursor is None else str(decode_cursor(cursor, 1)[0])
    rows = service.listed(session, message, after, limit + 1, under_way=under_way)
    items = [dispatch_schemas.NamedDispatch.named(row) for row in rows[:limit]]
    return dispatch_schemas.DispatchPage(items=items, next_cursor=next_cursor(rows, limit, lambda row: [row.id]))


@router.get("/dispatches/{dispatch_id}", dependencies=[Reader])
def read_dispatch(session: SessionDep, clock: ClockDep, dispatch_id: str) -> dispatch_schemas.DispatchProgress:
    """Return how far a dispatch is, and what became of its sends so far."""
    shown = service.find(session, dispatch_id)
    return dispatch_schemas.DispatchProgress.told(shown, service.progress(session, shown, clock.now()))


@router.post("/recall")
def recall_sends(
    session: SessionDep, clock: ClockDep, actor: Sender, body: schemas.RecallRequest
) -> schemas.SendsRecalled:
    """Stop queueing a message and take back what is queued or held of it; what is on its way still arrives."""
    return schemas.SendsRecalled.of(service.recall(session, body.recalling(), actor, clock.now()))
