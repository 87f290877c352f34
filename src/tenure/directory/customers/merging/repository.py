"""The forest of merges: every merged record hangs on one other, and the topmost is the one that is shown."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tenure.directory.customers.tables import Customer, CustomerMerge

_BELOW = """
WITH RECURSIVE below (id) AS (
    SELECT CAST(:top AS text)
    UNION SELECT m.merged_id FROM customer_merges m JOIN below b ON m.kept_id = b.id WHERE m.undone_at IS NULL
)
SELECT id FROM below WHERE id <> :top"""


def lock(session: Session, customer_ids: Sequence[str]) -> Sequence[Customer]:
    """Return records, kept from changing until the end of the transaction."""
    query = select(Customer).where(Customer.id.in_(customer_ids)).order_by(Customer.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).all()


def below(session: Session, top: str) -> Sequence[str]:
    """Return the ids of all records that hang, directly or not, on a record."""
    return session.execute(text(_BELOW), {"top": top}).scalars().all()


def show_under(session: Session, customer_ids: Sequence[str], root: str) -> None:
    """Hide records behind the one they belong to."""
    session.execute(update(Customer).where(Customer.id.in_(customer_ids)).values(merged_into=root))


def hang(session: Session, merge: CustomerMerge) -> None:
    """Hang a record on another."""
    session.add(merge)
    hidden = {"merged_into": merge.kept_id, "merged_at": merge.merged_at}
    session.execute(update(Customer).where(Customer.id == merge.merged_id).values(**hidden))


def take_off(session: Session, merge: CustomerMerge, now: datetime) -> None:
    """Take a record off the one it hangs on."""
    merge.undone_at = now
    free = {"merged_into": None, "merged_at": None}
    session.execute(update(Customer).where(Customer.id == merge.merged_id).values(**free))


def active(session: Session, merge_id: str) -> CustomerMerge | None:
    """Return a merge that was not undone."""
    query = select(CustomerMerge).where(CustomerMerge.id == merge_id, CustomerMerge.undone_at.is_(None))
    return session.scalars(query).first()


def links(session: Session) -> Sequence[tuple[str, str, datetime]]:
    """Return every hidden record with the one that is shown in its place, and since when."""
    rows = select(Customer.id, Customer.merged_into, Customer.merged_at).where(Customer.merged_into.is_not(None))
    return [(row.id, row.merged_into or "", row.merged_at) for row in session.execute(rows.order_by(Customer.id))]
