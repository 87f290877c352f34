"""The door for pages of the shop: public, because whom a page may read for is proved by the shop's server each time.

Bodies come as plain text holding JSON, so that browsers ask only once; answers name the site they are for.
"""

import time
from collections.abc import Callable
from typing import Annotated, TypeVar, cast

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ValidationError

from tenure.directory.access import Principal, anywhere, require
from tenure.kit.errors import Invalid, NotSignedIn, TooMany
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.kit.i18n import Text
from tenure.outreach.onsite import presses, repository, schemas, service
from tenure.outreach.onsite.service import Page
from tenure.outreach.onsite.streams import Streams
from tenure.sources.tracking.keys import service as keys
from tenure.sources.tracking.keys import vouching
from tenure.sources.tracking.speed import Speed

public = APIRouter(prefix="/onsite", include_in_schema=False, dependencies=[Depends(anywhere)])
router = APIRouter(prefix="/onsite", tags=["messages"])
SecretDep = Annotated[str, Depends(resource("secret"))]
Origin = Annotated[str | None, Header()]
Body = TypeVar("Body", bound=BaseModel)
MOST_BYTES = 8_192
PER_SECOND = 50  # requests of one source to read for users, or of one user to say something


async def body_of(request: Request) -> bytes:
    """Read the body, no further than what a page says can be long."""
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > MOST_BYTES:
            break
    return bytes(read)


BodyDep = Annotated[bytes, Depends(body_of)]


@public.post("/session")
def begin_page(
    session: SessionDep,
    secret: SecretDep,
    clock: ClockDep,
    body: BodyDep,
    speed: Annotated[Speed, Depends(resource("onsite_speed"))],
    push_key: Annotated[object, Depends(resource("push_key"))],
    origin: Origin = None,
) -> Response:
    """Let a page read a user's messages for an hour, where the shop's server vouches for the user."""
    told = _read(schemas.PageRequest, body)
    page = Page(told.write_key, origin)
    _mind(speed, service.source_of(session, page).key_id)
    token = service.begin(session, secret, page, told.user_id, told.hash, clock.now())
    found = cast(Callable[[], str | None], push_key)()
    return _answer(schemas.PageToken(token=token, push=found).model_dump(), origin)


@public.get("/stream")
async def stream(
    secret: SecretDep,
    clock: ClockDep,
    streams: Annotated[Streams, Depends(resource("streams"))],
    token: Annotated[str, Query(max_length=1_000)],
    last_event_id: Annotated[str, Header()] = "",
    origin: Origin = None,
) -> Response:
    """Tell a page its user's messages as they come, as server-sent events."""
    user = service.known(secret, token, clock.now()).user_id
    if streams.full(user):
        return Response(status_code=503, headers={**_cors(origin), "Retry-After": "30"})
    after = int(last_event_id) if last_event_id.isdecimal() and len(last_event_id) < 19 else 0
    headers = {**_cors(origin), "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(streams.of(user, after), media_type="text/event-stream", headers=headers)


@public.post("/said")
def hear(
    session: SessionDep,
    secret: SecretDep,
    clock: ClockDep,
    body: BodyDep,
    speed: Annotated[Speed, Depends(resource("onsite_speed"))],
    origin: Origin = None,
) -> Response:
    """Hear what a person did with a message of theirs."""
    told = _read(schemas.SaidRequest, body)
    user = service.known(secret, told.token, clock.now())
    _mind(speed, f"{user.key_id} {user.user_id}")
    fresh = service.said(session, user, told.id, told.what, clock.now())
    return _answer({"new": fresh}, origin)


@public.post("/pressed")
def hear_press(
    session: SessionDep,
    secret: SecretDep,
    clock: ClockDep,
    body: BodyDep,
    speed: Annotated[Speed, Depends(resource("onsite_speed"))],
    origin: Origin = None,
) -> Response:
    """Hear that a push was pressed: the push itself carried the token that says which."""
    send = presses.send_of(secret, _read(schemas.PressRequest, body).token)
    if send is None:
        raise NotSignedIn(Text("This push is not ours.", "此推送并非由我们发出。"))
    _mind(speed, f"press {send}")
    return _answer({"new": repository.pressed(session, send, clock.now())}, origin)


@public.post("/browsers")
def keep_browser(
    session: SessionDep, secret: SecretDep, clock: ClockDep, body: BodyDep, origin: Origin = None
) -> Response:
    """Keep a browser that takes pushes for its user."""
    told = _read(schemas.BrowserRequest, body)
    user = service.known(secret, told.token, clock.now())
    values = {"endpoint": told.endpoint, "p256dh": told.keys.p256dh, "auth": told.keys.auth}
    service.subscribe(session, user, values, clock.now())
    return _answer({"kept": True}, origin)


@public.post("/browsers/gone")
def forget_browser(session: SessionDep, body: BodyDep, origin: Origin = None) -> Response:
    """Forget a browser that takes no pushes any more."""
    service.unsubscribe(session, _read(schemas.BrowserGone, body).endpoint)
    return _answer({"kept": False}, origin)


@router.post("/identity/{key_id}")
def make_identity_secret(
    session: SessionDep,
    secret: SecretDep,
    clock: ClockDep,
    key_id: str,
    actor: Annotated[Principal, Depends(require("keys.manage"))],
    body: schemas.IdentityWish | None = None,
) -> schemas.IdentitySecret:
    """Make the secret a shop's server vouches for its users with, on pages of one source; it is in this answer alone.

    Where there is one, ``renew`` makes another, and the old one ends at once.
    """
    number = keys.vouch(session, key_id, actor, clock.now(), renew=body is not None and body.renew)
    return schemas.IdentitySecret(key_id=key_id, secret=vouching.identity_secret(secret, key_id, number))


def _read(form: type[Body], body: bytes) -> Body:
    try:
        if len(body) > MOST_BYTES or b"\\u0000" in body:  # NUL, which no store holds
            raise ValueError
        return form.model_validate_json(body)
    except (ValidationError, ValueError) as error:
        raise Invalid(Text("This is not what a page says.", "内容格式不正确。")) from error


def _mind(speed: Speed, who: str) -> None:
    if speed.wait(who, 100, PER_SECOND * 100, time.monotonic()):
        raise TooMany(Text("Too much at once; try again later.", "请求过于频繁，请稍后重试。"))


def _answer(told: dict[str, object], origin: str | None) -> Response:
    return JSONResponse(told, headers={**_cors(origin), "Cache-Control": "no-store"})


def _cors(origin: str | None) -> dict[str, str]:
    return {} if origin is None else {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
