"""Health over HTTP: one customer's, and everybody's."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends

from tenure.directory.access import Principal, require
from tenure.directory.workspace import service as workspace
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.risk.health import reading, schemas, service
from tenure.warehouse.history import History
from tenure.warehouse.lake import Lake

router = APIRouter(tags=["alerts"])
LakeDep = Annotated[object, Depends(resource("lake"))]


@router.get("/customers/{customer_id:path}/health", dependencies=[Depends(require("customers.read"))])
def read_customer_health(
    session: SessionDep, clock: ClockDep, lake: LakeDep, customer_id: str
) -> schemas.CustomerHealth:
    """Return one customer's health, its course, and what moved it since the refresh before."""
    history = History(cast(Lake, lake), clock.now(), workspace.read(session).time_zone)
    return schemas.CustomerHealth.of(reading.course(history, customer_id))


@router.get("/health", dependencies=[Depends(require("predictions.read"))])
def read_health(session: SessionDep, clock: ClockDep, lake: LakeDep) -> schemas.Health:
    """Return how everybody stands, and how the health score compares with weighted points."""
    history = History(cast(Lake, lake), clock.now(), workspace.read(session).time_zone)
    return schemas.Health.of(reading.bins(history), service.comparison(session), service.weights(session))


@router.put("/health/weights")
def change_health_weights(
    session: SessionDep,
    clock: ClockDep,
    body: schemas.WeightsChange,
    actor: Annotated[Principal, Depends(require("signals.manage"))],
) -> dict[str, float]:
    """Change the weights of the points score; the next refresh scores with them."""
    return service.change_weights(session, body.weights, actor, clock.now())
