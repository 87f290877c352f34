"""The whole refresh: features, models, scores, and the numbers every page reads."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

from tenure.app.pipelines import stages as stages_of_work
from tenure.app.pipelines.left_behind import read_features, read_scored, write_features, write_scored
from tenure.app.pipelines.recommend_products import recommend_products
from tenure.app.pipelines.score_customers import score_customers, write_findings, write_scores
from tenure.app.pipelines.stages import Stages
from tenure.app.pipelines.train_models import (
    LOOK_BACK,
    Trained,
    never_looked_back,
    train_models,
    trained_before,
    watch_model,
)
from tenure.app.pipelines.watch_customers import watch_customers
from tenure.app.progress import Report, quiet
from tenure.app.wiring import Stores
from tenure.audiences.profile.service import carry_links
from tenure.directory.workspace import service as workspace
from tenure.directory.workspace.service import WorkspaceSettings
from tenure.features import attributes, build
from tenure.features.build import FeatureTable
from tenure.features.catalog import CATALOG
from tenure.kit.db import advisory_lock, transaction
from tenure.kit.i18n import Text
from tenure.kit.ids import content_id
from tenure.kit.jobs import defer
from tenure.risk import definition
from tenure.risk.definition import Leaving
from tenure.risk.findings import Findings
from tenure.risk.moment import Moment, moment_of
from tenure.risk.overview import overview
from tenure.risk.predictions import predictions
from tenure.risk.registry import cards
from tenure.risk.satisfaction import report as satisfaction
from tenure.risk.scored import Scored
from tenure.risk.teaching.taught import Taught
from tenure.warehouse.history import History, naive
from tenure.warehouse.lake import Written

REFRESH = "refresh"
COMPUTING = 7_368_790  # an advisory lock held shared: nobody is scored while being erased
WRITING = 0.7  # of the whole: from here on scores and pages are put in place, and nothing may stop that
_DONE = Text(
    "{customers} customers scored as of {day}, in {seconds} seconds.",
    "已为 {customers} 位客户评分（截至 {day}），用时 {seconds} 秒。",
)


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did."""

    as_of: datetime
    customers: int
    scores: Written
    model: str
    version: str
    notes: tuple[Text, ...]
    seconds: float

    def told(self) -> dict[str, object]:
        """Return the facts as JSON."""
        return {
            "as_of": self.as_of.replace(tzinfo=UTC).isoformat(),
            "customers": self.customers,
            "scores": vars(self.scores),
            "model": {"name": self.model, "version": self.version},
            "notes": [vars(note) for note in self.notes],
            "seconds": round(self.seconds, 2),
        }

    def sentences(self) -> tuple[Text, ...]:
        """Return what to tell a person."""
        done = _DONE.fill(customers=f"{self.customers:,}", day=f"{self.as_of:%Y-%m-%d}", seconds=f"{self.seconds:.0f}")
        return (done, *self.notes)


def refresh(stores: Stores, as_of: datetime | None = None, report: Report = quiet) -> Refreshed:
    """Compute features, models and scores as of an instant and hand every page its numbers.

    Without an instant: now, or for data that ended long ago the day after its last row. Running it again for the
    same instant over the same data changes nothing. One that was cut off is taken up where it stopped.
    """
    with advisory_lock(stores.engine, COMPUTING, shared=True):
        return _refresh(stores, as_of, report)


def _refresh(stores: Stores, as_of: datetime | None, report: Report) -> Refreshed:
    begun = time.monotonic()
    report(0.0, Text("Looking at the data", "查看数据"))
    with transaction(stores.engine) as session:
        settings = workspace.read(session)
    carry_links(stores.engine, stores.lake, stores.clock.now())
    seen = moment_of(stores.lake, settings.time_zone, stores.clock.now()) if as_of is None else Moment(naive(as_of))
    stages = stages_of_work.begin(stores, REFRESH, _wish(settings, as_of), seen.as_of)
    moment = replace(seen, as_of=stages.as_of)
    history = History(stores.lake, moment.as_of, settings.time_zone)
    leaving = definition.leaving(history, settings.chosen_churn)
    meaning = cards.definition_of(leaving)
    report(0.05, Text("Building features", "构建特征"))
    # Everybody is scored by all that is known by now.
    present = replace(history, known_by=stages.now)
    wanted = attributes.beside_catalog(present)
    features = stages.kept(
        "features",
        meaning,
        lambda: build.read(present, wanted),
        (write_features, lambda path: read_features(path, build.own(wanted))),
    )
    with threadpool_limits(limits=1):  # sums come out the same wherever, and beside whatever, this runs
        report(0.15, Text("Teaching the churn model", "训练流失模型"))
        trained = _trained(stages, history, leaving, meaning)
        report(0.5, Text("Scoring customers", "为客户评分"))
        scored, taught = _scored(stages, (history, features, leaving, trained.taught, settings), meaning)
    made = f"{taught.name}@{taught.version}"
    notes = (*moment.notes, *leaving.notes)

    report(WRITING, Text("Writing scores", "写入评分"))
    found = _found(stores, history, (settings, leaving, notes), scored, (taught, stages.snapshot))
    churn = (definition.automatic(history, leaving), leaving.definition)
    lay_out = _nothing_left(lambda: write_findings(stores, found, scored, churn))
    with ThreadPoolExecutor(1) as beside:  # the pages are PostgreSQL's work, the scores the lake's
        pages = beside.submit(copy_context().run, stages.once, "pages", made, lay_out)
        written = Written(**stages.once("write", made, lambda: vars(write_scores(stores, history, scored, stages))))  # type: ignore[arg-type]
        report(0.85, Text("Updating the pages", "更新页面数据"))
        pages.result()
    report(0.9, Text("Watching customers", "监测客户"))
    stages.once("watch", made, lambda: {**watch_customers(stores, history, leaving, scored, settings)})
    report(0.91, Text("Recommending products", "推荐商品"))
    with threadpool_limits(limits=1):
        stages.once("recommend", meaning, lambda: {"customers": recommend_products(stores, history)})
    report(0.95, Text("Comparing with the lessons", "与训练数据对照"))
    with threadpool_limits(limits=1):
        watch_model(stores, leaving, scored, taught, history.as_of)
    stages.once("look_back", made, _nothing_left(lambda: _defer_look_back(stores, trained, history)))
    stages.end()
    report(1.0, Text("Done", "完成"))
    seconds = time.monotonic() - begun
    return Refreshed(
        moment.as_of, len(features), written, taught.name, taught.version, (*notes, *taught.notes), seconds
    )


def _wish(settings: WorkspaceSettings, as_of: datetime | None) -> str:
    """Return a hash of what a refresh is asked for: other settings, or another version of Tenure, begin anew."""
    chosen = (settings.time_zone, settings.currency, settings.tiers, settings.chosen_churn, as_of, version("tenure"))
    return content_id("wish", *(repr(one) for one in chosen), *CATALOG)


def _trained(stages: Stages, history: History, leaving: Leaving, meaning: str) -> Trained:
    """Return the model to score with; one that was taught before the work was cut off is found in the registry."""
    made: list[Trained] = []

    def teach() -> dict[str, object]:
        made.append(train_models(stages.stores, history, leaving))
        return made[0].told()

    left = stages.once("train", meaning, teach)
    return made[0] if made else trained_before(stages.stores, left)


def _scored(
    stages: Stages, given: tuple[History, FeatureTable, Leaving, Taught, WorkspaceSettings], meaning: str
) -> tuple[Scored, Taught]:
    """Return everybody's scores and the model they come from."""
    features, leaving, taught, settings = given[1:]
    if leaving.kind == "flag":  # told by the workspace's own columns, with a model of its own: few, and quickly made
        return score_customers(*given)
    scored = stages.kept(
        "score",
        f"{meaning} {taught.name}@{taught.version}",
        lambda: score_customers(*given)[0],
        (write_scored, lambda path: read_scored(path, features, taught, settings.currency)),
    )
    return scored, taught


def _defer_look_back(stores: Stores, trained: Trained, history: History) -> None:
    """Ask for what can wait until somebody has read the results: how a new model would have done before."""
    taught = trained.versions[:1] or never_looked_back(stores, trained.taught, history.as_of)
    if taught:
        with transaction(stores.engine) as session:
            defer(session, LOOK_BACK, {"version": taught[0]}, lock="refresh")


def _nothing_left(work: Callable[[], None]) -> Callable[[], dict[str, object]]:
    def done() -> dict[str, object]:
        work()
        return {}

    return done


def _found(
    stores: Stores,
    history: History,
    meaning: tuple[WorkspaceSettings, Leaving, tuple[Text, ...]],
    scored: Scored,
    learned: tuple[Taught, int],
) -> Findings:
    """Lay out what the refresh found, as the overview and predictions pages read it."""
    settings, leaving, notes = meaning
    taught, snapshot = learned
    now = stores.clock.now()
    facts = {
        "name": taught.name,
        "version": taught.version,
        "trained_at": (taught.trained_at or now).isoformat(),
        "snapshot": snapshot,
    }
    return Findings(
        as_of=history.as_of,
        refreshed_at=now,
        snapshot=snapshot,
        customers=len(scored.features),
        notes=[vars(note) for note in notes],
        overview=overview(history, settings, leaving.in_force, len(scored.features)),
        predictions=predictions(scored, taught, notes, facts) | {"satisfaction": satisfaction.report(history, leaving)},
    )
