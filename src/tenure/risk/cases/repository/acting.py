"""One case at a time: found, locked, changed, and what was done written down."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from tenure.directory.credentials.principal import Principal
from tenure.risk.cases.rules import Candidate
from tenure.risk.cases.tables import CaseEntry, RiskCase, WarningSettings


def locked(session: Session, case_id: str) -> RiskCase | None:
    """Return a case that nobody else may change until the transaction ends."""
    return session.scalars(select(RiskCase).where(RiskCase.id == case_id).with_for_update()).first()


def unresolved_of(session: Session, customer_id: str) -> RiskCase | None:
    """Return the case of a customer that is not resolved."""
    found = select(RiskCase).where(RiskCase.customer_id == customer_id, RiskCase.state != "resolved")
    return session.scalars(found).first()


def write_down(
    session: Session, case_id: str, act: str, details: Mapping[str, object], actor: Principal | None, now: datetime
) -> None:
    """Write down what was done to a case; ``actor`` is None for the system itself."""
    session.execute(
        insert(CaseEntry).values(
            case_id=case_id,
            at=now,
            actor_kind="system" if actor is None else actor.kind,
            actor_id="system" if actor is None else actor.id,
            actor_name="Tenure" if actor is None else actor.name,
            act=act,
            details=dict(details),
        )
    )


def candidates(session: Session, roles: Sequence[str]) -> list[Candidate]:
    """Return the active members of some roles with the number of unresolved cases each owns."""
    rows = session.execute(
        text("""SELECT m.id, m.role, count(c.id) AS load FROM members m
                LEFT JOIN risk_cases c ON c.owner_id = m.id AND c.state <> 'resolved'
                WHERE m.active AND m.role = ANY(:roles) GROUP BY m.id, m.role ORDER BY m.id"""),
        {"roles": list(roles)},
    )
    return [Candidate(row.id, row.role, int(row.load)) for row in rows]


def wake(session: Session, now: datetime) -> int:
    """Open every snoozed case whose time has come; returns how many."""
    found = session.execute(
        text("""WITH woken AS (
                    UPDATE risk_cases SET state = 'open', snoozed_until = NULL
                    WHERE state = 'snoozed' AND snoozed_until <= :now RETURNING id), told AS (
                    INSERT INTO case_entries (case_id, at, actor_kind, actor_id, actor_name, act, details)
                    SELECT id, :now, 'system', 'system', 'Tenure', 'wake', '{}' FROM woken)
                SELECT count(*) FROM woken"""),
        {"now": now},
    )
    return int(found.scalar_one())


def left_lying(session: Session, now: datetime, most: int) -> Sequence[RiskCase]:
    """Return open cases nobody has looked at by their due time and that were not escalated that far yet, locked."""
    found = (
        select(RiskCase)
        .where(
            RiskCase.state == "open",
            RiskCase.attended_at.is_(None),
            RiskCase.due_at <= now,
            RiskCase.escalation < most,
        )
        .order_by(RiskCase.priority.desc(), RiskCase.id)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found).all()


def ownership(session: Session) -> dict[str, object] | None:
    """Return who owns which cases, when somebody has chosen."""
    return session.scalar(select(WarningSettings.ownership))


def keep_ownership(session: Session, told: dict[str, object]) -> None:
    """Keep who owns which cases."""
    session.execute(text("INSERT INTO warning_settings (id) VALUES (1) ON CONFLICT DO NOTHING"))
    session.execute(update(WarningSettings).values(ownership=told))
