"""Every query of opens and clicks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, text

from tenure.kit.db import Session
from tenure.outreach.reading.machine import Judged

MOST = 300  # reads kept of one send: whoever asks more often learns and adds nothing

# Asked for in one sentence, so that a link of a send that is forgotten still leads on.
_NOTE = text("""
    INSERT INTO message_reads (send_id, at, kind, link, method, agent, origin, network)
    SELECT id, :at, :kind, :link, :method, :agent, :origin, :network FROM sends
    WHERE id = :send AND (SELECT count(*) FROM message_reads WHERE send_id = :send) < :most
    RETURNING id""")

_DUE = text("""
    WITH due AS (
        SELECT * FROM message_reads WHERE judged_at IS NULL AND at <= :until ORDER BY at, id LIMIT :most
        FOR UPDATE SKIP LOCKED)
    SELECT d.id, d.send_id, d.at, d.kind, d.method, d.agent, d.network, s.via,
           extract(epoch FROM d.at - coalesce(
               (SELECT max(e.at) FROM send_events e WHERE e.send_id = d.send_id AND e.what = 'delivered' AND e.at <= d.at),
               s.accepted_at, s.changed_at)) AS seconds,
           (SELECT count(DISTINCT o.link) FROM message_reads o
            WHERE o.send_id = d.send_id AND o.kind IN ('click', 'trap')
              AND o.at BETWEEN d.at - interval '10 seconds' AND d.at + interval '10 seconds') AS links,
           (SELECT count(DISTINCT o.send_id) FROM message_reads o
            WHERE o.origin = d.origin AND (s.via <> 'sms' OR o.agent = d.agent)
              AND o.at BETWEEN d.at - interval '1 minute' AND d.at + interval '1 minute') AS recipients,
           EXISTS (SELECT 1 FROM message_reads o
                   WHERE o.send_id = d.send_id AND o.kind = 'trap'
                     AND (o.origin = d.origin AND o.at BETWEEN d.at - interval '1 hour' AND d.at + interval '1 hour'
                          OR o.at BETWEEN d.at - interval '30 seconds' AND d.at + interval '30 seconds')) AS trapped,
           EXISTS (SELECT 1 FROM message_reads o
                   WHERE o.send_id = d.send_id AND o.link = d.link AND o.kind = d.kind AND o.method = 'HEAD'
                     AND o.origin = d.origin AND (s.via <> 'sms' OR o.agent = d.agent)
                     AND o.at BETWEEN d.at - interval '30 seconds' AND d.at + interval '30 seconds') AS headed,
           EXISTS (SELECT 1 FROM message_reads o
                   WHERE o.send_id = d.send_id AND o.kind = 'open'
                     AND o.at BETWEEN d.at - interval '1 hour' AND d.at - interval '10 seconds') AS read_before,
           EXISTS (SELECT 1 FROM message_reads o
                   WHERE o.origin = d.origin AND o.send_id <> d.send_id AND (o.kind = 'trap' OR o.method = 'HEAD')
                     AND (s.via <> 'sms' OR o.agent = d.agent)
                     AND o.at BETWEEN d.at - interval '1 day' AND d.at + interval '1 minute') AS caught
    FROM due d JOIN sends s ON s.id = d.send_id ORDER BY d.at, d.id""")

_JUDGED = text("""
    UPDATE message_reads SET machine = new.machine, reasons = new.reasons, judged_at = :now
    FROM unnest(CAST(:ids AS bigint[]), CAST(:machines AS float8[]), CAST(:reasons AS jsonb[])) AS new(id, machine, reasons)
    WHERE message_reads.id = new.id""")

# The first time a person opened or clicked is written into the send's story, at the time we came to know it.
_FIRST = text("""
    INSERT INTO send_events (send_id, at, what, details)
    SELECT first.send_id, :now, first.what, jsonb_build_object('read', first.id, 'at', first.at, 'machine', first.machine)
    FROM (
    SELECT DISTINCT ON (r.send_id, said.what) r.send_id, said.what, r.id, r.at, round(CAST(r.machine AS numeric), 4) AS machine
    FROM message_reads r, LATERAL (SELECT CASE r.kind WHEN 'open' THEN 'opened' ELSE 'clicked' END AS what) said
    WHERE r.id = ANY(CAST(:people AS bigint[])) AND r.kind <> 'trap'
      AND NOT EXISTS (SELECT 1 FROM send_events e WHERE e.send_id = r.send_id AND e.what = said.what)
    ORDER BY r.send_id, said.what, r.at, r.id) first
    ORDER BY first.at, first.id""")

_BY_CHANNEL = text("""
    WITH gone AS (SELECT id, via FROM sends WHERE message = :message AND accepted_at IS NOT NULL),
    people AS (
        SELECT e.send_id, bool_or(e.what = 'opened') AS opened, bool_or(e.what = 'clicked') AS clicked
        FROM gone g JOIN send_events e ON e.send_id = g.id WHERE e.what IN ('opened', 'clicked') GROUP BY e.send_id),
    machines AS (
        SELECT r.send_id, bool_or(r.kind = 'open' AND r.machine >= :half) AS opened,
               bool_or(r.kind = 'click' AND r.machine >= :half) AS clicked,
               count(*) FILTER (WHERE r.judged_at IS NULL) AS unjudged
        FROM gone g JOIN message_reads r ON r.send_id = g.id GROUP BY r.send_id)
    SELECT g.via AS channel, count(*) AS sent,
           count(*) FILTER (WHERE p.opened) AS opened, count(*) FILTER (WHERE p.clicked) AS clicked,
           count(*) FILTER (WHERE m.opened) AS opened_by_machines, count(*) FILTER (WHERE m.clicked) AS clicked_by_machines,
           CAST(coalesce(sum(m.unjudged), 0) AS bigint) AS unjudged
    FROM gone g LEFT JOIN people p ON p.send_id = g.id LEFT JOIN machines m ON m.send_id = g.id
    GROUP BY g.via ORDER BY sent DESC, channel""")

# A mail is marked unless its version says otherwise; a text message only where it had a link to shorten.
_MARKED = text("""
    SELECT EXISTS (SELECT 1 FROM message_versions v
                   WHERE v.message_id = :message AND coalesce(CAST(v.content ->> 'tracked' AS boolean), true)) AS email,
           EXISTS (SELECT 1 FROM short_links l JOIN sends s ON s.id = l.send_id WHERE s.message = :message) AS sms,
           array(SELECT DISTINCT s.via FROM message_reads r JOIN sends s ON s.id = r.send_id
                 WHERE s.message = :message) AS read""")

_LINKS = text("""
    SELECT r.link, count(DISTINCT r.send_id) FILTER (WHERE r.machine < :half) AS people,
           count(DISTINCT r.send_id) FILTER (WHERE r.machine >= :half) AS machines
    FROM message_reads r JOIN sends s ON s.id = r.send_id
    WHERE s.message = :message AND r.kind = 'click' AND r.judged_at IS NOT NULL
    GROUP BY r.link ORDER BY people DESC, r.link LIMIT 100""")


@dataclass(frozen=True, slots=True)
class Arrival:
    """An open or click as it comes in."""

    send: str
    at: datetime
    kind: str
    link: str
    method: str
    agent: str
    origin: bytes
    network: str


def note(session: Session, arrival: Arrival) -> bool:
    """Keep a read as it came; returns whether it was kept."""
    values = {name: getattr(arrival, name) for name in Arrival.__dataclass_fields__}
    return session.execute(_NOTE, {**values, "most": MOST}).first() is not None


def due(session: Session, until: datetime, most: int) -> Sequence[RowMapping]:
    """Return reads that came before a moment and nobody judged, with what was seen around each."""
    return session.execute(_DUE, {"until": until, "most": most}).mappings().all()


def keep(session: Session, judged: Sequence[tuple[int, Judged]], now: datetime) -> int:
    """Write down judgements, and the first time each send was opened or clicked by a person; returns how many by people."""
    people = [number for number, one in judged if one.human]
    reasons = [json.dumps([[one.code, one.weight] for one in found.reasons]) for _, found in judged]
    values = {
        "ids": [number for number, _ in judged],
        "machines": [one.machine for _, one in judged],
        "reasons": reasons,
    }
    session.execute(_JUDGED, {**values, "now": now})
    session.execute(_FIRST, {"people": people, "now": now})
    return len(people)


def reads_of(session: Session, send: str, limit: int) -> Sequence[RowMapping]:
    """Return what came of one send, in order."""
    asked = text("""
        SELECT id, at, kind, link, method, agent, network, machine, reasons, judged_at
        FROM message_reads WHERE send_id = :send ORDER BY at, id LIMIT :limit""")
    return session.execute(asked, {"send": send, "limit": limit}).mappings().all()


def by_channel(session: Session, message: str, half: float) -> Sequence[RowMapping]:
    """Return how many sends of a message were opened and clicked over each channel, by people and by machines."""
    return session.execute(_BY_CHANNEL, {"message": message, "half": half}).mappings().all()


def marked(session: Session, message: str) -> frozenset[str]:
    """Return the channels over which a message went with marks that tell of reading."""
    found = session.execute(_MARKED, {"message": message}).one()
    return frozenset([*(("email",) if found.email else ()), *(("sms",) if found.sms else ()), *found.read])


def links(session: Session, message: str, half: float) -> Sequence[RowMapping]:
    """Return how many clicked each link of a message."""
    return session.execute(_LINKS, {"message": message, "half": half}).mappings().all()
