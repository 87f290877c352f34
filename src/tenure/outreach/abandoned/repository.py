"""Every query of sends that are queued where nobody delivers any more; in parts, and past what a worker holds."""

from collections.abc import Mapping, Sequence

from sqlalchemy import text

from tenure.kit.db import Session

# The first substitute behind the channel it goes over now that somebody delivers; the gate decides about it there.
_REROUTE = text("""
    WITH left_behind AS (
        SELECT s.id, next.name FROM sends s
        CROSS JOIN LATERAL (
            SELECT o.name FROM jsonb_array_elements_text(s.substitutes) WITH ORDINALITY AS o(name, place)
            WHERE o.name = ANY(CAST(:open AS text[]))
              AND o.place > coalesce((SELECT t.place FROM jsonb_array_elements_text(s.substitutes) WITH ORDINALITY
                                      AS t(name, place) WHERE t.name = s.via), 0)
            ORDER BY o.place LIMIT 1) next
        WHERE s.state = 'queued' AND s.via = :channel LIMIT :most FOR UPDATE OF s SKIP LOCKED),
    moved AS (
        UPDATE sends SET via = left_behind.name, changed_at = :now
        FROM left_behind WHERE sends.id = left_behind.id AND sends.state = 'queued' RETURNING sends.id, sends.via),
    told AS (
        INSERT INTO send_events (send_id, at, what, details)
        SELECT id, :now, 'waiting',
               jsonb_build_object('outcome', 'substitute', 'channel', via, 'policy', '', 'until', NULL,
                                  'steps', CAST(:steps AS jsonb)) FROM moved)
    SELECT count(*) FROM moved""")

_TAKE_BACK = text("""
    WITH left_behind AS (
        SELECT id FROM sends WHERE state = 'queued' AND via = :channel LIMIT :most FOR UPDATE SKIP LOCKED),
    gone AS (
        UPDATE sends SET state = 'cancelled', error = 'channel_forgotten', changed_at = :now
        FROM left_behind WHERE sends.id = left_behind.id AND sends.state = 'queued' RETURNING sends.id, sends.via),
    told AS (
        INSERT INTO send_events (send_id, at, what, details)
        SELECT id, :now, 'cancelled',
               jsonb_build_object('outcome', 'drop', 'channel', via, 'policy', '', 'until', NULL,
                                  'steps', CAST(:steps AS jsonb)) FROM gone)
    SELECT count(*) FROM gone""")


def reroute(session: Session, given: Mapping[str, object], open_channels: Sequence[str]) -> int:
    """Let some sends of a channel go over their next substitute that is open; returns how many."""
    return int(session.execute(_REROUTE, {**given, "open": list(open_channels)}).scalar_one())


def take_back(session: Session, given: Mapping[str, object]) -> int:
    """Take some sends of a channel back; returns how many."""
    return int(session.execute(_TAKE_BACK, given).scalar_one())
