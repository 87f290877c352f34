"""Every query of the inbox and of browsers that take pushes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, delete, select, text
from sqlalchemy.dialects.postgresql import insert

from tenure.kit.db import Session
from tenure.outreach.onsite.tables import InboxMessage, PushSubscription

# Whoever was merged is one person: what waits for any of their records waits for them.
_THEIRS = "customer_id IN (SELECT c.id FROM customers c WHERE c.id = :root OR c.merged_into = :root)"

_OPEN = text(f"""
    SELECT send_id, position, style, title, body, button, url, language FROM inbox_messages
    WHERE {_THEIRS} AND shown_at IS NULL AND dismissed_at IS NULL AND expires_at > :now ORDER BY position LIMIT 20""")

# Each thing is written down the first time it is said, and what it presupposes with it; the ledger hears of it then.
_SAID = text(f"""
    WITH said AS (
        UPDATE inbox_messages SET
            shown_at = coalesce(shown_at, :now),
            clicked_at = CASE WHEN :what = 'clicked' THEN coalesce(clicked_at, :now) ELSE clicked_at END,
            dismissed_at = CASE WHEN :what = 'dismissed' THEN coalesce(dismissed_at, :now) ELSE dismissed_at END
        FROM (SELECT send_id AS id, shown_at AS shown, clicked_at AS clicked, dismissed_at AS dismissed
              FROM inbox_messages WHERE send_id = :send FOR UPDATE) before
        WHERE send_id = before.id AND {_THEIRS}
        RETURNING send_id, before.shown IS NULL AS shown, before.clicked IS NULL AND :what = 'clicked' AS clicked,
                  before.dismissed IS NULL AND :what = 'dismissed' AS dismissed)
    INSERT INTO send_events (send_id, at, what, details)
    SELECT s.id, :now, told.what, '{{"on": "page"}}'::jsonb
    FROM said JOIN sends s ON s.id = said.send_id
    CROSS JOIN LATERAL (VALUES (said.shown, 'opened', 1), (said.clicked, 'clicked', 2), (said.dismissed, 'dismissed', 3))
        AS told(fresh, what, place)
    WHERE told.fresh ORDER BY told.place RETURNING what""")

# The send is held while it is looked at: pressed on two screens at once, it is pressed once.
_PUSHED = text("SELECT id FROM sends WHERE id = :send AND via = 'push' AND accepted_at IS NOT NULL FOR UPDATE")
_PRESSED = text("""
    INSERT INTO send_events (send_id, at, what, details)
    SELECT :send, :now, 'clicked', '{"on": "push"}'::jsonb
    WHERE NOT EXISTS (SELECT 1 FROM send_events WHERE send_id = :send AND what = 'clicked') RETURNING what""")

_NEWER = text("""
    WITH newer AS (
        SELECT coalesce(c.merged_into, c.id) AS root, i.position
        FROM inbox_messages i JOIN customers c ON c.id = i.customer_id WHERE i.position > :after)
    SELECT n.position, u.name FROM newer n
    CROSS JOIN LATERAL (
        SELECT c.id AS name FROM customers c WHERE c.id = n.root OR c.merged_into = n.root
        UNION SELECT d.value FROM customer_identifiers d JOIN customers c ON c.id = d.customer_id
        WHERE d.kind = 'external' AND (c.id = n.root OR c.merged_into = n.root)) u""")


def put(session: Session, values: dict[str, object]) -> None:
    """Lay a message into an inbox; the same send lies there once."""
    session.execute(text("SET LOCAL lock_timeout = '5s'"))
    session.execute(insert(InboxMessage).values(**values).on_conflict_do_nothing(index_elements=["send_id"]))


def lies_there(session: Session, send_id: str) -> bool:
    """Say whether a send was laid into an inbox."""
    return session.get(InboxMessage, send_id) is not None


def open_messages(session: Session, root: str, now: datetime) -> Sequence[RowMapping]:
    """Return what a person has not seen yet, the oldest first."""
    return session.execute(_OPEN, {"root": root, "now": now}).mappings().all()


def said(session: Session, root: str, send_id: str, what: str, now: datetime) -> list[str]:
    """Write down what a person did with a message of theirs; returns what was not known before."""
    return list(session.scalars(_SAID, {"root": root, "send": send_id, "what": what, "now": now}))


def pressed(session: Session, send_id: str, now: datetime) -> bool:
    """Write down that a push was pressed; returns whether it was not known before."""
    if session.execute(_PUSHED, {"send": send_id}).first() is None:
        return False
    return session.execute(_PRESSED, {"send": send_id, "now": now}).first() is not None


def newest(session: Session) -> int:
    """Return the place of the newest message of all."""
    return int(session.execute(text("SELECT coalesce(max(position), 0) FROM inbox_messages")).scalar_one())


def newer(session: Session, after: int) -> tuple[frozenset[str], int]:
    """Return the users for whom there is something newer than a place, and the place of the newest."""
    rows = session.execute(_NEWER, {"after": after}).all()
    return frozenset(row.name for row in rows), max((row.position for row in rows), default=after)


def root_of(session: Session, customer_id: str) -> str | None:
    """Return the record a customer is shown as, if there is such a customer."""
    asked = text("SELECT coalesce(merged_into, id) FROM customers WHERE id = :id")
    return session.execute(asked, {"id": customer_id}).scalar()


def forget_expired(session: Session, before: datetime) -> int:
    """Forget messages that have been over since before a moment; returns how many."""
    gone = delete(InboxMessage).where(InboxMessage.expires_at < before).returning(InboxMessage.send_id)
    return len(session.execute(gone).all())


def subscribe(session: Session, values: dict[str, object]) -> None:
    """Keep a browser that takes pushes; it belongs to whom it was last given to."""
    changed = {name: value for name, value in values.items() if name != "id"}
    session.execute(
        insert(PushSubscription).values(**values).on_conflict_do_update(index_elements=["id"], set_=changed)
    )


def unsubscribe(session: Session, subscription_id: str) -> None:
    """Forget a browser."""
    session.execute(delete(PushSubscription).where(PushSubscription.id == subscription_id))


def subscriptions(session: Session, root: str) -> Sequence[PushSubscription]:
    """Return the browsers of a person, the newest first."""
    theirs = text(_THEIRS).bindparams(root=root)
    asked = select(PushSubscription).where(theirs).order_by(PushSubscription.created_at.desc()).limit(20)
    return session.scalars(asked).all()
