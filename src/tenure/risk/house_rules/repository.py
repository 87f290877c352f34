"""Rules as they are kept."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tenure.risk.house_rules.tables import RiskRule


def every(session: Session, *, only_enabled: bool = False) -> Sequence[RiskRule]:
    """Return the rules in the order they were made."""
    query = select(RiskRule).order_by(RiskRule.created_at, RiskRule.id)
    return session.scalars(query.where(RiskRule.enabled) if only_enabled else query).all()


def one(session: Session, rule_id: str) -> RiskRule | None:
    """Return one rule."""
    return session.get(RiskRule, rule_id)


def named(session: Session, name_en: str) -> RiskRule | None:
    """Return the rule of a name."""
    return session.scalars(select(RiskRule).where(RiskRule.name_en == name_en)).first()


def add(session: Session, rule: RiskRule) -> None:
    """Keep a new rule."""
    session.add(rule)
    session.flush()


def remove(session: Session, rule_id: str) -> None:
    """Forget a rule; what it raised stays."""
    session.execute(delete(RiskRule).where(RiskRule.id == rule_id))
