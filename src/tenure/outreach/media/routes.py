"""Pictures over HTTP: members bring them and choose among them, everybody who gets a mail reads them."""

import time
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request, UploadFile
from fastapi.responses import Response

from tenure.directory.access import Principal, anyone, require
from tenure.kit.http import ClockDep, CursorQuery, LimitQuery, SessionDep, resource
from tenure.kit.pages import moment_cursor, next_cursor
from tenure.outreach.crowd import mind
from tenure.outreach.media import repository, schemas, service
from tenure.outreach.media.pictures import LARGEST
from tenure.sources.tracking.speed import Speed

router = APIRouter(prefix="/media", tags=["messages"])
public = APIRouter(prefix="/media", tags=["messages"])
Manager = Annotated[Principal, Depends(require("messages.manage"))]
NameInPath = Annotated[str, Path(max_length=60, pattern=r"^[0-9a-f]{32}\.(png|jpg|gif|webp)$")]
# A picture never changes under its name; it is shown inside mails, and does nothing when opened by itself.
_LASTING = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@router.get("", dependencies=[Depends(require("messages.read"))])
def list_media(session: SessionDep, cursor: CursorQuery = None, limit: LimitQuery = 50) -> schemas.MediaPage:
    """Return uploaded pictures, the newest first."""
    after = moment_cursor(cursor)
    rows = repository.listed(session, limit + 1, after)
    following = next_cursor(rows, limit, lambda row: [row.added_at.isoformat(), row.name])
    return schemas.MediaPage(items=[schemas.Media.of(row) for row in rows[:limit]], next_cursor=following)


@router.post("", status_code=201)
def upload_media(
    session: SessionDep, clock: ClockDep, actor: Manager, file: UploadFile, title: Annotated[str, Form()] = ""
) -> schemas.Media:
    """Take a picture in: PNG, JPEG, GIF or WebP of at most 2 MB, known by its content; the same one stands once."""
    content = file.file.read(LARGEST + 1)
    return schemas.Media.of(service.add(session, content, title or file.filename or "", actor, clock.now()))


@router.delete("/{name}", status_code=204)
def remove_media(session: SessionDep, clock: ClockDep, actor: Manager, name: str) -> None:
    """Forget a picture that no message, block or brand shows."""
    service.remove(session, name, actor, clock.now())


@public.get("/{name}", response_class=Response, dependencies=[Depends(anyone)])
def read_media(
    session: SessionDep, request: Request, speed: Annotated[Speed, Depends(resource("public_speed"))], name: NameInPath
) -> Response:
    """Return a picture to whoever gets a mail with it; caches may keep it forever, and one address asks only so often."""
    mind(speed, "media", request.client.host if request.client else "", time.monotonic())
    mark = f'"{name}"'
    if request.headers.get("If-None-Match") == mark:
        return Response(status_code=304, headers={**_LASTING, "ETag": mark})
    kind, content = service.content(session, name)
    return Response(content, media_type=kind, headers={**_LASTING, "ETag": mark})
