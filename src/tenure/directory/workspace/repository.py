"""Reading and writing the settings' row."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import null, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.directory.workspace.churn import ChurnDefinition, FoundChurn
from tenure.directory.workspace.rules import Demo, TierCutoffs, WorkspaceSettings
from tenure.directory.workspace.tables import WorkspaceRow
from tenure.kit.i18n import Text


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
        chosen_churn=_definition(row.churn_kind, row.churn_window_days, row.churn_grace_days),
        found_churn=None if row.churn_found is None else _found(row.churn_found),
        scored_churn=None if row.churn_scored is None else _definition(**cast(Any, row.churn_scored)),
        tiers=TierCutoffs(row.tier_a_share, row.tier_b_share),
        keep_messages_months=row.keep_messages_months,
        demo=demo,
    )


def save(session: Session, settings: WorkspaceSettings) -> None:
    """Store what members choose; what a refresh found stays as it is."""
    values = _chosen(settings)
    session.execute(
        insert(WorkspaceRow).values(id=1, **values).on_conflict_do_update(index_elements=["id"], set_=values)
    )
    session.expire_all()


def keep_churn(session: Session, found: FoundChurn | None, scored: ChurnDefinition | None) -> None:
    """Store what a refresh found in the data and what it worked with; what members choose stays as it is."""
    first = insert(WorkspaceRow).values(id=1, **_chosen(WorkspaceSettings()))
    session.execute(first.on_conflict_do_nothing())
    values = {
        "churn_found": null() if found is None else _told(found),
        "churn_scored": null() if scored is None else asdict(scored),
    }
    session.execute(update(WorkspaceRow).values(values))
    session.expire_all()


def _chosen(settings: WorkspaceSettings) -> dict[str, object]:
    churn = settings.chosen_churn
    return {
        "name": settings.name,
        "currency": settings.currency,
        "time_zone": settings.time_zone,
        "churn_kind": None if churn is None else churn.kind,
        "churn_window_days": None if churn is None else churn.window_days,
        "churn_grace_days": None if churn is None else churn.grace_days,
        "tier_a_share": settings.tiers.a_share,
        "tier_b_share": settings.tiers.b_share,
        "keep_messages_months": settings.keep_messages_months,
        "demo_email": None if settings.demo is None else settings.demo.email,
        "demo_password": None if settings.demo is None else settings.demo.password,
    }


def _definition(kind: str | None, window_days: int | None, grace_days: int | None) -> ChurnDefinition | None:
    if kind is None or window_days is None or grace_days is None:
        return None
    return ChurnDefinition("inactivity" if kind == "inactivity" else "subscription_end", window_days, grace_days)


def _told(found: FoundChurn) -> dict[str, object]:
    return {**asdict(found), "as_of": found.as_of.isoformat()}


def _found(told: Any) -> FoundChurn:
    why = tuple(Text(**reason) for reason in told["why"])
    return FoundChurn(ChurnDefinition(**told["definition"]), why, datetime.fromisoformat(told["as_of"]))
