"""Pages of cases, one case with what happened, and how many there are of each kind."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tenure.risk.cases.tables import CaseEntry, RaisedSignal
from tenure.risk.cases.wanted import Wanted

_WHERE = """
    (CAST(:owner AS text) IS NULL OR c.owner_id = :owner OR (:owner = 'none' AND c.owner_id IS NULL))
AND (CAST(:state AS text) IS NULL OR c.state = :state OR (:state = 'unresolved' AND c.state <> 'resolved'))
AND (CAST(:tier AS text) IS NULL OR c.tier = :tier)
AND (CAST(:customer AS text) IS NULL OR c.customer_id = :customer)
AND (CAST(:overdue_at AS timestamptz) IS NULL
     OR (c.state = 'open' AND c.attended_at IS NULL AND c.due_at <= :overdue_at))
AND (CAST(:signal AS text) IS NULL
     OR EXISTS (SELECT 1 FROM raised_signals r WHERE r.case_id = c.id AND r.signal = :signal))"""
_SELECT = """
SELECT c.*, k.name AS customer_name, k.email, k.phone, m.name AS owner_name
FROM risk_cases c LEFT JOIN customers k ON k.id = c.customer_id LEFT JOIN members m ON m.id = c.owner_id"""
_PAGE = f"""{_SELECT} WHERE {_WHERE}
AND (CAST(:after_priority AS float8) IS NULL OR (c.priority, c.id) < (:after_priority, :after_id))
ORDER BY c.priority DESC, c.id DESC LIMIT :limit"""


def page(session: Session, wanted: Wanted, after: tuple[float, str] | None, limit: int) -> Sequence[Mapping[str, Any]]:
    """Return cases, most to lose first."""
    place = {"after_priority": after[0] if after else None, "after_id": after[1] if after else None}
    found = session.execute(text(_PAGE), {**wanted.values(), **place, "limit": limit})
    return [dict(row) for row in found.mappings()]


def one(session: Session, case_id: str) -> Mapping[str, Any] | None:
    """Return one case with its customer and owner."""
    found = session.execute(text(f"{_SELECT} WHERE c.id = :id"), {"id": case_id}).mappings().first()
    return None if found is None else dict(found)


def signals_of(session: Session, cases: Sequence[str]) -> Mapping[str, list[RaisedSignal]]:
    """Return the signals of some cases, the newest first."""
    found = session.scalars(
        select(RaisedSignal)
        .where(RaisedSignal.case_id.in_(cases))
        .order_by(RaisedSignal.since.desc(), RaisedSignal.signal, RaisedSignal.evidence)
    )
    by_case: dict[str, list[RaisedSignal]] = {case: [] for case in cases}
    for row in found:
        by_case[row.case_id].append(row)
    return by_case


def entries(session: Session, case_id: str) -> Sequence[CaseEntry]:
    """Return what was done to a case, from the beginning."""
    return session.scalars(select(CaseEntry).where(CaseEntry.case_id == case_id).order_by(CaseEntry.id)).all()


def counts(session: Session, now: datetime) -> dict[str, dict[str, int]]:
    """Count unresolved cases by state, tier, owner and signal, and those left lying past their due time."""
    by: dict[str, dict[str, int]] = {}
    for kind, question in _COUNTS.items():
        rows = session.execute(text(question), {"now": now}).all()
        by[kind] = {str(row[0] if row[0] is not None else "none"): int(row[1]) for row in rows}
    return by


_OPEN = "FROM risk_cases c WHERE c.state <> 'resolved'"
_COUNTS = {
    "state": "SELECT state, count(*) FROM risk_cases GROUP BY state",
    "tier": f"SELECT tier, count(*) {_OPEN} GROUP BY tier",
    "owner": f"SELECT owner_id, count(*) {_OPEN} GROUP BY owner_id",
    "signal": """SELECT r.signal, count(DISTINCT c.id) FROM risk_cases c JOIN raised_signals r ON r.case_id = c.id
                 WHERE c.state <> 'resolved' GROUP BY r.signal""",
    "overdue": f"SELECT 'overdue', count(*) {_OPEN} AND c.state = 'open' AND c.attended_at IS NULL AND c.due_at <= :now",
}
