"""The door for pages of the shop: public, because whom a page may read for is proved by the shop's server each time.

Bodies come as plain text holding JSON, so that browsers ask only once; answers name the site they are for.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar, cast

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ValidationError

from tenure.directory.access import Principal, anywhere, require
from tenure.kit.errors import Invalid, NotSignedIn, TooMany
from tenure.kit.http import ClockDep, SessionDep, body_within, resource
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


@dataclass(frozen=True)
class Call:
    """What every call of a page comes with, and what it is answered by."""

    session: SessionDep
    secret: SecretDep
    clock: ClockDep
    body: Annotated[bytes, Depends(body_within(MOST_BYTES))]
    speed: Annotated[Speed, Depends(resource("onsite_speed"))]
    origin: Origin = None

    def read(self, form: type[Body]) -> Body:
        """Read what the page says."""
        try:
            if len(self.body) > MOST_BYTES or b"\\u0000" in self.body:  # NUL, which no store holds
                raise ValueError
            return form.model_validate_json(self.body)
        except (ValidationError, ValueError) as error:
            raise Invalid(Text("This is not what a page says.", "内容格式不正确。")) from error

    def mind(self, who: str) -> None:
        """Refuse who calls too often."""
        if self.speed.wait(who, 100, PER_SECOND * 100, time.monotonic()):
            raise TooMany(Text("Too much at once; try again later.", "请求过于频繁，请稍后重试。"))

    def answer(self, told: dict[str, object]) -> Response:
        """Answer the page."""
        return JSONResponse(told, headers={**_cors(self.origin), "Cache-Control": "no-store"})


CallDep = Annotated[Call, Depends()]


@public.post("/session")
def begin_page(call: CallDep, push_key: Annotated[object, Depends(resource("push_key"))]) -> Response:
    """Let a page read a user's messages for an hour, where the shop's server vouches for the user."""
    told = call.read(schemas.PageRequest)
    page = Page(told.write_key, call.origin)
    call.mind(service.source_of(call.session, page).key_id)
    token = service.begin(call.session, call.secret, page, told.user_id, told.hash, call.clock.now())
    found = cast(Callable[[], str | None], push_key)()
    return call.answer(schemas.PageToken(token=token, push=found).model_dump())


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
def hear(call: CallDep) -> Response:
    """Hear what a person did with a message of theirs."""
    told = call.read(schemas.SaidRequest)
    user = service.known(call.secret, told.token, call.clock.now())
    call.mind(f"{user.key_id} {user.user_id}")
    return call.answer({"new": service.said(call.session, user, told.id, told.what, call.clock.now())})


@public.post("/pressed")
def hear_press(call: CallDep) -> Response:
    """Hear that a push was pressed: the push itself carried the token that says which."""
    send = presses.send_of(call.secret, call.read(schemas.PressRequest).token)
    if send is None:
        raise NotSignedIn(Text("This push is not ours.", "此推送并非由我们发出。"))
    call.mind(f"press {send}")
    return call.answer({"new": repository.pressed(call.session, send, call.clock.now())})


@public.post("/browsers")
def keep_browser(call: CallDep) -> Response:
    """Keep a browser that takes pushes for its user."""
    told = call.read(schemas.BrowserRequest)
    user = service.known(call.secret, told.token, call.clock.now())
    values = {"endpoint": told.endpoint, "p256dh": told.keys.p256dh, "auth": told.keys.auth}
    service.subscribe(call.session, user, values, call.clock.now())
    return call.answer({"kept": True})


@public.post("/browsers/gone")
def forget_browser(call: CallDep) -> Response:
    """Forget a browser that takes no pushes any more."""
    service.unsubscribe(call.session, call.read(schemas.BrowserGone).endpoint)
    return call.answer({"kept": False})


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


def _cors(origin: str | None) -> dict[str, str]:
    return {} if origin is None else {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
