"""Writing and reading the audit log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenure.directory.audit.tables import AuditEntry
from tenure.directory.credentials.principal import Principal
from tenure.kit.ids import new_id

NEVER_WRITTEN = frozenset({"password", "password_hash", "current_password", "secret", "secret_hash", "token_hash"})


@dataclass(frozen=True)
class Change:
    """What was done to what: ``act`` reads like ``members.create``; before and after may be left out."""

    act: str
    subject_kind: str
    subject_id: str
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


def record(session: Session, actor: Principal | None, change: Change, now: datetime) -> None:
    """Write down an act in the caller's transaction; ``actor`` is None for the system itself."""
    before, after = _differing(change.before, change.after)
    session.add(
        AuditEntry(
            id=new_id("aud"),
            at=now,
            actor_kind="system" if actor is None else actor.kind,
            actor_id="system" if actor is None else actor.id,
            actor_name="Tenure" if actor is None else actor.name,
            act=change.act,
            subject_kind=change.subject_kind,
            subject_id=change.subject_id,
            before=before,
            after=after,
        )
    )
    session.flush()


def entries_after(session: Session, after: str | None, limit: int) -> Sequence[AuditEntry]:
    """Return entries, newest first, from an id on."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    return session.scalars(query if after is None else query.where(AuditEntry.id < after)).all()


def _differing(
    before: Mapping[str, object] | None, after: Mapping[str, object] | None
) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    if before is None or after is None:
        return _plain(before), _plain(after)
    changed = [name for name in after if before.get(name) != after[name]]
    return _plain({n: before.get(n) for n in changed}), _plain({n: after[n] for n in changed})


def _plain(values: Mapping[str, object] | None) -> dict[str, object] | None:
    if values is None:
        return None
    return {n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in values.items() if n not in NEVER_WRITTEN}
