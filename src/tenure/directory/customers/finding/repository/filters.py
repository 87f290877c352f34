"""Saved filters as they are stored."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tenure.directory.customers.tables import SavedFilter


def filters_after(session: Session, member_id: str, after: str | None, limit: int) -> Sequence[SavedFilter]:
    """Return a member's own and everybody's shared filters, newest first, from an id on."""
    query = select(SavedFilter).where(or_(SavedFilter.member_id == member_id, SavedFilter.shared))
    if after is not None:
        query = query.where(SavedFilter.id < after)
    return session.scalars(query.order_by(SavedFilter.id.desc()).limit(limit)).all()


def own_filter(session: Session, filter_id: str, member_id: str) -> SavedFilter | None:
    """Return a member's own saved filter."""
    owned = (SavedFilter.id == filter_id, SavedFilter.member_id == member_id)
    return session.scalars(select(SavedFilter).where(*owned)).first()


def open_filter(session: Session, filter_id: str, member_id: str) -> SavedFilter | None:
    """Return a saved filter a member may use: their own, or a shared one."""
    usable = or_(SavedFilter.member_id == member_id, SavedFilter.shared)
    return session.scalars(select(SavedFilter).where(SavedFilter.id == filter_id, usable)).first()


def add_filter(session: Session, row: SavedFilter) -> None:
    """Store a filter."""
    session.add(row)
    session.flush()


def delete_filter(session: Session, row: SavedFilter) -> None:
    """Forget a filter."""
    session.delete(row)
    session.flush()
