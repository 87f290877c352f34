"""Every query of the taps: what may flow, how fast, and what stands still."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.engine import Connection

from tenure.kit.db import Session
from tenure.outreach.ledger.listing import Flow, Standstill

_FLOW = text("""
    SELECT bool_or(paused) AS paused, min(per_second) AS per_second, coalesce(bool_or(own_only), false) AS own_only
    FROM send_taps WHERE name IN ('all', 'channel:' || :channel)""")

# How many may still go today while a channel warms up; what workers hold counts as gone.
_LEFT_TODAY = text("""
    SELECT greatest(t.per_day - (SELECT count(*) FROM sends WHERE via = :channel AND accepted_at >= t.day_from)
                              - (SELECT count(*) FROM sends WHERE via = :channel AND state IN ('leased', 'sending')), 0)
    FROM send_taps t WHERE t.name = 'channel:' || :channel AND t.per_day IS NOT NULL""")

# The rate of a channel and the rate of all are kept together: what goes is taken from both, at least one message at a time.
_RESERVE = text("""
    WITH rated AS (
        SELECT name, per_second, coalesce(free_at, :now) AS free FROM send_taps
        WHERE name IN ('all', 'channel:' || :channel) AND per_second > 0 ORDER BY name FOR UPDATE),
    opened AS (
        SELECT name, per_second, CASE WHEN free > CAST(:now AS timestamptz) + make_interval(secs => 4 + 2 / per_second)
                                      THEN CAST(:now AS timestamptz)  -- a clock put back
                                      ELSE free END AS free
        FROM rated),
    going AS (
        SELECT floor(greatest(1, least(CAST(:wanted AS float8), min(per_second) * 2.0))) AS many
        FROM opened HAVING bool_and(free <= CAST(:now AS timestamptz) + interval '1 second'))
    UPDATE send_taps t
    SET free_at = greatest(opened.free, :now) + make_interval(secs => going.many / opened.per_second)
    FROM opened, going WHERE t.name = opened.name RETURNING going.many""")


_HAND_BACK = text("""
    UPDATE send_taps SET free_at = free_at - make_interval(secs => :many / per_second)
    WHERE name IN ('all', 'channel:' || :channel) AND per_second > 0""")


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many sends may leave now, whether only those of customers' own orders may, and whether a rate was charged for them."""

    many: int
    own_only: bool
    rated: bool = False


def turn(session: Session, name: str, now: datetime, by: str, *, paused: bool, per_second: float | None) -> None:
    """Open, close or narrow a tap: ``all``, ``channel:…`` or ``message:…``."""
    session.execute(
        text("""
            INSERT INTO send_taps (name, paused, per_second, changed_at, changed_by)
            VALUES (:name, :paused, :per_second, :now, :by)
            ON CONFLICT (name) DO UPDATE SET paused = excluded.paused, per_second = excluded.per_second,
                                             changed_at = excluded.changed_at, changed_by = excluded.changed_by"""),
        {"name": name, "paused": paused, "per_second": per_second, "now": now, "by": by},
    )


def hold_marketing(session: Session, channel: str, now: datetime, by: str, *, held: bool) -> None:
    """Let nothing over a channel but what customers' own orders need, or everything again."""
    session.execute(
        text("""
            INSERT INTO send_taps (name, own_only, changed_at, changed_by)
            VALUES ('channel:' || :channel, :held, :now, :by)
            ON CONFLICT (name) DO UPDATE SET own_only = excluded.own_only, changed_at = excluded.changed_at,
                                             changed_by = excluded.changed_by"""),
        {"channel": channel, "held": held, "now": now, "by": by},
    )


def standstill(session: Session, channel: str) -> Standstill:
    """Return what stands still on a channel, the tap of all included."""
    found = session.execute(
        text("""
            SELECT coalesce(bool_or(paused), false) AS paused, coalesce(bool_or(own_only), false) AS own_only,
                   max(changed_at) FILTER (WHERE paused OR own_only) AS since
            FROM send_taps WHERE name IN ('all', 'channel:' || :channel)"""),
        {"channel": channel},
    )
    return Standstill(**found.mappings().one())


def flows(session: Session) -> list[Flow]:
    """Return every tap that was ever turned."""
    found = session.execute(
        text("SELECT name, paused, per_second, own_only, changed_at, changed_by FROM send_taps ORDER BY name")
    )
    return [Flow(**row) for row in found.mappings()]


def allowance(line: Connection, channel: str, now: datetime, most: int) -> Allowance:
    """Return what may leave now.

    With a rate it is as many as fit in two seconds, so that a word still counts.
    """
    paused, per_second, own_only = line.execute(_FLOW, {"channel": channel}).one()
    if paused:
        return Allowance(0, own_only)
    if per_second is None:
        return Allowance(most, own_only)
    fits = line.execute(_RESERVE, {"channel": channel, "now": now, "wanted": most}).scalars().first()
    return Allowance(int(fits or 0), own_only, rated=True)


def hand_back(line: Connection, channel: str, many: int) -> None:
    """Give back to the rates what they were charged for and nobody was there to use."""
    line.execute(_HAND_BACK, {"channel": channel, "many": many})


def left_today(line: Connection, channel: str) -> int | None:
    """Return how many sends may still go today while a channel warms up; nothing where it does not."""
    left = line.execute(_LEFT_TODAY, {"channel": channel}).scalar()
    return None if left is None else int(left)
