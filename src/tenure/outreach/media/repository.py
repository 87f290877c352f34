"""Every query of uploaded pictures."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert

from tenure.kit.db import Session
from tenure.outreach.media.tables import Media

_USED = text("""
    SELECT m.name FROM messages m
    WHERE strpos(CAST(m.draft AS text), :name) > 0
       OR EXISTS (SELECT 1 FROM message_versions v
                  WHERE v.message_id = m.id AND strpos(CAST(v.content AS text), :name) > 0)
    UNION ALL SELECT b.name FROM content_blocks b WHERE strpos(CAST(b.content AS text), :name) > 0
    UNION ALL SELECT 'brand' FROM brand WHERE strpos(logo_url, :name) > 0
    LIMIT 5""")


def add(session: Session, values: dict[str, object]) -> bool:
    """Keep a picture; returns whether it was not there before."""
    made = insert(Media).values(**values).on_conflict_do_nothing().returning(Media.name)
    return session.execute(made).first() is not None


def find(session: Session, name: str) -> Media | None:
    """Return a picture without its content."""
    return session.get(Media, name)


def content(session: Session, name: str) -> tuple[str, bytes] | None:
    """Return a picture's type and content."""
    found = session.execute(select(Media.type, Media.content).where(Media.name == name)).first()
    return None if found is None else (found[0], found[1])


def listed(session: Session, limit: int, after: tuple[datetime, str] | None) -> Sequence[Media]:
    """Return pictures without their content, the newest first."""
    query = select(Media).order_by(Media.added_at.desc(), Media.name.desc()).limit(limit)
    if after is not None:
        query = query.where(tuple_(Media.added_at, Media.name) < after)
    return session.scalars(query).all()


def used_in(session: Session, name: str) -> Sequence[str]:
    """Return some of the messages, blocks and the brand that show a picture, in any version."""
    return session.execute(_USED, {"name": name}).scalars().all()


def remove(session: Session, name: str) -> None:
    """Forget a picture."""
    session.execute(delete(Media).where(Media.name == name))
