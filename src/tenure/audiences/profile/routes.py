"""The timeline of a customer, and merging, over HTTP."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends

from tenure.audiences.profile import schemas, service
from tenure.directory.access import Principal, require
from tenure.kit.http import ClockDep, CursorQuery, EngineDep, LimitQuery, resource
from tenure.warehouse.lake import Lake

router = APIRouter(prefix="/customers", tags=["customers"])
LakeDep = Annotated[object, Depends(resource("lake"))]
Writer = Annotated[Principal, Depends(require("customers.write"))]


@router.get("/{customer_id:path}/timeline", dependencies=[Depends(require("customers.read"))])
def read_timeline(
    engine: EngineDep,
    lake: LakeDep,
    clock: ClockDep,
    customer_id: str,
    cursor: CursorQuery = None,
    limit: LimitQuery = 50,
) -> schemas.Timeline:
    """Return everything that happened to a customer, newest first."""
    found, following = service.timeline(engine, cast(Lake, lake), customer_id, clock.now(), cursor, limit)
    return schemas.Timeline(items=[schemas.TimelineItem.of(one) for one in found], next_cursor=following)


@router.post("/{customer_id:path}/merge", status_code=201)
def merge_customers(
    engine: EngineDep, lake: LakeDep, clock: ClockDep, customer_id: str, actor: Writer, body: schemas.MergeRequest
) -> schemas.MergeDone:
    """Merge another record into a customer; its numbers follow at the next refresh."""
    merge_id = service.merge(engine, cast(Lake, lake), customer_id, body.other_id, actor, clock.now())
    return schemas.MergeDone(merge_id=merge_id)


@router.post("/{customer_id:path}/unmerge")
def unmerge_customers(
    engine: EngineDep, lake: LakeDep, clock: ClockDep, customer_id: str, actor: Writer, body: schemas.UnmergeRequest
) -> schemas.UnmergeDone:
    """Undo a merge; both records are as if it had never been."""
    freed = service.unmerge(engine, cast(Lake, lake), customer_id, body.merge_id, actor, clock.now())
    return schemas.UnmergeDone(customer_id=freed)
