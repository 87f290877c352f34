"""What the lake has not heard yet, read whole for each send."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, text

from tenure.kit.db import Session

_TELLING = 7_368_805  # the advisory lock of whoever tells: what was read later stands later in the outbox

# A row of news was committed together with its event, so whoever sees the one sees the other. The times are those at which
# we came to know: a question about the past must not see what was not known then.
_NEWS = text("""
    WITH taken AS (
        DELETE FROM message_news WHERE id IN (
            SELECT id FROM message_news WHERE id <= :upto ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED)
        RETURNING id, send_id),
    news AS (SELECT send_id, max(id) AS number FROM taken GROUP BY send_id)
    SELECT s.id, s.customer_id, s.via, s.category, s.message, s.state, news.number, s.accepted_at, found.*
    FROM news JOIN sends s ON s.id = news.send_id
    CROSS JOIN LATERAL (
        SELECT min(e.at) FILTER (WHERE e.what = 'accepted') AS told_at,
               min(e.at) FILTER (WHERE e.what = 'treated_as_sent') AS presumed_at,
               min(e.at) FILTER (WHERE e.what = 'delivered') AS delivered_at,
               min(e.at) FILTER (WHERE e.what = 'opened') AS opened_at,
               min(e.at) FILTER (WHERE e.what = 'clicked') AS clicked_at,
               min(e.at) FILTER (WHERE e.what = 'unsubscribed') AS unsubscribed_at,
               min(e.at) FILTER (WHERE e.what = 'dismissed') AS dismissed_at,
               min(e.at) FILTER (WHERE e.what = 'complained') AS complained_at,
               min(e.at) FILTER (WHERE e.what = 'bounced' AND e.details ->> 'kind' = 'hard'
                                    OR e.what = 'failed' AND e.details ->> 'dead_address' = 'true') AS bounced_at,
               min(e.at) FILTER (WHERE e.what = 'dropped' AND e.details ? 'held_out') AS held_out_at
        FROM send_events e WHERE e.send_id = s.id) found
    ORDER BY news.number""")


def newest(session: Session) -> int:
    """Return the number of the newest news."""
    return int(session.execute(text("SELECT coalesce(max(id), 0) FROM message_news")).scalar_one())


def take_news(session: Session, most: int, upto: int) -> Sequence[RowMapping]:
    """Take sends with news up to a number, each once, with all that is known of them by now, whether or not there is a row to tell.

    Until the transaction ends nobody else takes any.
    """
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _TELLING})
    return session.execute(_NEWS, {"most": most, "upto": upto}).mappings().all()


def waiting(session: Session) -> int:
    """Return how much news waits."""
    return int(session.execute(text("SELECT count(*) FROM message_news")).scalar_one())
