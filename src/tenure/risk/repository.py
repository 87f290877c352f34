"""Every query of risk: refreshes, and the call list beside who may be called."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import pyarrow as pa
from sqlalchemy import RowMapping, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.directory.customers.copying import copy_in
from tenure.risk.calls import Excluded
from tenure.risk.tables import CallCandidate, Refresh

ANOTHER_DAY = timedelta(hours=20)  # two refreshes of one day have nothing to tell of each other
_CANDIDATE_COLUMNS = [column.name for column in CallCandidate.__table__.columns]

# Where any consent is kept, only those who gave it are called; where none is kept, everybody who has not refused.
# Where nobody has a contact point (a file of orders alone), the list is shown all the same: the owner knows them.
# A word counts for the person: also one kept on a record merged into theirs, the newest for each channel.
_REACH = """
WITH kept AS (
    SELECT EXISTS (SELECT 1 FROM consents WHERE state = 'granted' AND purpose IN ('marketing', 'any')) AS consents,
           EXISTS (SELECT 1 FROM customers WHERE coalesce(phone, email, wecom_id) IS NOT NULL) AS contacts
), people AS (
    SELECT k.customer_id, k.customer_id AS record_id FROM call_candidates k
    UNION ALL
    SELECT m.merged_into, m.id FROM customers m JOIN call_candidates k ON k.customer_id = m.merged_into
), words AS (
    SELECT DISTINCT ON (p.customer_id, s.channel) p.customer_id, s.channel, s.state
    FROM people p JOIN consents s ON s.customer_id = p.record_id AND s.purpose IN ('marketing', 'any')
    ORDER BY p.customer_id, s.channel, s.at DESC
), reach AS (
    SELECT k.*, c.name, c.email, c.phone,
           NOT kept.contacts OR coalesce(c.phone, c.email, c.wecom_id) IS NOT NULL AS has_contact,
           CASE WHEN kept.consents THEN EXISTS (
                    SELECT 1 FROM words w WHERE w.customer_id = k.customer_id AND w.state = 'granted'
                    AND CASE w.channel WHEN 'phone' THEN c.phone IS NOT NULL WHEN 'sms' THEN c.phone IS NOT NULL
                                       WHEN 'email' THEN c.email IS NOT NULL WHEN 'wecom' THEN c.wecom_id IS NOT NULL
                                       ELSE true END)
                ELSE NOT EXISTS (
                    SELECT 1 FROM words w WHERE w.customer_id = k.customer_id AND w.state = 'withdrawn') END AS agreed
    FROM kept CROSS JOIN call_candidates k LEFT JOIN customers c ON c.id = k.customer_id
)"""
_PAGE = f"""{_REACH}
SELECT * FROM (SELECT reach.*, row_number() OVER (ORDER BY rank) AS place FROM reach WHERE has_contact AND agreed) listed
WHERE place > :after ORDER BY place LIMIT :limit"""
_EXCLUDED = f"""{_REACH}
SELECT count(*) FILTER (WHERE NOT has_contact) AS no_contact,
       count(*) FILTER (WHERE has_contact AND NOT agreed) AS no_consent,
       (SELECT NOT contacts FROM kept) AS nobody_has_contact
FROM reach"""


def latest_refresh(session: Session) -> Refresh | None:
    """Return what the last refresh found."""
    return session.scalars(select(Refresh).order_by(Refresh.refreshed_at.desc()).limit(1)).first()


def refresh_before(session: Session, as_of: datetime) -> Refresh | None:
    """Return the newest refresh of an earlier day; of an earlier instant where there is no other."""
    earlier = select(Refresh).where(Refresh.as_of < as_of)
    other_day = Refresh.as_of <= as_of - ANOTHER_DAY
    return session.scalars(earlier.order_by(other_day.desc(), Refresh.as_of.desc()).limit(1)).first()


def keep_refresh(session: Session, refresh: Refresh) -> None:
    """Keep what a refresh found in place of an earlier one of the same instant."""
    columns = {column.name: getattr(refresh, column.name) for column in Refresh.__table__.columns}
    session.execute(insert(Refresh).values(**columns).on_conflict_do_update(index_elements=["as_of"], set_=columns))


def replace_candidates(session: Session, batches: Iterable[pa.RecordBatch]) -> int:
    """Replace the call list's candidates; ``reasons`` and ``suggestion`` come as JSON text."""
    session.execute(text("DELETE FROM call_candidates"))
    driver = session.connection().connection.driver_connection
    return copy_in(driver, CallCandidate.__tablename__, _CANDIDATE_COLUMNS, batches)


def calls(session: Session, after: int, limit: int) -> Sequence[RowMapping]:
    """Return a page of those who may be called, with their place in the list."""
    return session.execute(text(_PAGE), {"after": after, "limit": limit}).mappings().all()


def excluded(session: Session) -> Excluded:
    """Count the candidates who are not on the list."""
    row = session.execute(text(_EXCLUDED)).mappings().one()
    return Excluded(row["no_consent"], row["no_contact"], bool(row["nobody_has_contact"]))
