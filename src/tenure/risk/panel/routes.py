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


@router.get("/{customer_id:path}/risk", dependencies=[Depends(require("customers.read"))])
def read_customer_risk(
    session: SessionDep, clock: ClockDep, lake: Annotated[object, Depends(resource("lake"))], customer_id: str
) -> schemas.CustomerRisk:
    """Return the course of a customer's risk, its reasons, what changed since last time, and what would lower it."""
    history = History(cast(Lake, lake), clock.now(), workspace.read(session).time_zone)
    return schemas.CustomerRisk.of(reading.risk_of(session, history, customer_id))
