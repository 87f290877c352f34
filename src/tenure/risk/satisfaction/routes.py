"""Satisfaction against retention over HTTP."""

from fastapi import APIRouter, Depends

from tenure.directory.access import require
from tenure.kit.errors import NotFound
from tenure.kit.http import SessionDep
from tenure.kit.i18n import Text
from tenure.risk import service
from tenure.risk.satisfaction.schemas import Satisfaction

router = APIRouter(prefix="/satisfaction", tags=["metrics"])

_NOT_YET = Text("This has not been computed yet.", "尚未计算。")
_REFRESH = Text("Refresh once.", "请刷新一次。")


@router.get("", dependencies=[Depends(require("metrics.read"))])
def read_satisfaction(session: SessionDep) -> Satisfaction:
    """Return how far each score predicts staying, and who contradicts it."""
    found = Satisfaction.of(service.predictions_of(session))
    if found is None:
        raise NotFound(_NOT_YET, remedy=_REFRESH)
    return found
