"""Seen and expected events, violations and the newest events over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, SessionDep
from tenure.sources.tracking.registry import repository, schemas, service
from tenure.sources.tracking.repository.expecting import events as expected_events

router = APIRouter(prefix="/tracking", tags=["tracking"])
Reader = Depends(require("tracking.read"))
Keeper = Annotated[Principal, Depends(require("tracking.manage"))]
Most = Annotated[int, Query(ge=1, le=500, description="How many items are returned at most.")]
NameQuery = Annotated[str, Query(max_length=200)]


@router.get("/lately", dependencies=[Depends(require("customers.read"))])
def read_tracked_lately(session: SessionDep, limit: Most = 100) -> schemas.TrackedEvents:
    """Return the newest events, newest first."""
    return schemas.TrackedEvents(items=[schemas.TrackedEvent.of(told) for told in service.newest(session, limit)])


@router.get("/events", dependencies=[Reader])
def list_tracked_events(session: SessionDep, limit: Most = 200) -> schemas.SeenEvents:
    """Return which events arrive with which properties, and what was declared of them."""
    declared = {row.name: schemas.ExpectedEvent.of(row) for row in expected_events(session)}
    seen = repository.seen(session, limit)
    properties: dict[str, dict[str, list[schemas.SeenType]]] = {}
    for row in repository.properties_of(session, [one.name for one in seen if one.kind == "track"]):
        types = properties.setdefault(row.event, {}).setdefault(row.property, [])
        types.append(schemas.SeenType(type=row.type, count=row.count))
    items = [
        schemas.SeenEvent(
            kind=one.kind,
            name=one.name,
            count=one.count,
            first_at=one.first_at,
            last_at=one.last_at,
            properties=[
                schemas.SeenProperty(name=name, types=types) for name, types in properties.get(one.name, {}).items()
            ]
            if one.kind == "track"
            else [],
            expected=declared.pop(one.name, None) if one.kind == "track" else None,
        )
        for one in seen
    ]
    never = [
        schemas.SeenEvent(
            kind="track", name=name, count=0, first_at=None, last_at=None, properties=[], expected=expected
        )
        for name, expected in declared.items()
    ]
    return schemas.SeenEvents(items=[*items, *never])


@router.put("/expected")
def expect_event(
    session: SessionDep, clock: ClockDep, actor: Keeper, body: schemas.ExpectedEvent
) -> schemas.ExpectedEvent:
    """Declare what an event must bring; from the next seconds on whatever differs is told as a violation."""
    wish = service.Declared(body.name, tuple((p.name, p.type, p.required) for p in body.properties), body.note)
    return schemas.ExpectedEvent.of(service.expect(session, wish, actor, clock.now()))


@router.delete("/expected", status_code=204)
def expect_event_no_more(session: SessionDep, clock: ClockDep, actor: Keeper, name: NameQuery) -> None:
    """Take a declaration back."""
    service.expect_no_more(session, name, actor, clock.now())


@router.get("/violations", dependencies=[Reader])
def list_violations(session: SessionDep, limit: Most = 200) -> schemas.Violations:
    """Return how events were not as expected, the latest first."""
    return schemas.Violations(items=service.violations(session, limit))


@router.delete("/violations", status_code=204)
def forget_violations(session: SessionDep, clock: ClockDep, actor: Keeper) -> None:
    """Forget the violations there have been; new ones are counted from one."""
    del actor
    repository.forget_violations(session, clock.now())
