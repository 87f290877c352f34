"""Signals in the hands of the workspace: read, switch on and off, tune."""

from collections.abc import Mapping
from datetime import datetime

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.risk.cases.service import outcomes
from tenure.risk.signals.catalog import CATALOG, signal
from tenure.risk.signals.signal import Signal
from tenure.risk.tuning import repository
from tenure.risk.tuning.advice import advise
from tenure.risk.tuning.judged import Judged
from tenure.risk.tuning.tables import SignalRecord, SignalSetting
from tenure.risk.tuning.tuned import Tuned


def thresholds(session: Session, *, everything: bool = False) -> dict[str, float]:
    """Return the threshold of every signal that is on; with ``everything`` of those that are off too."""
    said = repository.settings(session)
    return {
        name: _threshold(known, said.get(name))
        for name, known in CATALOG.items()
        if everything or name not in said or said[name].enabled
    }


def listed(session: Session) -> list[Tuned]:
    """Return every signal with what is known of it."""
    said, found = repository.settings(session), repository.records(session)
    endings, load = outcomes.by_signal(session), outcomes.weekly(session)
    return [
        Tuned(
            signal=known,
            enabled=name not in said or said[name].enabled,
            threshold=_threshold(known, said.get(name)),
            changed_at=said[name].changed_at if name in said else None,
            figures=_told(found.get(name), "back_test"),
            happened=_told(found.get(name), "happened"),
            outcomes=endings.get(name, {}),
            weekly=load.get(name, 0.0),
            advice=advise(_told(found.get(name), "back_test"), endings.get(name, {}), judged=known.judged),
        )
        for name, known in CATALOG.items()
    ]


def one(session: Session, name: str) -> Tuned:
    """Return one signal, or raise ``NotFound``."""
    signal(name)
    return next(found for found in listed(session) if found.signal.name == name)


def change(
    session: Session, name: str, wanted: tuple[bool | None, float | None], actor: Principal, now: datetime
) -> Tuned:
    """Switch a signal on or off, or set its threshold; None leaves either as it is."""
    known, before = signal(name), one(session, name)
    enabled = before.enabled if wanted[0] is None else wanted[0]
    threshold = before.threshold if wanted[1] is None else wanted[1]
    limits = known.threshold
    if not limits.low <= threshold <= limits.high:
        message = Text("Choose between {low} and {high}.", "请选择 {low} 至 {high}。").fill(
            low=limits.low, high=limits.high
        )
        raise Invalid(message, fields=(FieldProblem("/threshold", message),))
    repository.keep(session, SignalSetting(
        signal=name, enabled=enabled, threshold=threshold, changed_at=now, changed_by=actor.id
    ))  # fmt: skip
    told = {"enabled": enabled, "threshold": threshold}
    was = {"enabled": before.enabled, "threshold": before.threshold}
    audit.record(session, actor, audit.Change("signals.change", "signal", name, was, told), now)
    return one(session, name)


def judged_as_of(session: Session) -> datetime | None:
    """Return as of when signals were judged last; None before the first time."""
    return min((row.as_of for row in repository.records(session).values()), default=None)


def keep_records(session: Session, found: Mapping[str, Judged], as_of: datetime) -> None:
    """Keep how good signals were found to be, and what became of their alerts."""
    repository.keep_records(session, found, as_of)


def _told(record: SignalRecord | None, what: str) -> dict[str, object] | None:
    found = None if record is None else record.figures.get(what)
    return {**found, "as_of": record.as_of} if record is not None and isinstance(found, dict) else None


def _threshold(known: Signal, said: SignalSetting | None) -> float:
    return known.threshold.value if said is None or said.threshold is None else said.threshold
