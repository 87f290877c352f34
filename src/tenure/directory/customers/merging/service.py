"""The verbs of identity: two records become one, and two again."""

from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers import repository as customers
from tenure.directory.customers.merging import repository
from tenure.directory.customers.tables import CustomerMerge
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, NotFound
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id


def merge(session: Session, kept_id: str, other_id: str, actor: Principal | None, now: datetime) -> str:
    """Merge another record into a visible one; returns the merge's id.

    The other record stays as it was, hidden; the visible one shows what it knows where it knows nothing itself.
    """
    customers.take_turn(session)
    found = {row.id: row for row in repository.lock(session, [kept_id, other_id])}
    for wanted in (kept_id, other_id):
        if wanted not in found:
            raise NotFound(Text("There is no customer {id}.", "没有编号为 {id} 的客户。").fill(id=wanted[:200]))
        if found[wanted].merged_into is not None:
            merged = Text("{id} was merged into {root} already.", "{id} 已并入 {root}。")
            raise Conflict(merged.fill(id=wanted, root=found[wanted].merged_into))
    if kept_id == other_id:
        raise Conflict(Text("A customer cannot be merged with itself.", "客户不能与自身合并。"))
    customers.unfold(session, [kept_id, other_id])
    row = CustomerMerge(
        id=new_id("mrg"),
        kept_id=kept_id,
        merged_id=other_id,
        merged_at=now,
        merged_by=None if actor is None else actor.id,
    )
    repository.show_under(session, repository.below(session, other_id), kept_id)
    repository.hang(session, row)
    customers.fold(session, [kept_id])
    told = {"merge_id": row.id, "merged_id": other_id}
    audit.record(session, actor, audit.Change("customers.merge", "customer", kept_id, None, told), now)
    return row.id


def unmerge(session: Session, shown_id: str, merge_id: str, actor: Principal | None, now: datetime) -> str:
    """Undo a merge somewhere under a visible record; returns the id of the record that stands alone again.

    Both are then as if they had never been merged; what was changed on either since stays changed.
    """
    customers.take_turn(session)
    row = repository.active(session, merge_id)
    merged = None if row is None else next(iter(repository.lock(session, [row.merged_id])), None)
    if row is None or merged is None or merged.merged_into != shown_id:
        raise NotFound(Text("There is no such merge.", "没有这次合并。"))
    customers.unfold(session, [shown_id])
    repository.take_off(session, row, now)
    repository.show_under(session, repository.below(session, row.merged_id), row.merged_id)
    customers.fold(session, [shown_id, row.merged_id])
    told = {"merge_id": merge_id, "merged_id": row.merged_id}
    audit.record(session, actor, audit.Change("customers.unmerge", "customer", shown_id, told, None), now)
    return row.merged_id
