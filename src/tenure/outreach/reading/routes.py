"""Where marked links lead and the pixel lies; and what came of it, for members.

The public routes answer GET and HEAD. They keep what they saw and change nothing else: nobody is unsubscribed, confirmed or
moved on because a link was followed, for machines follow links too.
"""

import time
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from tenure.directory.access import anyone, require
from tenure.directory.customers.consent import page
from tenure.kit.errors import NotFound
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.kit.i18n import Text, preferred_language
from tenure.outreach.crowd import mind
from tenure.outreach.reading import marks, repository, schemas, service
from tenure.outreach.reading.machine import AHEAD, THRESHOLD
from tenure.outreach.reading.marks import Mark
from tenure.outreach.reading.measured import channel_reading, in_all
from tenure.outreach.shortlinks import service as shortlinks
from tenure.sources.tracking.speed import Speed

public = APIRouter(include_in_schema=False, dependencies=[Depends(anyone)])
router = APIRouter(tags=["messages"], dependencies=[Depends(require("messages.read"))])
SecretDep = Annotated[str, Depends(resource("secret"))]
Token = Annotated[str, Path(max_length=4096)]
_QUIET = {"Cache-Control": "no-store, private", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
_DOT = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002014400" + "3b")
_IN_A_LINK = ":/?#[]@!$&'()*+,;=%~"  # RFC 3986; what is anything else is escaped, line breaks too
_NOTHING = "There is nothing here. 此处没有内容。"
_SAY_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")
_GUESS = 25  # what asking for a code nobody gave out costs of an address's room
_PAGE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_AGAIN = Text(
    "Copy the whole address from the message, or look at our site.", "请从短信中复制完整链接，或直接访问我们的网站。"
)
_UNKNOWN = Text("This link is not complete or not ours.", "此链接不完整，或并非由我们发出。"), _AGAIN
_OVER = (
    Text("This link has expired.", "此链接已过期。"),
    Text("The message it came with is more than a year old.", "它所在的短信已超过一年。"),
)
_NOT_OURS = "This link is not complete or not ours. 此链接不完整，或并非由我们发出。"


@public.api_route("/r/{token}", methods=["GET", "HEAD"])
def follow(session: SessionDep, clock: ClockDep, secret: SecretDep, request: Request, token: Token) -> Response:
    """Lead on to where a link of a mail leads."""
    try:
        mark = marks.read(secret, token)
    except NotFound:
        return PlainTextResponse(_NOT_OURS, 404, _QUIET)
    _note(session, clock, secret, request, mark, "click" if mark.target else "trap")
    return _led(mark.target) if mark.target else PlainTextResponse(_NOTHING, 200, _QUIET)


@public.api_route("/l/{token:path}", methods=["GET", "HEAD"])
def follow_short(
    session: SessionDep,
    clock: ClockDep,
    secret: SecretDep,
    request: Request,
    speed: Annotated[Speed, Depends(resource("public_speed"))],
    token: Token,
    language: Annotated[str, Query(max_length=5)] = "",
) -> Response:
    """Lead on to where a link of a text message leads; one nobody gave out, or whose time is over, says so in words."""
    address, found = _address(request), shortlinks.follow(session, token, clock.now())
    mind(speed, "link", address, time.monotonic(), _GUESS if found is None else 1)
    if found is None or found.over:
        spoken = preferred_language(language or request.headers.get("accept-language"))
        told = page.broken(spoken, *(_UNKNOWN if found is None else _OVER))
        return HTMLResponse(told, 404 if found is None else 410, {**_QUIET, "Content-Security-Policy": _PAGE})
    _note(session, clock, secret, request, Mark(found.send, found.target), "click")
    return _led(found.target)


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
def read_message_reading(
    session: SessionDep, site: Annotated[object, Depends(resource("public_url"))], message_id: str
) -> schemas.MessageReading:
    """Return how many sends of a message people opened and clicked over each channel, and what machines did."""
    rows, marked = repository.by_channel(session, message_id, THRESHOLD), repository.marked(session, message_id)
    channels = [channel_reading(row, marked, reached=site is not None) for row in rows]
    links = [schemas.LinkClicks(**row) for row in repository.links(session, message_id, THRESHOLD)]
    return schemas.MessageReading(
        message=message_id,
        sent=sum(one.sent for one in channels),
        opened=in_all([one.opened for one in channels]),
        clicked=in_all([one.clicked for one in channels]),
        opened_by_machines=in_all([one.opened_by_machines for one in channels]),
        clicked_by_machines=in_all([one.clicked_by_machines for one in channels]),
        unjudged=sum(row["unjudged"] for row in rows),
        channels=[schemas.ChannelReading.model_validate(one) for one in channels],
        links=links,
    )


def _led(target: str) -> Response:
    return Response(status_code=302, headers={**_QUIET, "Location": quote(target, safe=_IN_A_LINK)})


def _note(session: SessionDep, clock: ClockDep, secret: str, request: Request, mark: Mark, kind: str) -> None:
    ahead = any(
        word in request.headers.get(name, "").lower() for name in _SAY_AHEAD for word in ("prefetch", "preview")
    )
    method = AHEAD if ahead and request.method == "GET" else request.method
    visitor = service.Visitor(method, _address(request), request.headers.get("user-agent", ""))
    service.note(session, secret, mark, kind, visitor, clock.now())


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
