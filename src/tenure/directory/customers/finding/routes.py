"""The customer list over HTTP."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from tenure.directory.access import Principal, require
from tenure.directory.customers.finding import repository, schemas, service
from tenure.directory.customers.tables import SavedFilter
from tenure.kit.http import ClockDep, CursorQuery, LimitQuery, SessionDep
from tenure.kit.i18n import preferred_language
from tenure.kit.pages import decode_cursor, next_cursor

router = APIRouter(prefix="/customers", tags=["customers"])
Reader = Annotated[Principal, Depends(require("customers.read"))]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(
    q: Annotated[
        str, Query(description="Words, the beginnings of words, Chinese characters, or digits of a phone.")
    ] = "",
    filter: Annotated[
        str | None, Query(description='A filter as JSON: `{"all":[{"field":"tier","op":"in","value":["A"]}]}`.')
    ] = None,
    sort: Annotated[str, Query(description="A field, with a leading minus for descending.")] = "-churn_risk",
) -> service.Asked:
    """Gather a question from the parameters."""
    return service.Asked(q, filter, sort)


AskedDep = Annotated[service.Asked, Depends(asked)]


@router.get("", dependencies=[Depends(require("customers.read"))])
def list_customers(
    session: SessionDep, question: AskedDep, cursor: CursorQuery = None, limit: LimitQuery = 50
) -> schemas.CustomerList:
    """Return customers that meet a filter and a search, in any order, a page at a time."""
    found = service.find(session, question, cursor, limit)
    return schemas.CustomerList(
        items=[schemas.CustomerRow.from_row(row) for row in found.rows],
        next_cursor=found.next_cursor,
        total=schemas.CustomerTotal(count=found.total.count, exact=found.total.exact),
    )


@router.get("/fields", dependencies=[Depends(require("customers.read"))])
def list_fields(session: SessionDep) -> list[schemas.CustomerField]:
    """Return everything customers can be filtered and sorted by."""
    return [schemas.CustomerField.of(field) for field in service.fields(session)]


@router.get("/export.xlsx", response_class=FileResponse, responses={200: {"content": {EXCEL: {}}}})
def export_customers(
    session: SessionDep,
    clock: ClockDep,
    request: Request,
    question: AskedDep,
    actor: Annotated[Principal, Depends(require("customers.export"))],
) -> FileResponse:
    """Return the customers that meet a filter as an Excel file; the audit log keeps who took what."""
    language = preferred_language(request.headers.get("Accept-Language"))
    with tempfile.NamedTemporaryFile(prefix="tenure-", suffix=".xlsx", delete=False) as made:
        path = Path(made.name)
    with ExitStack() as when_it_fails:
        when_it_fails.callback(path.unlink)
        service.export(session, question, path, actor, language, clock.now())
        when_it_fails.pop_all()
    return FileResponse(path, media_type=EXCEL, filename="customers.xlsx", background=BackgroundTask(path.unlink))


@router.get("/filters")
def list_filters(
    session: SessionDep, actor: Reader, cursor: CursorQuery = None, limit: LimitQuery = 100
) -> schemas.SavedFilters:
    """Return one's own saved filters and the shared ones, newest first."""
    after = None if cursor is None else str(decode_cursor(cursor, 1)[0])
    found = repository.filters_after(session, actor.member_id, after, limit + 1)
    return schemas.SavedFilters(
        items=[schemas.SavedFilter.from_row(row, actor.member_id) for row in found[:limit]],
        next_cursor=next_cursor(found, limit, lambda row: [row.id]),
    )


@router.post("/filters", status_code=201)
def save_filter(
    session: SessionDep, clock: ClockDep, actor: Reader, body: schemas.SavedFilterRequest
) -> schemas.SavedFilter:
    """Save a filter for oneself, or for everybody."""
    told = body.filter.model_dump(exclude_unset=True)
    row = SavedFilter(name=body.name.strip(), filter=told, sort=body.sort, query=body.q, shared=body.shared)
    return schemas.SavedFilter.from_row(service.save_filter(session, row, actor, clock.now()), actor.member_id)


@router.delete("/filters/{filter_id}", status_code=204)
def forget_filter(session: SessionDep, clock: ClockDep, actor: Reader, filter_id: str) -> None:
    """Delete one's own saved filter."""
    service.forget_filter(session, filter_id, actor, clock.now())
