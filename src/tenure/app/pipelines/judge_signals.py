"""Beside the loop: how good every signal was, on past instants and in earnest, and health beside weighted points."""

from datetime import UTC, datetime, timedelta

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

from tenure.app.wiring import Stores
from tenure.directory.workspace import service as workspace
from tenure.kit.db import transaction
from tenure.risk import definition
from tenure.risk.cases.service import outcomes
from tenure.risk.definition import Leaving
from tenure.risk.health import comparing
from tenure.risk.health import service as health
from tenure.risk.moment import moment_of
from tenure.risk.registry import service as registry
from tenure.risk.signals import judging
from tenure.risk.teaching import lessons
from tenure.risk.tuning import service as tuning
from tenure.risk.tuning.judged import Judged
from tenure.warehouse.history import History, naive

JUDGE = "signals.judge"
DUE_AFTER = timedelta(days=7)


def judge_signals(stores: Stores) -> int:
    """Judge every signal by what followed; returns how many could be judged on past instants."""
    now = stores.clock.now()
    with transaction(stores.engine) as session:
        settings, thresholds = workspace.read(session), tuning.thresholds(session, everything=True)
    as_of = moment_of(stores.lake, settings.time_zone, now).as_of
    history = History(stores.lake, as_of, settings.time_zone)
    leaving = definition.leaving(history, settings.chosen_churn)
    with threadpool_limits(limits=1):
        figures = judging.judge(history, leaving, thresholds, settings.tiers)
        compared = _compared(stores, history, leaving)
    with transaction(stores.engine) as session:
        raised = outcomes.raised_before(session, as_of - timedelta(days=judging.ripe_days(leaving)))
    happened = judging.happened(history, leaving, raised)
    names = thresholds | happened
    with transaction(stores.engine) as session:
        found = {name: Judged(figures.get(name), happened.get(name)) for name in names}
        tuning.keep_records(session, found, as_of.replace(tzinfo=UTC))
        if compared is not None:
            health.keep_comparison(session, *compared)
    return len(figures)


def _compared(stores: Stores, history: History, leaving: Leaving) -> tuple[dict[str, object], datetime] | None:
    """Give the points score the exam the model in use has passed; None where no model is in use."""
    if leaving.kind in ("flag", "nothing"):
        return None
    with transaction(stores.engine) as session:
        model, weights = registry.standing(session, leaving, history.as_of).row, health.weights(session)
    exam, test = (None, None) if model is None else (model.card.get("exam"), model.report.get("exam"))
    if not isinstance(exam, str) or not isinstance(test, dict):
        return None
    judged_at = datetime.fromisoformat(exam)
    rows = lessons.read(history, leaving, (naive(judged_at),))
    found = comparing.compare(rows, test, weights)
    return None if found is None else (found, judged_at)
