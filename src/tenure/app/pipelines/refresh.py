"""The whole refresh: features, models, scores, and the numbers every page reads."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

from tenure.app.pipelines.recommend_products import recommend_products
from tenure.app.pipelines.score_customers import score_customers, write_findings, write_scores
from tenure.app.pipelines.train_models import train_models, watch_model
from tenure.app.pipelines.watch_customers import watch_customers
from tenure.app.progress import Report, quiet
from tenure.app.wiring import Stores
from tenure.audiences.profile.service import carry_links
from tenure.directory.workspace import service as workspace
from tenure.directory.workspace.service import WorkspaceSettings
from tenure.features import attributes, build
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.kit.jobs import defer
from tenure.risk import definition
from tenure.risk.definition import Leaving
from tenure.risk.findings import Findings
from tenure.risk.moment import Moment, moment_of
from tenure.risk.overview import overview
from tenure.risk.predictions import predictions
from tenure.risk.satisfaction import report as satisfaction
from tenure.risk.scored import Scored
from tenure.risk.teaching.taught import Taught
from tenure.warehouse.history import History, naive
from tenure.warehouse.lake import Written

LOOK_BACK = "models.look_back"
WRITING, WRITTEN = 0.7, 0.9  # of the whole: between them scores and pages are put in place, and nothing may stop that
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
    same instant over the same data changes nothing.
    """
    begun = time.monotonic()
    report(0.0, Text("Looking at the data", "查看数据"))
    with transaction(stores.engine) as session:
        settings = workspace.read(session)
    carry_links(stores.engine, stores.lake, stores.clock.now())
    moment = moment_of(stores.lake, settings.time_zone, stores.clock.now()) if as_of is None else Moment(naive(as_of))
    history = History(stores.lake, moment.as_of, settings.time_zone)
    snapshot = stores.lake.snapshot()
    leaving = definition.leaving(history, settings.chosen_churn)
    report(0.05, Text("Building features", "构建特征"))
    # Everybody is scored by all that is known by now.
    present = replace(history, known_by=stores.clock.now())
    features = build.read(present, attributes.beside_catalog(present))
    with threadpool_limits(limits=1):  # sums come out the same wherever, and beside whatever, this runs
        report(0.15, Text("Teaching the churn model", "训练流失模型"))
        trained = train_models(stores, history, leaving)
        report(0.5, Text("Scoring customers", "为客户评分"))
        scored, taught = score_customers(history, features, leaving, trained.taught, settings)
    report(WRITING, Text("Writing scores", "写入评分"))
    written = write_scores(stores, history, scored)
    report(0.85, Text("Updating the pages", "更新页面数据"))
    notes = (*moment.notes, *leaving.notes)
    found = _found(stores, history, (settings, leaving, notes), scored, (taught, snapshot))
    write_findings(stores, found, scored, (definition.automatic(history, leaving), leaving.definition))
    report(WRITTEN, Text("Watching customers", "监测客户"))
    watch_customers(stores, history, leaving, scored, settings)
    report(0.91, Text("Recommending products", "推荐商品"))
    with threadpool_limits(limits=1):
        recommend_products(stores, history)
    report(0.95, Text("Comparing with the lessons", "与训练数据对照"))
    with threadpool_limits(limits=1):
        watch_model(stores, leaving, scored, taught, history.as_of)
    if trained.versions:  # how it would have done before can wait until somebody has read the results
        with transaction(stores.engine) as session:
            defer(session, LOOK_BACK, {"version": trained.versions[0]}, lock="refresh")
    report(1.0, Text("Done", "完成"))
    seconds = time.monotonic() - begun
    return Refreshed(
        moment.as_of, len(features), written, taught.name, taught.version, (*notes, *taught.notes), seconds
    )


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
