"""What a workspace has chosen for each signal, and what was found of it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.risk.tuning.judged import Judged
from tenure.risk.tuning.tables import SignalRecord, SignalSetting


def settings(session: Session) -> dict[str, SignalSetting]:
    """Return every word the workspace has said on a signal."""
    return {row.signal: row for row in session.scalars(select(SignalSetting))}


def keep(session: Session, setting: SignalSetting) -> None:
    """Keep a word on a signal in place of an earlier one."""
    values = {column.name: getattr(setting, column.name) for column in SignalSetting.__table__.columns}
    session.execute(
        insert(SignalSetting).values(**values).on_conflict_do_update(index_elements=["signal"], set_=values)
    )
    session.expire_all()


def records(session: Session) -> dict[str, SignalRecord]:
    """Return how good every signal was found to be."""
    return {row.signal: row for row in session.scalars(select(SignalRecord))}


def keep_records(session: Session, found: Mapping[str, Judged], as_of: datetime) -> None:
    """Keep how good signals were found to be, in place of what was found before."""
    if not found:
        return
    rows = [{"signal": name, "as_of": as_of, "figures": vars(judged)} for name, judged in sorted(found.items())]
    made = insert(SignalRecord).values(rows)
    changed = {name: made.excluded[name] for name in ("as_of", "figures")}
    session.execute(made.on_conflict_do_update(index_elements=["signal"], set_=changed))
    session.expire_all()
