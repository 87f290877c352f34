"""The settings over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.directory.workspace import schemas, service
from tenure.kit.http import ClockDep, SessionDep

router = APIRouter(prefix="/settings", tags=["settings"])


@router.get("", dependencies=[Depends(require("settings.read"))])
def read_settings(session: SessionDep) -> schemas.Settings:
    """Return what holds for the whole workspace."""
    return schemas.Settings.of(service.read(session))


@router.patch("")
def change_settings(
    session: SessionDep,
    clock: ClockDep,
    body: schemas.SettingsChange,
    principal: Annotated[Principal, Depends(require("settings.write"))],
) -> schemas.Settings:
    """Change some settings; the next refresh computes with them."""
    changed = body.applied_to(service.read(session))
    return schemas.Settings.of(service.change(session, changed, principal, clock.now()))
