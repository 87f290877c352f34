"""Every query of short addresses."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, text

from tenure.kit.db import Session
from tenure.outreach.shortlinks.tables import ShortLink

Link = tuple[str, str]  # a send, and where one of its links leads

# A send that is forgotten meanwhile gets none; a code another link has already is not given again.
_LAY = text("""
    INSERT INTO short_links (code, send_id, target, made_at)
    SELECT new.code, new.send_id, new.target, :now
    FROM unnest(CAST(:codes AS text[]), CAST(:sends AS text[]), CAST(:targets AS text[])) AS new(code, send_id, target)
    JOIN sends s ON s.id = new.send_id
    ON CONFLICT DO NOTHING RETURNING send_id, target, code""")


def known(session: Session, sends: Collection[str]) -> dict[Link, str]:
    """Return the codes some sends have already."""
    asked = select(ShortLink.send_id, ShortLink.target, ShortLink.code).where(ShortLink.send_id.in_(sends))
    return {(row.send_id, row.target): row.code for row in session.execute(asked)}


def lay(session: Session, wanted: Sequence[tuple[str, Link]], now: datetime) -> dict[Link, str]:
    """Give links their codes in one sentence; returns those that were free."""
    values = {
        "codes": [code for code, _ in wanted],
        "sends": [send for _, (send, _) in wanted],
        "targets": [target for _, (_, target) in wanted],
    }
    return {(row.send_id, row.target): row.code for row in session.execute(_LAY, {**values, "now": now})}


def find(session: Session, code: str) -> ShortLink | None:
    """Return the link behind a code."""
    return session.get(ShortLink, code)


def forget(session: Session, before: datetime) -> int:
    """Forget links made before a moment; returns how many."""
    gone = delete(ShortLink).where(ShortLink.made_at < before).returning(ShortLink.code)
    return len(session.execute(gone).all())
