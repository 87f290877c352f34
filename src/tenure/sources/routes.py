"""Imports over HTTP."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Query, Request, UploadFile, status
from fastapi.responses import FileResponse

from tenure.directory.access import Principal, require
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.sources import schemas, service
from tenure.sources.kinds import KINDS
from tenure.sources.service import Intake

router = APIRouter(prefix="/imports", tags=["imports"])
MAY_READ = Depends(require("imports.read"))
MAY_WRITE = Depends(require("imports.write"))
Writer = Annotated[Principal, MAY_WRITE]


def current_intake(request: Request) -> Intake:
    """Return what imports work with."""
    return cast(Intake, request.app.state.resources["intake"])


IntakeDep = Annotated[Intake, Depends(current_intake)]


@router.post("", status_code=status.HTTP_201_CREATED)
def upload_file(
    intake: IntakeDep, principal: Writer, file: UploadFile, kind: Annotated[str | None, Form()] = None
) -> schemas.Import:
    """Upload a file; the answer says what it seems to be."""
    if kind is not None and kind not in KINDS:
        raise Invalid(Text(f"There is no kind {kind}.", f"没有类型 {kind}。"))
    return schemas.Import.of(service.upload(intake, file.filename or "file", file.file, kind=kind, by=principal.id))


@router.get("", dependencies=[MAY_READ])
def list_imports(
    intake: IntakeDep, cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> schemas.ImportPage:
    """Return imports, newest first."""
    page = service.listed(intake, cursor, limit)
    return schemas.ImportPage(items=[schemas.Import.of(item) for item in page.items], next_cursor=page.next_cursor)


@router.get("/{import_id}", dependencies=[MAY_READ])
def read_import(intake: IntakeDep, import_id: str) -> schemas.Import:
    """Return one import."""
    return schemas.Import.of(service.read(intake, import_id))


@router.post("/{import_id}/preview", dependencies=[MAY_WRITE])
def preview_import(intake: IntakeDep, import_id: str, body: schemas.ImportRequest) -> schemas.ImportPreview:
    """Show what an import would do, without writing anything."""
    return schemas.ImportPreview.of(service.preview(intake, import_id, body.request()))


@router.post("/{import_id}/run", status_code=status.HTTP_202_ACCEPTED)
def run_import(intake: IntakeDep, principal: Writer, import_id: str, body: schemas.RunRequest) -> schemas.ImportRun:
    """Carry an import out in the background."""
    run_id = service.begin(intake, import_id, body.request(), remember=body.remember, actor=principal)
    return schemas.ImportRun(run_id=run_id)


@router.post("/{import_id}/undo")
def undo_import(intake: IntakeDep, principal: Writer, import_id: str) -> schemas.ImportUndone:
    """Take an import out again."""
    done = service.undo(intake, import_id, principal)
    return schemas.ImportUndone(removed=done.removed, restored=done.restored, customers_kept=done.customers_kept)


@router.get("/{import_id}/bad-rows.csv", dependencies=[MAY_READ], response_class=FileResponse)
def download_bad_rows(intake: IntakeDep, import_id: str) -> FileResponse:
    """Download the rows that were refused, with the reason."""
    path = service.bad_rows(intake, import_id)
    return FileResponse(path, media_type="text/csv; charset=utf-8", filename=f"bad-rows-{import_id}.csv")
