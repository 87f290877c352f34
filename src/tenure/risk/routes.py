"""The overview, predictions and call list over HTTP, and the wish to compute everything anew."""

import tempfile
from pathlib import Path
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from tenure.directory.access import Principal, require
from tenure.directory.workspace import service as workspace
from tenure.features import activity
from tenure.kit.errors import Invalid
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.kit.http import Text as WireText
from tenure.kit.i18n import Language, Text, preferred_language
from tenure.kit.jobs import defer
from tenure.kit.pages import decode_cursor, encode_cursor
from tenure.kit.runs import repository as runs
from tenure.kit.runs.schemas import RunStarted
from tenure.risk import schemas, service
from tenure.risk.workbook import write_calls
from tenure.warehouse.history import History
from tenure.warehouse.lake import Lake

router = APIRouter(tags=["risk"])

REFRESH = "refresh"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
QUANTILES = (0.5, 0.75, 0.8, 0.9, 0.95, 0.99)
FIRST_CALLS = 5


@router.get("/overview", dependencies=[Depends(require("metrics.read"))])
def overview(session: SessionDep) -> schemas.Overview:
    """Return the few numbers that matter, what changed, and whom to call."""
    return schemas.Overview.of(service.last_refresh(session), service.call_list(session, limit=FIRST_CALLS))


@router.get("/predictions", dependencies=[Depends(require("predictions.read"))])
def predictions(session: SessionDep) -> schemas.Predictions:
    """Return how good the model is, and what it expects."""
    found = service.predictions_of(session)
    return schemas.Predictions.of(found, service.refresh_before(session, found))


@router.get("/call-list", dependencies=[Depends(require("calls.read"))])
def call_list(
    session: SessionDep, limit: Annotated[int, Query(ge=1, le=500)] = 50, cursor: str | None = None
) -> schemas.CallList:
    """Return whom to call today, most to lose first."""
    found = service.call_list(session, 0 if cursor is None else _rank(cursor), limit)
    return schemas.CallList(
        items=[schemas.Call.of(call) for call in found.calls],
        excluded=schemas.Excluded(no_consent=found.excluded.no_consent, no_contact=found.excluded.no_contact),
        next_cursor=None if found.next_rank is None else encode_cursor([found.next_rank]),
        risk=None if found.risk is None else WireText.of(found.risk),
        notes=[WireText.of(note) for note in found.notes],
    )


@router.get("/call-list/export.xlsx", response_class=FileResponse, responses={200: {"content": {EXCEL: {}}}})
def call_export(
    session: SessionDep,
    clock: ClockDep,
    request: Request,
    actor: Annotated[Principal, Depends(require("calls.export"))],
    language: Language | None = None,
) -> FileResponse:
    """Return the call list as an Excel file; the audit log keeps who took it."""
    calls = service.exported_calls(session, actor, clock.now())
    spoken = language or preferred_language(request.headers.get("Accept-Language"))
    with tempfile.NamedTemporaryFile(prefix="tenure-", suffix=".xlsx", delete=False) as made:
        path = Path(made.name)
    write_calls(path, calls, spoken, workspace.read(session).zone)
    return FileResponse(path, media_type=EXCEL, filename="call-list.xlsx", background=BackgroundTask(path.unlink))


@router.get("/settings/gap-quantiles", dependencies=[Depends(require("settings.read"))])
def gap_quantiles(
    session: SessionDep, clock: ClockDep, lake: Annotated[object, Depends(resource("lake"))]
) -> list[schemas.GapQuantile]:
    """Return within how many days which share of returning customers had come back, to choose a churn window by."""
    history = History(cast(Lake, lake), clock.now(), workspace.read(session).time_zone)
    days = activity.gap_quantiles(history, "purchases", QUANTILES) or activity.gap_quantiles(
        history, "visits", QUANTILES
    )
    return [schemas.GapQuantile(quantile=q, days=day) for q, day in zip(QUANTILES, days, strict=False)]


@router.post("/refresh", status_code=202, dependencies=[Depends(require("refresh.run"))])
def refresh(session: SessionDep, clock: ClockDep) -> RunStarted:
    """Ask for features, models and scores to be computed anew; the run tells how far it is."""
    run_id = runs.create(session, REFRESH, clock.now())
    defer(session, REFRESH, {"run_id": run_id}, lock=REFRESH)
    return RunStarted(run_id=run_id)


def _rank(cursor: str) -> int:
    (rank,) = decode_cursor(cursor, 1)
    if not isinstance(rank, int):
        raise Invalid(Text("The page cursor is not valid.", "分页游标无效。"))
    return rank
