"""The model registry over HTTP: versions and their figures, and the wish to teach, promote or sign off."""

from typing import Annotated

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep
from tenure.kit.jobs import defer
from tenure.kit.runs import repository as runs
from tenure.kit.runs.schemas import RunStarted
from tenure.risk.registry import schemas, service

router = APIRouter(prefix="/models", tags=["models"])

TRAIN = "train_models"
Manager = Annotated[Principal, Depends(require("models.manage"))]


@router.get("", dependencies=[Depends(require("predictions.read"))])
def read_models(session: SessionDep) -> schemas.Models:
    """Return every version of the churn model, which one scores, and what was decided about them."""
    return schemas.Models.of(service.versions(session), service.version_in_use(session), service.decisions(session))


@router.get("/{version}", dependencies=[Depends(require("predictions.read"))])
def read_model(session: SessionDep, version: str) -> schemas.ModelPage:
    """Return everything known of one version: card, test, gates, back-test, drivers, drift, leak audit, decisions."""
    row = service.version(session, version)
    return schemas.ModelPage.page(row, service.version_in_use(session), service.decisions(session))


@router.post("/train", status_code=202)
def train_model(session: SessionDep, clock: ClockDep, actor: Manager) -> RunStarted:
    """Ask for a new model to be taught; the rules decide whether it scores. The run tells how far it is."""
    run_id = runs.create(session, TRAIN, clock.now())
    defer(session, TRAIN, {"run_id": run_id, "member_id": actor.member_id, "actor": actor.name}, lock="refresh")
    return RunStarted(run_id=run_id)


@router.post("/{version}/promote")
def promote_model(
    session: SessionDep, clock: ClockDep, version: str, body: schemas.Why, actor: Manager
) -> schemas.ModelPage:
    """Let a version score from the next refresh on; an older one withdraws the newer, which is rolling back."""
    row = service.promote(session, version, body.why, actor, clock.now())
    return schemas.ModelPage.page(row, service.version_in_use(session), service.decisions(session))


@router.post("/{version}/sign-off")
def sign_off_model(
    session: SessionDep, clock: ClockDep, version: str, body: schemas.Why, actor: Manager
) -> schemas.ModelPage:
    """Take responsibility for what the leak audit found in a version, so that it may be promoted."""
    row = service.sign_off(session, version, body.why, actor, clock.now())
    return schemas.ModelPage.page(row, service.version_in_use(session), service.decisions(session))
