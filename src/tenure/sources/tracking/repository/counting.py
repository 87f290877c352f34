"""How often what arrived: counted in the transaction that ends a batch, so that nothing is counted twice."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

MOST_EVENT_NAMES = 5_000
MOST_PROPERTIES = 50_000
MOST_SAMPLES = 5
MOST_VIOLATIONS = 5_000
LATELY = 1_000

_SEEN_EVENTS = """
INSERT INTO seen_events (kind, name, count, first_at, last_at)
SELECT row.kind, row.name, row.count, :at, :at
FROM unnest(CAST(:kinds AS text[]), CAST(:names AS text[]), CAST(:counts AS bigint[])) AS row (kind, name, count)
WHERE (SELECT count(*) FROM seen_events) < :most
   OR EXISTS (SELECT FROM seen_events s WHERE s.kind = row.kind AND s.name = row.name)
ON CONFLICT (kind, name) DO UPDATE SET count = seen_events.count + excluded.count,
    last_at = greatest(seen_events.last_at, excluded.last_at)"""

_SEEN_PROPERTIES = """
INSERT INTO seen_properties (event, property, type, count, first_at, last_at)
SELECT row.event, row.property, row.type, row.count, :at, :at
FROM unnest(CAST(:events AS text[]), CAST(:properties AS text[]), CAST(:types AS text[]), CAST(:counts AS bigint[]))
    AS row (event, property, type, count)
WHERE (SELECT count(*) FROM seen_properties) < :most
   OR EXISTS (SELECT FROM seen_properties s
              WHERE s.event = row.event AND s.property = row.property AND s.type = row.type)
ON CONFLICT (event, property, type) DO UPDATE SET count = seen_properties.count + excluded.count,
    last_at = greatest(seen_properties.last_at, excluded.last_at)"""

_VIOLATIONS = """
INSERT INTO tracking_violations (key_id, event, code, property, refused, count, first_at, last_at, samples)
SELECT row.key_id, row.event, row.code, row.property, row.refused, row.count, :at, :at, CAST(row.samples AS jsonb)
FROM unnest(CAST(:keys AS text[]), CAST(:events AS text[]), CAST(:codes AS text[]), CAST(:properties AS text[]),
            CAST(:refused AS boolean[]), CAST(:counts AS bigint[]), CAST(:samples AS text[]))
    AS row (key_id, event, code, property, refused, count, samples)
WHERE (SELECT count(*) FROM tracking_violations) < :kept
   OR EXISTS (SELECT FROM tracking_violations v
              WHERE v.key_id = row.key_id AND v.event = row.event AND v.code = row.code AND v.property = row.property)
ON CONFLICT (key_id, event, code, property) DO UPDATE SET
    count = tracking_violations.count + excluded.count, refused = excluded.refused, last_at = excluded.last_at,
    samples = (SELECT coalesce(jsonb_agg(one), '[]') FROM (
        SELECT one FROM jsonb_array_elements(excluded.samples || tracking_violations.samples) WITH ORDINALITY
            AS told (one, place) ORDER BY place LIMIT :most) newest)"""

_LATELY = """
INSERT INTO tracked_lately (told) SELECT CAST(told AS jsonb) FROM unnest(CAST(:rows AS text[])) AS told"""
_NOT_LATELY = """
DELETE FROM tracked_lately WHERE id <= (SELECT id FROM tracked_lately ORDER BY id DESC OFFSET :kept LIMIT 1)"""


def count_seen(
    session: Session,
    events: Mapping[tuple[str, str], int],
    properties: Mapping[tuple[str, str, str], int],
    at: datetime,
) -> None:
    """Add to the counts of (kind, name) and of (event, property, type); names beyond the most kept are passed over."""
    if events:
        kinds, names = zip(*events, strict=True)
        values = {"kinds": list(kinds), "names": list(names), "counts": list(events.values())}
        session.execute(text(_SEEN_EVENTS), {**values, "at": at, "most": MOST_EVENT_NAMES})
    if properties:
        of, named, types = zip(*properties, strict=True)
        values = {
            "events": list(of),
            "properties": list(named),
            "types": list(types),
            "counts": list(properties.values()),
        }
        session.execute(text(_SEEN_PROPERTIES), {**values, "at": at, "most": MOST_PROPERTIES})


def note_violations(
    session: Session,
    found: Mapping[tuple[str, str, str, str, bool], tuple[int, Sequence[object]]],
    at: datetime,
) -> None:
    """Add to the violations, by (key, event, code, property, refused): how many, and the newest few; beyond the most kept, no new."""
    if not found:
        return
    keys, events, codes, properties, refused = zip(*found, strict=True)
    values = {
        "keys": list(keys),
        "events": list(events),
        "codes": list(codes),
        "properties": list(properties),
        "refused": list(refused),
        "counts": [count for count, _ in found.values()],
        "samples": [json.dumps(list(samples)[:MOST_SAMPLES]) for _, samples in found.values()],
    }
    session.execute(text(_VIOLATIONS), {**values, "at": at, "most": MOST_SAMPLES, "kept": MOST_VIOLATIONS})


def keep_lately(session: Session, rows: Sequence[dict[str, object]]) -> None:
    """Keep the newest events for whoever watches, and let the oldest go."""
    if rows:
        told = [json.dumps(row) for row in rows[-LATELY:]]
        session.execute(text(_LATELY), {"rows": told})
        session.execute(text(_NOT_LATELY), {"kept": LATELY})


def lately(session: Session, limit: int) -> list[dict[str, object]]:
    """Return the newest events that were counted, newest first."""
    query = text("SELECT told FROM tracked_lately ORDER BY id DESC LIMIT :limit")
    return list(session.execute(query, {"limit": limit}).scalars())


def waiting_newest(session: Session, packets: int) -> list[tuple[dict[str, object], datetime]]:
    """Return the newest requests that wait to be carried on, as the outbox holds them."""
    query = text(
        "SELECT payload, recorded_at FROM stream WHERE topic = '@tracking' AND jsonb_array_length(payload->'items') > 0 "
        "ORDER BY id DESC LIMIT :limit"
    )
    return [(row.payload, row.recorded_at) for row in session.execute(query, {"limit": packets})]
