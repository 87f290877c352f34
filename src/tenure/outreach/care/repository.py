"""Every query of the care of channels."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert

from tenure.kit.db import Session
from tenure.outreach.care.rules import Counts
from tenure.outreach.care.tables import ChannelCare, DomainPace

# What a server refused at the door for a dead address counts as a bounce; it was handed over, only not taken.
_COUNTS = text("""
    WITH handed AS (
        SELECT count(*) AS sent FROM sends WHERE via = :channel AND accepted_at > :since AND accepted_at <= :now),
    trouble AS (
        SELECT DISTINCT s.id, s.accepted_at IS NULL AS refused,
               CASE WHEN e.what = 'complained' THEN 'complained' WHEN e.what = 'failed' THEN 'hard'
                    ELSE e.details ->> 'kind' END AS kind
        FROM send_events e JOIN sends s ON s.id = e.send_id
        WHERE e.at > :since AND s.via = :channel
          AND (e.what IN ('bounced', 'complained') OR e.what = 'failed' AND e.details ->> 'dead_address' = 'true')
          AND (s.accepted_at > :since OR s.accepted_at IS NULL))
    SELECT (SELECT sent FROM handed) + (SELECT count(DISTINCT id) FROM trouble WHERE refused) AS sent,
           (SELECT count(DISTINCT id) FROM trouble WHERE kind = 'hard') AS bounced,
           (SELECT count(DISTINCT id) FROM trouble WHERE kind = 'soft') AS soft,
           (SELECT count(DISTINCT id) FROM trouble WHERE kind = 'complained') AS complained""")


def find(session: Session, channel: str) -> ChannelCare | None:
    """Return the care of a channel, if anybody or anything ever said something of it."""
    return session.get(ChannelCare, channel, populate_existing=True)


def put(session: Session, channel: str, now: datetime, by: str, values: Mapping[str, object]) -> None:
    """Write down what is new of a channel's care; what is left out stays."""
    new: dict[str, object] = {"rules": {}, "state": "open", "why": {}, "since": now}
    row = {"channel": channel, **new, **values, "changed_at": now, "changed_by": by}
    changed = {**values, "changed_at": now, "changed_by": by}
    session.execute(insert(ChannelCare).values(**row).on_conflict_do_update(index_elements=["channel"], set_=changed))


def lock(session: Session, channel: str) -> None:
    """Hold a channel's care until the transaction ends, so that two judges do not stop it twice."""
    session.execute(select(ChannelCare.channel).where(ChannelCare.channel == channel).with_for_update())


def counts(session: Session, channel: str, since: datetime, now: datetime) -> Counts:
    """Return what became of what was handed over since a moment."""
    row = session.execute(_COUNTS, {"channel": channel, "since": since, "now": now}).mappings().one()
    return Counts(**{name: int(number or 0) for name, number in row.items()})


def delivered(session: Session, channel: str, since: datetime) -> int:
    """Return how many of what was handed over since a moment are known to have arrived."""
    asked = text("SELECT count(*) FROM sends WHERE via = :channel AND accepted_at > :since AND state = 'delivered'")
    return int(session.execute(asked, {"channel": channel, "since": since}).scalar_one())


def in_state(session: Session, channel: str) -> dict[str, int]:
    """Return how many sends of a channel wait, and of how many nobody knows."""
    found = session.execute(
        text(
            """SELECT state, count(*) FROM sends WHERE via = :channel AND state IN ('queued', 'unknown') GROUP BY state"""
        ),
        {"channel": channel},
    )
    return {state: int(number) for state, number in found}


def paused(session: Session, channel: str) -> bool:
    """Say whether a channel's tap is closed."""
    asked = text("SELECT paused FROM send_taps WHERE name = 'channel:' || :channel")
    return bool(session.execute(asked, {"channel": channel}).scalar())


def sent_since(session: Session, channel: str, since: datetime) -> int:
    """Return how many went out since a moment."""
    asked = text("SELECT count(*) FROM sends WHERE via = :channel AND accepted_at >= :since")
    return int(session.execute(asked, {"channel": channel, "since": since}).scalar_one())


def limit_day(session: Session, channel: str, per_day: int | None, day_from: datetime, now: datetime) -> None:
    """Set how many may go on the day that began at a moment; None lets all go."""
    session.execute(
        text("""
            INSERT INTO send_taps (name, per_day, day_from, changed_at, changed_by)
            SELECT 'channel:' || :channel, :per_day, :day_from, :now, 'tenure'
            WHERE CAST(:per_day AS bigint) IS NOT NULL
               OR EXISTS (SELECT 1 FROM send_taps WHERE name = 'channel:' || :channel)
            ON CONFLICT (name) DO UPDATE SET per_day = excluded.per_day, day_from = excluded.day_from"""),
        {"channel": channel, "per_day": per_day, "day_from": day_from, "now": now},
    )


def free_at(session: Session, channel: str, domain: str, now: datetime) -> datetime:
    """Return when the next message may go to a domain; nobody else takes places there until the transaction ends."""
    new = insert(DomainPace).values(channel=channel, domain=domain, free_at=now - timedelta(hours=1))
    session.execute(new.on_conflict_do_nothing())
    asked = select(DomainPace.free_at).where(DomainPace.channel == channel, DomainPace.domain == domain)
    return session.execute(asked.with_for_update()).scalar_one()


def take_places(session: Session, channel: str, domain: str, until: datetime) -> None:
    """Write down when the next message may go to a domain."""
    chosen = (DomainPace.channel == channel, DomainPace.domain == domain)
    session.execute(update(DomainPace).where(*chosen).values(free_at=until))
