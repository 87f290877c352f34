"""The verbs of a profile that need both stores."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pyarrow as pa

from tenure.audiences.profile.timeline import Happening, happenings
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers import repository as customers
from tenure.directory.customers.merging import repository as merges
from tenure.directory.customers.merging import service as merging
from tenure.directory.customers.profile import repository as profiles
from tenure.kit.db import Engine, transaction
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.kit.pages import decode_cursor, encode_cursor
from tenure.sources.tracking.fresh import fresh_events
from tenure.warehouse.lake import Lake
from tenure.warehouse.schema import CUSTOMER_LINKS

_BAD_CURSOR = Text(
    "The page cursor is not valid; start again from the first page.", "分页游标无效，请从第一页重新开始。"
)
SOURCE = "directory"


def timeline(
    engine: Engine, lake: Lake, customer_id: str, now: datetime, cursor: str | None, limit: int
) -> tuple[Sequence[Happening], str | None]:
    """Return what happened to a customer and all records merged into it, newest first, and the next cursor."""
    before = None if cursor is None else _place(cursor)
    with transaction(engine) as session:
        profile = profiles.profile(session, customer_id)
        group = customers.group(session, profile.customer.id)
        fresh = fresh_events(session, lake, group)
        told = [_merged(merge) for merge in profile.merged] + [
            _added(profile.customer.created_at, profile.customer.source)
        ]
    told = [one for one in told if before is None or (one.at, one.key) < before]
    found = [*happenings(lake, group, now, before, limit + 1, fresh), *told]
    found.sort(key=lambda one: (one.at, one.key), reverse=True)
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], None if last is None else encode_cursor([last.at.isoformat(), last.key])


def merge(engine: Engine, lake: Lake, kept_id: str, other_id: str, actor: Principal, now: datetime) -> str:
    """Merge another record into a customer, in PostgreSQL first and then in the lake; returns the merge's id."""
    with transaction(engine) as session:
        merge_id = merging.merge(session, kept_id, other_id, actor, now)
    carry_links(engine, lake, now)
    return merge_id


def unmerge(engine: Engine, lake: Lake, shown_id: str, merge_id: str, actor: Principal, now: datetime) -> str:
    """Undo a merge, in PostgreSQL first and then in the lake; returns the record that stands alone again."""
    with transaction(engine) as session:
        freed = merging.unmerge(session, shown_id, merge_id, actor, now)
    carry_links(engine, lake, now)
    return freed


def carry_links(engine: Engine, lake: Lake, now: datetime) -> None:
    """Make the lake's ``customer_links`` say what PostgreSQL says.

    PostgreSQL is the truth. The whole of it is compared every time, so that a process that dies between the
    two stores is made good by the next merge or refresh.
    """
    with transaction(engine) as session:
        links = merges.links(session)
    at = [linked_at.astimezone(UTC).replace(tzinfo=None) for _, _, linked_at in links]
    rows = pa.table(
        {
            "customer_id": [hidden for hidden, _, _ in links],
            "canonical_id": [shown for _, shown, _ in links],
            "linked_at": at,
            "source": [SOURCE] * len(links),
            "recorded_at": [now.astimezone(UTC).replace(tzinfo=None)] * len(links),
            "changed_at": [None] * len(links),
        },
        schema=CUSTOMER_LINKS.schema().to_pyarrow(),
    )
    hidden = rows["customer_id"].to_pylist()

    def write() -> None:
        lake.delete("customer_links", lambda table: ~table.customer_id.isin(hidden))
        lake.upsert("customer_links", rows)

    lake.retry(write)


def _merged(merge: profiles.Merged) -> Happening:
    return Happening(_naive(merge.merged_at), f"merge/{merge.merge_id}", "merge", merge.id, more=merge.name)


def _added(at: datetime, source: str) -> Happening:
    return Happening(_naive(at), "import/", "import", "", what=source)


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _place(cursor: str) -> tuple[datetime, str]:
    at, key = decode_cursor(cursor, 2)
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError as error:
        raise Invalid(_BAD_CURSOR) from error
    return (moment if moment.tzinfo is None else _naive(moment)), str(key)
