"""One customer's risk over HTTP; mounted before the profile, because an id may be any text."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends

from tenure.directory.access import require
from tenure.directory.workspace import service as workspace
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.risk.panel import reading, schemas
from tenure.warehouse.history import History
from tenure.warehouse.lake import Lake

router = APIRouter(prefix="/customers", tags=["customers"])


READ = [Depends(require("customers.read"))]
LakeDep = Annotated[object, Depends(resource("lake"))]


@router.get("/{customer_id:path}/risk", dependencies=READ)
def read_customer_risk(session: SessionDep, clock: ClockDep, lake: LakeDep, customer_id: str) -> schemas.CustomerRisk:
    """Return the course of a customer's risk, its reasons, and what changed since last time."""
    return schemas.CustomerRisk.of(reading.risk_of(_history(session, clock, lake), customer_id))


@router.get("/{customer_id:path}/risk/lowering", dependencies=READ)
def read_what_lowers_a_risk(
    session: SessionDep, clock: ClockDep, lake: LakeDep, customer_id: str
) -> list[schemas.RiskLowering]:
    """Return what would lower a customer's risk, the most first: apart, because the model is asked anew."""
    found = reading.lowering_of(session, _history(session, clock, lake), customer_id)
    return [schemas.RiskLowering.model_validate(vars(one)) for one in found]


def _history(session: SessionDep, clock: ClockDep, lake: object) -> History:
    return History(cast(Lake, lake), clock.now(), workspace.read(session).time_zone)
