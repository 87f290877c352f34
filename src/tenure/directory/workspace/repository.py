"""Reading and writing the settings' row."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.directory.workspace.rules import ChurnDefinition, Demo, TierCutoffs, WorkspaceSettings
from tenure.directory.workspace.tables import WorkspaceRow


def load(session: Session) -> WorkspaceSettings:
    """Return the settings, or what they are before anybody chose."""
    row = session.scalars(select(WorkspaceRow)).first()
    if row is None:
        return WorkspaceSettings()
    demo = Demo(row.demo_email, row.demo_password) if row.demo_email and row.demo_password else None
    return WorkspaceSettings(
        name=row.name,
        currency=row.currency,
        time_zone=row.time_zone,
        churn=ChurnDefinition(
            "inactivity" if row.churn_kind == "inactivity" else "subscription_end",
            row.churn_window_days,
            row.churn_grace_days,
        ),
        tiers=TierCutoffs(row.tier_a_share, row.tier_b_share),
        demo=demo,
    )


def save(session: Session, settings: WorkspaceSettings) -> None:
    """Store the settings."""
    values = {
        "name": settings.name,
        "currency": settings.currency,
        "time_zone": settings.time_zone,
        "churn_kind": settings.churn.kind,
        "churn_window_days": settings.churn.window_days,
        "churn_grace_days": settings.churn.grace_days,
        "tier_a_share": settings.tiers.a_share,
        "tier_b_share": settings.tiers.b_share,
        "demo_email": None if settings.demo is None else settings.demo.email,
        "demo_password": None if settings.demo is None else settings.demo.password,
    }
    session.execute(
        insert(WorkspaceRow).values(id=1, **values).on_conflict_do_update(index_elements=["id"], set_=values)
    )
    session.expire_all()
