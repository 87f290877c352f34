"""The public pages: preference centre, unsubscribe and confirmation, by a signed link and without a log-in.

Looking at a page (GET) never changes anything: mail scanners open every link. A POST does, as RFC 8058 asks.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.routing import APIRoute

from tenure.directory.access import anyone
from tenure.directory.customers.consent import links, page, repository, service
from tenure.directory.customers.consent.links import Link
from tenure.directory.customers.consent.look import Look
from tenure.directory.customers.consent.page import Shown
from tenure.directory.customers.consent.service import Visit
from tenure.directory.customers.consent.tables import Purpose
from tenure.directory.customers.consent.words import ANY
from tenure.directory.workspace import service as workspace
from tenure.kit.db import Session
from tenure.kit.errors import NotFound
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.kit.i18n import Language, Text, preferred_language


class _PublicPage(APIRoute):
    """A route whose errors are pages too: who follows a broken link sees words, not JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[object, object, Response]]:
        """Answer as the route does, or with a page that says what is wrong."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except NotFound as error:
                spoken = preferred_language(request.headers.get("accept-language"))
                return _html(page.broken(spoken, error.message, error.remedy), error.status)

        return answer


router = APIRouter(include_in_schema=False, dependencies=[Depends(anyone)], route_class=_PublicPage)
_NOBODY = Text(
    "We hold no data about you any more; you will not hear from us.", "我们已不再保存您的数据，也不会再联系您。"
)
_ALL = Text("everything", "所有消息")
# Nothing runs on these pages; the logo may lie on the company's own site.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_SHOWN = ("email", "sms", "wecom", "in_app")


@dataclass(frozen=True)
class Door:
    """Who stands before a page, and what the page needs."""

    visit: Visit
    shown: Shown

    @property
    def link(self) -> Link:
        """Return the link they came by."""
        return self.visit.link


def door(
    session: SessionDep,
    secret: Annotated[str, Depends(resource("secret"))],
    look: Annotated[object, Depends(resource("look"))],
    request: Request,
    token: str,
    language: Annotated[str | None, Query(max_length=10)] = None,
) -> Door:
    """Read the link and the language; refuses a link we did not sign."""
    client = request.client.host if request.client else None
    agent = request.headers.get("user-agent")
    visit = Visit(links.read(secret, token), client, agent[:300] if agent else None)
    spoken = language if language in ("en", "zh") else preferred_language(request.headers.get("accept-language"))
    return Door(visit, Shown(look_in_use(session, look), cast(Language, spoken), token))


DoorDep = Annotated[Door, Depends(door)]


@router.get("/preferences/{token}")
def read_preferences(session: SessionDep, opened: DoorDep) -> HTMLResponse:
    """Show what a customer receives."""
    _still_known(session, opened)
    return _preferences(session, opened, "")


@router.post("/preferences/{token}")
def choose_preferences(
    session: SessionDep,
    clock: ClockDep,
    opened: DoorDep,
    act: Annotated[str, Form()] = "save",
    on: Annotated[list[str] | None, Form()] = None,
) -> HTMLResponse:
    """Take what a customer chose."""
    _still_known(session, opened)
    if act == "stop_all":
        service.stop(session, opened.visit, clock.now(), everything=True)
    else:
        kept = frozenset((one.split("|")[0], one.split("|")[-1]) for one in on or ())
        known = service.standing(session, opened.link.customer_id, _lists(session))
        unseen = {place for place, agreed in known.items() if agreed and place[1] not in _SHOWN}
        service.choose(session, opened.visit, kept | unseen, clock.now())
    return _preferences(session, opened, "saved")


@router.get("/unsubscribe/{token}")
def read_unsubscribe(session: SessionDep, opened: DoorDep) -> HTMLResponse:
    """Show the page behind an unsubscribe link; nothing happens yet. Whoever was erased hears nothing already."""
    gone = not repository.known(session, opened.link.customer_id)
    return _html(page.unsubscribe(opened.shown, _named(session, opened.link), opened.link.channel, done=gone))


@router.post("/unsubscribe/{token}")
def unsubscribe(session: SessionDep, clock: ClockDep, opened: DoorDep) -> HTMLResponse:
    """Unsubscribe from the list of the link, whether a mail program (RFC 8058) or a person asks."""
    if repository.known(session, opened.link.customer_id):
        service.stop(session, opened.visit, clock.now())
    return _html(page.unsubscribe(opened.shown, _named(session, opened.link), opened.link.channel, done=True))


@router.get("/confirm/{token}")
def read_confirmation(session: SessionDep, opened: DoorDep) -> HTMLResponse:
    """Show the page behind a confirmation link; a scanner that opens it confirms nothing."""
    return _html(_confirmation(session, opened, done=False))


@router.post("/confirm/{token}")
def confirm(session: SessionDep, clock: ClockDep, opened: DoorDep) -> HTMLResponse:
    """Take the yes of somebody who was asked."""
    service.confirm(session, opened.visit, clock.now())
    return _html(_confirmation(session, opened, done=True))


def _still_known(session: Session, opened: Door) -> None:
    if not repository.known(session, opened.link.customer_id):
        raise NotFound(_NOBODY)


def look_in_use(session: Session, look: object) -> Look:
    """Return the company's look; a workspace without one goes by its own name."""
    found = cast(Callable[[Session], Look], look)(session)
    return found if found.name else replace(found, name=workspace.read(session).name)


def _confirmation(session: Session, opened: Door, *, done: bool) -> str:
    words = service.sentences(session).get(opened.link.purpose)
    return page.confirmation(opened.shown, _named(session, opened.link), opened.link.channel, words, done=done)


def _preferences(session: Session, opened: Door, note: str) -> HTMLResponse:
    lists = _lists(session)
    chosen = service.standing(session, opened.link.customer_id, lists)
    return _html(page.preferences(opened.shown, lists, chosen, _SHOWN, note, service.sentences(session)))


def _lists(session: Session) -> list[Purpose]:
    return [purpose for purpose in repository.purposes(session) if purpose.shown]


def _named(session: Session, link: Link) -> Text:
    named = {purpose.name: Text(purpose.label_en, purpose.label_zh) for purpose in repository.purposes(session)}
    return named.get(link.purpose, _ALL if link.purpose == ANY else Text(link.purpose, link.purpose))


def _html(written: str, status: int = 200) -> HTMLResponse:
    # “no-referrer” would make browsers send “Origin: null” with the page's own form, which is refused as foreign.
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "Content-Security-Policy": _POLICY}
    return HTMLResponse(written, status, headers=headers)
