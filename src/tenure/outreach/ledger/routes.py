"""The ledger over HTTP: what was asked for, what became of it, and the taps."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, CursorQuery, LimitQuery, SessionDep, Text
from tenure.kit.pages import moment_cursor, next_cursor
from tenure.outreach.ledger import schemas, service
from tenure.outreach.ledger.listing import SendFilter
from tenure.outreach.ledger.repository import shown, taps
from tenure.outreach.ledger.words import STATES

router = APIRouter(prefix="/sends", tags=["messages"])
Reader = Depends(require("messages.read"))
Manager = Annotated[Principal, Depends(require("messages.manage"))]


def send_filter(
    state: Annotated[str | None, Query(max_length=20)] = None,
    channel: Annotated[str | None, Query(max_length=40)] = None,
    message: Annotated[str | None, Query(max_length=200)] = None,
    customer_id: Annotated[str | None, Query(max_length=200)] = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
) -> SendFilter:
    """Read which sends are wanted; times are about when something last happened to a send."""
    return SendFilter(state, channel, message, customer_id, since, until)


FilterDep = Annotated[SendFilter, Depends(send_filter)]


@router.get("", dependencies=[Reader])
def list_sends(
    session: SessionDep, wanted: FilterDep, cursor: CursorQuery = None, limit: LimitQuery = 50
) -> schemas.SendPage:
    """Return sends, the last changed first."""
    after = moment_cursor(cursor)
    rows = shown.listed(session, wanted, limit + 1, after)
    following = next_cursor(rows, limit, lambda row: [row.changed_at.isoformat(), row.id])
    return schemas.SendPage(items=[schemas.SendItem.of(row) for row in rows[:limit]], next_cursor=following)


@router.get("/counts", dependencies=[Reader])
def count_sends(session: SessionDep, wanted: FilterDep) -> schemas.StateCounts:
    """Return how many sends are in each state, of those a list of the same filter would show in any state."""
    found = shown.counted(session, wanted)
    items = [
        schemas.StateCount(state=state, label=Text.of(words), count=found[state])
        for state, words in STATES.items()
        if state in found
    ]
    return schemas.StateCounts(items=items)


@router.get("/taps", dependencies=[Reader])
def read_send_taps(session: SessionDep) -> schemas.SendTaps:
    """Return what is paused or slowed."""
    return schemas.SendTaps(items=[schemas.SendTapState.of(flow) for flow in taps.flows(session)])


@router.put("/taps")
def turn_send_tap(session: SessionDep, clock: ClockDep, body: schemas.SendTap, actor: Manager) -> schemas.SendTaps:
    """Pause, resume or slow all sends, a channel or a message."""
    service.control(session, body.name, actor, clock.now(), paused=body.paused, per_second=body.per_second)
    return read_send_taps(session)


@router.post("/{send_id}/release", status_code=204)
def release_send(session: SessionDep, clock: ClockDep, send_id: str, actor: Manager) -> None:
    """Let a send go that came too late and was held."""
    service.settle_held(session, send_id, actor, clock.now(), release=True)


@router.post("/{send_id}/discard", status_code=204)
def discard_send(session: SessionDep, clock: ClockDep, send_id: str, actor: Manager) -> None:
    """Drop a send that came too late and was held."""
    service.settle_held(session, send_id, actor, clock.now(), release=False)
