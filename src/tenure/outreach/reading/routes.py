"""Where marked links lead and the pixel lies; and what came of it, for members.

The public routes answer GET and HEAD. They keep what they saw and change nothing else: nobody is unsubscribed, confirmed or
moved on because a link was followed, for machines follow links too.
"""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import PlainTextResponse, Response

from tenure.directory.access import anyone, require
from tenure.kit.errors import NotFound
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.outreach.reading import marks, repository, schemas, service
from tenure.outreach.reading.machine import THRESHOLD
from tenure.outreach.reading.marks import Mark

public = APIRouter(include_in_schema=False, dependencies=[Depends(anyone)])
router = APIRouter(tags=["messages"], dependencies=[Depends(require("messages.read"))])
SecretDep = Annotated[str, Depends(resource("secret"))]
Token = Annotated[str, Path(max_length=4096)]
_QUIET = {"Cache-Control": "no-store, private", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
_DOT = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002014400" + "3b")
_IN_A_LINK = ":/?#[]@!$&'()*+,;=%~"  # RFC 3986; what is anything else is escaped, line breaks too
_NOTHING = "There is nothing here. 此处没有内容。"
_NOT_OURS = "This link is not complete or not ours. 此链接不完整，或并非由我们发出。"


@public.api_route("/r/{token}", methods=["GET", "HEAD"])
def follow(session: SessionDep, clock: ClockDep, secret: SecretDep, request: Request, token: Token) -> Response:
    """Lead on to where a link of a mail leads."""
    try:
        mark = marks.read(secret, token)
    except NotFound:
        return PlainTextResponse(_NOT_OURS, 404, _QUIET)
    _note(session, clock, secret, request, mark, "click" if mark.target else "trap")
    if not mark.target:
        return PlainTextResponse(_NOTHING, 200, _QUIET)
    return Response(status_code=302, headers={**_QUIET, "Location": quote(mark.target, safe=_IN_A_LINK)})


@public.api_route("/o/{token}", methods=["GET", "HEAD"])
def look(session: SessionDep, clock: ClockDep, secret: SecretDep, request: Request, token: Token) -> Response:
    """Return the pixel of a mail."""
    try:
        mark = marks.read(secret, token)
    except NotFound:
        return PlainTextResponse(_NOT_OURS, 404, _QUIET)
    _note(session, clock, secret, request, mark, "open")
    return Response(_DOT, media_type="image/gif", headers=_QUIET)


@router.get("/sends/{send_id}/reads")
def read_send_reads(session: SessionDep, send_id: str) -> schemas.MessageReads:
    """Return every open and click of a send as it came, how likely a machine did it, and why."""
    rows = repository.reads_of(session, send_id, repository.MOST)
    return schemas.MessageReads(items=[schemas.MessageRead.of(row) for row in rows])


@router.get("/messages/{message_id}/reading")
def read_message_reading(session: SessionDep, message_id: str) -> schemas.MessageReading:
    """Return how many sends of a message people opened and clicked, and what machines did."""
    found = dict(repository.summary(session, message_id, THRESHOLD))
    links = [schemas.LinkClicks(**row) for row in repository.links(session, message_id, THRESHOLD)]
    return schemas.MessageReading(message=message_id, **found, links=links)


def _note(session: SessionDep, clock: ClockDep, secret: str, request: Request, mark: Mark, kind: str) -> None:
    address = request.client.host if request.client else ""
    visitor = service.Visitor(request.method, address, request.headers.get("user-agent", ""))
    service.note(session, secret, mark, kind, visitor, clock.now())
