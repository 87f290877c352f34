"""Hold-outs over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep
from tenure.outreach.holdouts import repository, schemas, service

router = APIRouter(prefix="/hold-outs", tags=["messages"])
Keeper = Annotated[Principal, Depends(require("settings.write"))]
Named = Annotated[schemas.Name, Path()]


@router.get("", dependencies=[Depends(require("messages.read"))])
def read_hold_outs(session: SessionDep) -> schemas.HoldOuts:
    """Return every version of every hold-out, and how many sends each kept back."""
    rows = repository.history(session)
    found = repository.kept_out(session)
    kept = {name: found.get(name, 0) for name in {row.name for row in rows}}
    items = [schemas.HoldOut.of(row) for row in rows]
    return schemas.HoldOuts(items=items, kept_back=kept, customers=repository.customers(session))


@router.put("/{name}")
def put_hold_out(
    session: SessionDep, clock: ClockDep, name: Named, body: schemas.HoldOutRequest, actor: Keeper
) -> schemas.HoldOuts:
    """Put a hold-out into force, change its share, or draw it anew."""
    service.put(session, service.Wanted(name, body.percent, body.message, body.redraw), actor, clock.now())
    return read_hold_outs(session)


@router.delete("/{name}", status_code=204)
def end_hold_out(session: SessionDep, clock: ClockDep, name: Named, actor: Keeper) -> None:
    """End a hold-out; its history stays."""
    service.end(session, name, actor, clock.now())
