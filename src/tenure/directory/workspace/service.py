"""Reading and changing what holds for the whole workspace."""

from dataclasses import asdict
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.workspace import repository
from tenure.directory.workspace.rules import ChurnDefinition, Demo, TierCutoffs, WorkspaceSettings, check
from tenure.kit.db import Session

__all__ = ["ChurnDefinition", "Demo", "TierCutoffs", "WorkspaceSettings", "change", "read"]


def read(session: Session) -> WorkspaceSettings:
    """Return the settings, or what they are before anybody chose."""
    return repository.load(session)


def change(session: Session, settings: WorkspaceSettings, actor: Principal | None, now: datetime) -> WorkspaceSettings:
    """Store new settings and write down what changed; ``actor`` is None for the system itself."""
    check(settings)
    before = repository.load(session)
    repository.save(session, settings)
    change = audit.Change("settings.change", "workspace", "1", _told(before), _told(settings))
    audit.record(session, actor, change, now)
    return settings


def _told(settings: WorkspaceSettings) -> dict[str, object]:
    return {name: value for name, value in asdict(settings).items() if name != "demo"}
