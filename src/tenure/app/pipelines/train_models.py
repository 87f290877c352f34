"""Second room of the loop: the churn model, taught when it is due, judged, and kept with its card."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

from tenure.app.progress import Report, quiet
from tenure.app.wiring import Stores
from tenure.directory.access import Principal
from tenure.directory.workspace import service as workspace
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.kit.jobs import waiting
from tenure.risk import definition, estimate
from tenure.risk.definition import Leaving
from tenure.risk.moment import moment_of
from tenure.risk.registry import cards, service
from tenure.risk.registry.cards import Stamp
from tenure.risk.registry.promotion import Present
from tenure.risk.registry.service import Standing
from tenure.risk.scored import Scored
from tenure.risk.teaching import lessons, teacher
from tenure.risk.teaching.backtest import Way, back_test
from tenure.risk.teaching.churn_model import BLEND, RECENCY, STEADY, informative
from tenure.risk.teaching.drift import Population, drift
from tenure.risk.teaching.judgement import judge, next_judgement
from tenure.risk.teaching.taught import Taught, untaught
from tenure.risk.teaching.teacher import Course
from tenure.warehouse.history import History

LOOK_BACK = "models.look_back"
KEEPING = 0.55  # of teaching when asked to: from here on a new model may be in use, and nothing may stop that


@dataclass(frozen=True)
class Trained:
    """The model to score with; where a course was held, the course and the versions it left behind."""

    taught: Taught
    course: Course | None = None
    versions: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """Return what is needed to find the model again, as JSON."""
        taught = self.taught
        return {
            "name": taught.name,
            "version": taught.version,
            "in_registry": taught.model is not None,
            "notes": [vars(note) for note in taught.notes],
            "versions": list(self.versions),
        }


def trained_before(stores: Stores, told: Mapping[str, Any]) -> Trained:
    """Find the model again that was chosen to score with before the work was cut off."""
    notes, versions = tuple(Text(**note) for note in told["notes"]), tuple(told["versions"])
    if not told["in_registry"]:
        return Trained(untaught(told["name"], *notes), versions=versions)
    with transaction(stores.engine) as session:
        return Trained(service.taught(session, told["version"], notes), versions=versions)


def never_looked_back(stores: Stores, taught: Taught, as_of: datetime) -> tuple[str, ...]:
    """Return the version that scores where it was taught as of this instant and nobody has asked for its back-test yet."""
    with transaction(stores.engine) as session:
        rows = [row for row in service.versions(session) if row.version == taught.version]
        fresh = [row for row in rows if row.as_of == as_of.replace(tzinfo=UTC) and "back_test" not in row.report]
        return () if waiting(session, LOOK_BACK) else tuple(row.version for row in fresh)


def train_models(
    stores: Stores,
    history: History,
    leaving: Leaving,
    *,
    anew: bool = False,
    actor: Principal | None = None,
    report: Report = quiet,
) -> Trained:
    """Return the churn model to score with: the one in use while it serves, else the winner of a new course."""
    if leaving.kind in ("flag", "nothing"):
        return Trained(untaught("none"))
    with transaction(stores.engine) as session:
        found = service.standing(session, leaving, history.as_of)
    if found.model is not None and not anew and not _is_worse_than_expected(stores, found, history, leaving):
        return Trained(service.in_use(found))
    course = teacher.teach(history, leaving)
    stamp = Stamp(history.as_of, stores.clock.now(), stores.lake.snapshot())
    report(KEEPING, Text("Keeping the model", "保存模型"))
    with transaction(stores.engine) as session:
        if isinstance(course, Text):
            return Trained(service.could_not_teach(session, course, leaving, stamp, actor))
        settled = service.settle(session, course, leaving, _present(found, course), stamp, actor)
        promoted = settled.promoted
        taught = service.in_use(found) if promoted is None else service.taught(session, promoted)
    return Trained(taught, course, settled.versions)


def train_now(stores: Stores, report: Report = quiet, asked_by: tuple[str, str] | None = None) -> dict[str, object]:
    """Teach a new model because somebody asked for it, and return which one scores from now on."""
    report(0.0, Text("Looking at the data", "查看数据"))
    with transaction(stores.engine) as session:
        settings = workspace.read(session)
    moment = moment_of(stores.lake, settings.time_zone, stores.clock.now())
    history = History(stores.lake, moment.as_of, settings.time_zone)
    leaving = definition.leaving(history, settings.chosen_churn)
    actor = None if asked_by is None else _asker(*asked_by)
    with threadpool_limits(limits=1):
        report(0.05, Text("Teaching the churn model", "训练流失模型"))
        trained = train_models(stores, history, leaving, anew=True, actor=actor, report=report)
        report(0.6, Text("Looking back over time", "历史回测"))
        look_back(stores, trained)
    report(1.0, Text("Done", "完成"))
    return {"model": {"name": trained.taught.name, "version": trained.taught.version}, "taught": list(trained.versions)}


def look_back(stores: Stores, trained: Trained) -> None:
    """Teach the same way at earlier instants, and keep how that would have gone beside the models of the course."""
    if trained.course is None:
        return
    series = back_test(trained.course.lessons, trained.course.periods, trained.course.way)
    with transaction(stores.engine) as session:
        for version in trained.versions:
            service.keep_report(session, version, "back_test", series)


def look_back_at(stores: Stores, version: str) -> None:
    """Make up for the back-test of a version that was taught on the way to scores, and had no time for it."""
    with transaction(stores.engine) as session:
        row = service.version(session, version)
        settings = workspace.read(session)
    as_of = row.as_of.astimezone(UTC).replace(tzinfo=None)
    history = History(stores.lake, as_of, settings.time_zone)
    leaving = definition.leaving(history, settings.chosen_churn)
    periods = lessons.periods(history, leaving)
    if leaving.kind not in RECENCY or periods.exam is None or cards.definition_of(leaving) != row.definition:
        return
    every = lessons.read(history, leaving, periods.instants)
    rung = BLEND if row.name == BLEND.name else STEADY
    way = Way(rung, informative(every.table), (RECENCY[leaving.kind],))
    series = back_test(every, periods, way)
    with transaction(stores.engine) as session:
        for kept in service.versions(session):
            if (kept.as_of, kept.definition) == (row.as_of, row.definition):
                service.keep_report(session, kept.version, "back_test", series)


def watch_model(stores: Stores, leaving: Leaving, scored: Scored, taught: Taught, as_of: datetime) -> None:
    """Compare today's customers with those the model in use was taught with."""
    if taught.model is None or leaving.kind in ("flag", "nothing"):
        return
    rows = estimate.judged(leaving, scored.features)
    table = scored.features.taken(taught.features, rows)
    with transaction(stores.engine) as session:
        known = service.version(session, taught.version).card.get("reference")
        if isinstance(known, dict):
            found = drift(known, Population(table, scored.risk.probability[rows]), as_of)
            service.keep_watch(session, taught.version, "drift", found)


def _is_worse_than_expected(stores: Stores, found: Standing, history: History, leaving: Leaving) -> bool:
    """Judge the model in use when a new period has matured; say whether it lost more than its back-test explains."""
    assert found.row is not None
    assert found.model is not None
    kept = found.row.watch.get("judgements")
    before = [one for one in kept if isinstance(one, dict)] if isinstance(kept, list) else []
    periods = lessons.periods(history, leaving)
    as_of = found.row.as_of.astimezone(UTC).replace(tzinfo=None)
    due = next_judgement(as_of, periods.outcome, before)
    judged = None
    if periods.exam is not None and periods.exam + periods.outcome >= due:
        seen = lessons.read(history, leaving, (periods.exam,))
        judged = judge(found.model, seen, found.row.report, periods.exam + periods.outcome)
    after = before if judged is None else [*before, judged]
    upcoming = next_judgement(as_of, periods.outcome, after).replace(tzinfo=UTC).isoformat()
    with transaction(stores.engine) as session:
        service.keep_watch(session, found.row.version, "judgements", after)
        service.keep_watch(session, found.row.version, "next_judgement_at", upcoming)
    return judged is not None and bool(judged["worse_than_expected"])


def _asker(member_id: str, name: str) -> Principal:
    return Principal("member", member_id, name, "", frozenset(), member_id)


def _present(found: Standing, course: Course) -> Present | None:
    """Return the model in use as the contest sees it."""
    if found.row is None:
        return None
    as_of = found.row.as_of.astimezone(UTC).replace(tzinfo=None)
    if found.model is None:
        return Present(found.row.name, as_of, None, found.refused)
    unseen = as_of <= course.exam_at
    foretold = found.model.probability(course.judged.table, course.exam_at) if unseen else None
    return Present(found.row.name, as_of, foretold)
