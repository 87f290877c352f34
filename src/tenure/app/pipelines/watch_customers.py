"""Fourth room of the loop: every signal for every customer, and the alerts that follow."""

from datetime import UTC

import pyarrow as pa

from tenure.app.pipelines.judge_signals import DUE_AFTER, JUDGE
from tenure.app.wiring import Stores
from tenure.directory.workspace.service import WorkspaceSettings
from tenure.kit.db import transaction
from tenure.kit.jobs import defer, waiting
from tenure.risk.cases.service import watch
from tenure.risk.cases.watched import Watched
from tenure.risk.definition import Leaving
from tenure.risk.house_rules import raising
from tenure.risk.house_rules import service as house_rules
from tenure.risk.scored import Scored
from tenure.risk.signals import compute
from tenure.risk.signals.catalog import CATALOG
from tenure.risk.signals.sight import Standing, look
from tenure.risk.tuning import service as tuning
from tenure.warehouse.history import History


def watch_customers(
    stores: Stores, history: History, leaving: Leaving, scored: Scored, settings: WorkspaceSettings
) -> dict[str, int]:
    """Find every signal as of the history's instant and let it raise alerts; returns what happened to how many."""
    with transaction(stores.engine) as session:
        thresholds, rules = tuning.thresholds(session), house_rules.ready(session)
    standing = Standing(
        scored.customers,
        scored.tier.to_numpy(zero_copy_only=False),
        scored.value_at_stake,
        scored.risk.probability,
    )
    sight = look(history, standing, float(leaving.window_days))
    found = compute.find(sight, thresholds)
    told = compute.told(sight, found, history.as_of, settings.currency)
    columns = scored.features.columns | {"churn_risk": scored.risk.probability, "value_365": scored.value_at_stake}
    by_rule = raising.told(rules, scored.customers, columns, history.as_of, settings.currency)
    passing = [name for name, signal in CATALOG.items() if signal.passes] + [rule.signal for rule in rules]
    batches = pa.concat_tables([told, by_rule]).to_batches()
    as_of = history.as_of.replace(tzinfo=UTC)
    with transaction(stores.engine) as session:
        happened = watch.take_in(session, batches, passing, Watched(as_of, stores.clock.now()))
        judged = tuning.judged_as_of(session)
        if (judged is None or as_of - judged >= DUE_AFTER) and not waiting(session, JUDGE):
            defer(session, JUDGE, {}, lock=JUDGE)
    return happened
