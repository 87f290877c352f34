"""Reading and changing what holds for the whole workspace."""

from dataclasses import asdict
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.workspace import repository
from tenure.directory.workspace.churn import ChurnDefinition, ChurnInForce, FoundChurn
from tenure.directory.workspace.rules import Demo, TierCutoffs, WorkspaceSettings, check
from tenure.kit.db import Session

__all__ = [
    "ChurnDefinition",
    "ChurnInForce",
    "Demo",
    "FoundChurn",
    "TierCutoffs",
    "WorkspaceSettings",
    "change",
    "keep_churn",
    "read",
]


def read(session: Session) -> WorkspaceSettings:
    """Return the settings, or what they are before anybody chose."""
    return repository.load(session)


def change(session: Session, settings: WorkspaceSettings, actor: Principal | None, now: datetime) -> WorkspaceSettings:
    """Store new settings and write down what changed; ``actor`` is None for the system itself."""
    check(settings)
    before = repository.load(session)
    repository.save(session, settings)
    _write_down(session, before, settings, actor, now)
    return settings


def keep_churn(session: Session, found: FoundChurn | None, scored: ChurnDefinition | None, now: datetime) -> None:
    """Keep what a refresh read from the data and what it worked with; where that moves the numbers, write it down."""
    before = repository.load(session)
    repository.keep_churn(session, found, scored)
    after = repository.load(session)
    if before.churn.definition != after.churn.definition:
        _write_down(session, before, after, None, now)


def _write_down(
    session: Session, before: WorkspaceSettings, after: WorkspaceSettings, actor: Principal | None, now: datetime
) -> None:
    audit.record(session, actor, audit.Change("settings.change", "workspace", "1", _told(before), _told(after)), now)


def _told(settings: WorkspaceSettings) -> dict[str, object]:
    churn = settings.churn
    return {
        "name": settings.name,
        "currency": settings.currency,
        "time_zone": settings.time_zone,
        "churn": {**asdict(churn.definition), "chosen_by": churn.chosen_by},
        "tiers": asdict(settings.tiers),
        "keep_messages_months": settings.keep_messages_months,
    }
