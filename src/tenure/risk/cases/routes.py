"""Alerts over HTTP: the inbox of owners, one alert with its history, and everything one can do about it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep
from tenure.risk.cases import schemas
from tenure.risk.cases.service import act, owning, show
from tenure.risk.cases.wanted import Wanted

router = APIRouter(prefix="/alerts", tags=["alerts"])
Reader = Annotated[Principal, Depends(require("alerts.read"))]
Worker = Annotated[Principal, Depends(require("alerts.work"))]
Manager = Annotated[Principal, Depends(require("signals.manage"))]


@router.get("")
def list_alerts(
    session: SessionDep,
    clock: ClockDep,
    reader: Reader,
    asked: Annotated[schemas.AlertsQuery, Query()],
) -> schemas.Alerts:
    """Return alerts, most to lose first."""
    now = clock.now()
    whose = reader.member_id if asked.owner == "me" else asked.owner
    wanted = Wanted(whose, asked.state, asked.tier, asked.signal, asked.customer, now if asked.overdue else None)
    found = show.page(session, wanted, asked.cursor, asked.limit)
    return schemas.Alerts(
        items=[schemas.Alert.of(one, now) for one in found.cases],
        next_cursor=found.next_cursor,
        counts=schemas.AlertCounts.of(show.counts(session, now)),
    )


@router.get("/ownership", dependencies=[Depends(require("alerts.read"))])
def read_ownership(session: SessionDep) -> schemas.OwnershipShape:
    """Return whose alerts go to whom."""
    return schemas.OwnershipShape.of(owning.read(session))


@router.put("/ownership")
def change_ownership(
    session: SessionDep, clock: ClockDep, actor: Manager, body: schemas.OwnershipShape
) -> schemas.OwnershipShape:
    """Change whose alerts go to whom; alerts that have an owner keep theirs."""
    return schemas.OwnershipShape.of(owning.change(session, body.wanted(), actor, clock.now()))


@router.get("/{alert_id}", dependencies=[Depends(require("alerts.read"))])
def read_alert(session: SessionDep, clock: ClockDep, alert_id: str) -> schemas.AlertDetail:
    """Return one alert and everything done to it."""
    shown, entries = show.one(session, alert_id)
    return schemas.AlertDetail.with_timeline(shown, entries, clock.now())


@router.post("/{alert_id}/note", status_code=201)
def note_alert(
    session: SessionDep, clock: ClockDep, actor: Worker, alert_id: str, body: schemas.NoteRequest
) -> schemas.AlertDetail:
    """Add a note."""
    act.note(session, alert_id, body.text, actor, clock.now())
    return read_alert(session, clock, alert_id)


@router.post("/{alert_id}/assign")
def assign_alert(
    session: SessionDep, clock: ClockDep, actor: Worker, alert_id: str, body: schemas.AssignRequest
) -> schemas.AlertDetail:
    """Give an alert to a member."""
    act.assign(session, alert_id, body.owner_id, actor, clock.now())
    return read_alert(session, clock, alert_id)


@router.post("/{alert_id}/snooze")
def snooze_alert(
    session: SessionDep, clock: ClockDep, actor: Worker, alert_id: str, body: schemas.SnoozeRequest
) -> schemas.AlertDetail:
    """Let an alert sleep until a time; a new signal wakes it earlier."""
    act.snooze(session, alert_id, body.until, actor, clock.now())
    return read_alert(session, clock, alert_id)


@router.post("/{alert_id}/escalate")
def escalate_alert(
    session: SessionDep, clock: ClockDep, actor: Worker, alert_id: str, body: schemas.EscalateRequest
) -> schemas.AlertDetail:
    """Hand an alert to those above."""
    act.escalate(session, alert_id, body.why, actor, clock.now())
    return read_alert(session, clock, alert_id)


@router.post("/{alert_id}/resolve")
def resolve_alert(
    session: SessionDep, clock: ClockDep, actor: Worker, alert_id: str, body: schemas.ResolveRequest
) -> schemas.AlertDetail:
    """Record how an alert ended."""
    act.resolve(session, alert_id, body.outcome, body.text, actor, clock.now())
    return read_alert(session, clock, alert_id)


@router.post("/{alert_id}/reopen")
def reopen_alert(
    session: SessionDep, clock: ClockDep, actor: Worker, alert_id: str, body: schemas.ReopenRequest
) -> schemas.AlertDetail:
    """Open a resolved alert again."""
    act.reopen(session, alert_id, body.why, actor, clock.now())
    return read_alert(session, clock, alert_id)
