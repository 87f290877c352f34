"""Returned mail over HTTP: what came, for members; and the signed door providers knock at."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from tenure.channels.returns.report import SEND
from tenure.channels.webhooks import signing
from tenure.directory.access import anyone, require
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.http import ClockDep, CursorQuery, EngineDep, LimitQuery, SessionDep, body_within, resource
from tenure.kit.pages import moment_cursor, next_cursor
from tenure.outreach.accounts import service as accounts
from tenure.outreach.heard import service as heard
from tenure.outreach.returns import repository, schemas, service
from tenure.outreach.returns.service import Keys

router = APIRouter(prefix="/returned-mail", tags=["messages"], dependencies=[Depends(require("messages.read"))])
door = APIRouter(prefix="/hooks/mail", include_in_schema=False, dependencies=[Depends(anyone)])
SecretDep = Annotated[str, Depends(resource("secret"))]
MOST_BYTES = 1_000_000


@router.get("")
def list_returned_mail(
    session: SessionDep, cursor: CursorQuery = None, limit: LimitQuery = 50
) -> schemas.ReturnedMails:
    """Return bounces and complaints, the newest first."""
    after = moment_cursor(cursor)
    rows = repository.page(session, limit + 1, after)
    following = next_cursor(rows, limit, lambda row: [row.at.isoformat(), row.id])
    return schemas.ReturnedMails(items=[schemas.ReturnedMail.of(row) for row in rows[:limit]], next_cursor=following)


@door.post("")
def take_reports(
    engine: EngineDep,
    secret: SecretDep,
    clock: ClockDep,
    request: Request,
    body: Annotated[bytes, Depends(body_within(MOST_BYTES))],
) -> JSONResponse:
    """Take bounces and complaints, signed as Standard Webhooks says: as JSON, or one mail as it came (message/rfc822)."""
    now = clock.now()
    with transaction(engine) as session:
        key = _key(session, secret)
        if key is None:
            return JSONResponse({}, 404)
        if len(body) > MOST_BYTES:  # of which not all was read, so that no signature fits
            return JSONResponse({}, 413)
        try:
            name = signing.verify([key], request.headers, body, int(now.timestamp()))
        except signing.BadSignature:
            return JSONResponse({}, 403)
        if heard.was_heard(session, "mail-returns", name[:200]):
            return JSONResponse({"taken": []})
    taken = _taken(engine, Keys.derived(secret), request, body, name, now)
    if taken is None:
        return JSONResponse({}, 422)
    with transaction(engine) as session:  # only now: what was cut off is sent again, and each report is taken once
        heard.first_time(session, "mail-returns", name[:200], now)
    return JSONResponse({"taken": taken})


def _taken(engine: Engine, keys: Keys, request: Request, body: bytes, name: str, now: datetime) -> list[str] | None:
    if request.headers.get("content-type", "").lower().startswith("message/rfc822"):
        return service.take_mail(engine, keys, body, "webhook", now)
    try:
        told = schemas.ReturnEvents.model_validate_json(body)
    except ValidationError:
        return None
    taken = []
    for number, event in enumerate(told.events):
        send = SEND.search(event.message_id)
        with transaction(engine) as session:
            report = event.report(send.group() if send else "")
            taken.append(service.take(session, keys, report, f"{name[:200]}#{number}", "webhook", now))
    return taken


def _key(session: Session, secret: str) -> bytes | None:
    """Return the key of the door, when the account of mail has one."""
    for account in accounts.in_use(session, secret):
        if account.kind == "smtp" and account.values.get("returns_secret"):
            return signing.key_of(account.values["returns_secret"])
    return None
