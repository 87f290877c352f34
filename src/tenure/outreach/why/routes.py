"""Why, over HTTP: as JSON, and as a table for a spreadsheet."""

import csv
import io
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from tenure.directory.access import require
from tenure.kit.http import ClockDep, SessionDep, resource
from tenure.outreach.why import schemas, service
from tenure.outreach.why.service import Question

router = APIRouter(prefix="/why", tags=["messages"], dependencies=[Depends(require("messages.read"))])
SecretDep = Annotated[str, Depends(resource("secret"))]


def question(
    customer_id: Annotated[str, Query(max_length=200)],
    message: Annotated[str | None, Query(max_length=200)] = None,
    channel: Annotated[str, Query(max_length=40)] = "email",
    purpose: Annotated[str, Query(max_length=40)] = "marketing",
    priority: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> Question:
    """Read whom and what is asked about."""
    return Question(customer_id, message, channel, purpose, priority)


QuestionDep = Annotated[Question, Depends(question)]


@router.get("")
def read_why(session: SessionDep, secret: SecretDep, clock: ClockDep, asked: QuestionDep) -> schemas.Why:
    """Return why a customer got a message, waits for it or never will, and the next good moment."""
    return service.explain(session, asked, secret, clock.now())


@router.get("/table", response_class=Response)
def export_why(session: SessionDep, secret: SecretDep, clock: ClockDep, asked: QuestionDep) -> Response:
    """Return every step of every decision as CSV."""
    why = service.explain(session, asked, secret, clock.now())
    target = io.StringIO()
    rows = csv.writer(target)
    rows.writerow(["send", "message", "at", "what", "gate", "channel", "verdict", "code", "en", "zh", "until"])
    for send in why.sends:
        for event in send.events:
            place = [send.id, _plain(send.message), event.at.isoformat(), event.what]
            steps = event.decision.steps if event.decision else []
            rows.writerows([*place, *_cells(step)] for step in steps)
            if not steps:
                rows.writerow([*place, "", send.via, "", "", "", "", ""])
    rows.writerows(
        ["", _plain(why.message or ""), clock.now().isoformat(), "now", *_cells(step)] for step in why.now.steps
    )
    return Response(
        "\ufeff" + target.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": "attachment; filename=why.csv"},
    )


def _cells(step: schemas.WhyStep) -> list[str]:
    until = step.until.isoformat() if step.until else ""
    return [step.gate, step.channel, step.verdict, step.code, step.words.en, step.words.zh, until]


def _plain(value: str) -> str:
    """Keep a cell from being taken for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
