"""Signals over HTTP: what each means, how good it was, on or off, and how sensitive."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep
from tenure.risk.tuning import schemas, service

router = APIRouter(prefix="/signals", tags=["alerts"])
Manager = Annotated[Principal, Depends(require("signals.manage"))]


@router.get("", dependencies=[Depends(require("alerts.read"))])
def list_signals(session: SessionDep) -> list[schemas.Signal]:
    """Return every signal with its definition and its figures."""
    return [schemas.Signal.of(one) for one in service.listed(session)]


@router.get("/{name}", dependencies=[Depends(require("alerts.read"))])
def read_signal(session: SessionDep, name: str) -> schemas.Signal:
    """Return one signal."""
    return schemas.Signal.of(service.one(session, name))


@router.put("/{name}")
def change_signal(
    session: SessionDep, clock: ClockDep, actor: Manager, name: str, body: schemas.SignalChange
) -> schemas.Signal:
    """Switch a signal on or off, or set its threshold; the next refresh minds it."""
    return schemas.Signal.of(service.change(session, name, (body.enabled, body.threshold), actor, clock.now()))
