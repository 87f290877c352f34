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
from tenure.directory.customers.consent import asking, links, page, repository, service
from tenure.directory.customers.consent.links import Link, Question
from tenure.directory.customers.consent.look import Look
from tenure.directory.customers.consent.page import Shown
from tenure.directory.customers.consent.service import Visit
from tenure.directory.customers.consent.tables import Purpose
from tenure.directory.customers.consent.words import ANY
from tenure.directory.workspace import service as workspace
from tenure.kit.db import Session
from tenure.kit.errors import NotFound, TooMany
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
            except (NotFound, TooMany) as error:
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


@dataclass(frozen=True)
class Asked(Door):
    """Who stands before the page of a question, and what is asked."""

    question: Question


def shown(
    session: SessionDep,
    look: Annotated[object, Depends(resource("look"))],
    request: Request,
    token: str,
    language: Annotated[str | None, Query(max_length=10)] = None,
) -> Shown:
    """Read the language a page is wanted in."""
    spoken = language if language in ("en", "zh") else preferred_language(request.headers.get("accept-language"))
    return Shown(look_in_use(session, look), cast(Language, spoken), token)


SecretDep = Annotated[str, Depends(resource("secret"))]
ShownDep = Annotated[Shown, Depends(shown)]


def door(secret: SecretDep, seen: ShownDep, request: Request, token: str) -> Door:
    """Read the link; refuses one we did not sign."""
    return Door(_visit(links.read(secret, token), request), seen)


def question_door(secret: SecretDep, seen: ShownDep, request: Request, token: str) -> Asked:
    """Read the link of a question; refuses one we did not sign."""
    question = links.read_question(secret, token)
    return Asked(_visit(question.link, request), seen, question)


def _visit(link: Link, request: Request) -> Visit:
    agent = request.headers.get("user-agent")
    return Visit(link, request.client.host if request.client else None, agent[:300] if agent else None)


DoorDep = Annotated[Door, Depends(door)]
AskedDep = Annotated[Asked, Depends(question_door)]


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
        unseen |= {place for place in service.waiting(session, opened.link.customer_id) if place[1] not in _SHOWN}
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
def read_confirmation(session: SessionDep, clock: ClockDep, secret: SecretDep, asked: AskedDep) -> HTMLResponse:
    """Show the page behind a confirmation link; a scanner that opens it confirms nothing."""
    given = asking.still_asked(session, asked.link) == "granted"
    if not given and (asked.question.over(clock.now()) or asking.moved(session, asked.question, secret)):
        return _no_more(session, asked, secret)
    return _html(_confirmation(session, asked, done=given))


@router.post("/confirm/{token}")
def confirm(session: SessionDep, clock: ClockDep, secret: SecretDep, asked: AskedDep) -> HTMLResponse:
    """Take the yes of somebody who was asked; one that comes too late, or from another address, is none; a new link can be had."""
    if not asking.confirm(session, asked.visit, asked.question, secret, clock.now()):
        return _no_more(session, asked, secret)
    return _html(_confirmation(session, asked, done=True))


@router.post("/confirm/{token}/again")
def ask_again(session: SessionDep, clock: ClockDep, asked: AskedDep) -> HTMLResponse:
    """Send a new link to somebody whose own is out of date or lost, never to another address than theirs."""
    asking.ask_again(session, asked.visit, clock.now())
    return _html(page.late(asked.shown, done=True))


def _no_more(session: Session, asked: Asked, secret: str) -> HTMLResponse:
    return _html(page.late(asked.shown, done=False, moved=asking.moved(session, asked.question, secret)), 410)


def _still_known(session: Session, opened: Door) -> None:
    if not repository.known(session, opened.link.customer_id):
        raise NotFound(_NOBODY)


def look_in_use(session: Session, look: object) -> Look:
    """Return the company's look; a workspace without one goes by its own name."""
    found = cast(Callable[[Session], Look], look)(session)
    return found if found.name else replace(found, name=workspace.read(session).name)


def _confirmation(session: Session, asked: Asked, *, done: bool) -> str:
    """Write the page with the very sentence that a yes is given to."""
    wording = None if asked.question.wording is None else repository.wording(session, asked.question.wording)
    words = None if wording is None else Text(wording.en, wording.zh)
    return page.confirmation(asked.shown, _named(session, asked.link), asked.link.channel, words, done=done)


def _preferences(session: Session, opened: Door, note: str) -> HTMLResponse:
    lists = _lists(session)
    chosen = service.standing(session, opened.link.customer_id, lists)
    waiting = service.waiting(session, opened.link.customer_id)
    note = "saved_waiting" if note and waiting & {(one.name, channel) for one in lists for channel in _SHOWN} else note
    return _html(page.preferences(opened.shown, lists, chosen, _SHOWN, note, service.sentences(session), waiting))


def _lists(session: Session) -> list[Purpose]:
    return [purpose for purpose in repository.purposes(session) if purpose.shown]


def _named(session: Session, link: Link) -> Text:
    named = {purpose.name: Text(purpose.label_en, purpose.label_zh) for purpose in repository.purposes(session)}
    return named.get(link.purpose, _ALL if link.purpose == ANY else Text(link.purpose, link.purpose))


def _html(written: str, status: int = 200) -> HTMLResponse:
    # “no-referrer” would make browsers send “Origin: null” with the page's own form, which is refused as foreign.
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "Content-Security-Policy": _POLICY}
    return HTMLResponse(written, status, headers=headers)
