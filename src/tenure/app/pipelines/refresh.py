"""The whole refresh: features, models, scores, and the numbers every page reads."""

from collections.abc import Callable
from datetime import datetime

from tenure.app.wiring import Stores
from tenure.directory.workspace import service as workspace
from tenure.features import build
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.risk import outlook, rfm, scores, tiers
from tenure.risk.moment import moment_of
from tenure.risk.scores import Score
from tenure.warehouse.history import History, naive

Report = Callable[[float, Text], None]


def refresh(stores: Stores, as_of: datetime | None = None, report: Report = lambda *_: None):
    with transaction(stores.engine) as session:
        settings = workspace.read(session)
    now = stores.clock.now()
    moment = moment_of(stores.lake, settings.time_zone, now)
    history = History(stores.lake, as_of or moment.as_of, settings.time_zone)
    table = build.read(history)
    bought = outlook.purchase_history(table)
    out = outlook.expect(bought, len(table))
    c = table.columns
    ss = [
        Score("expected_orders_90", "bg_nbd", "1", out.orders[90]),
        Score("value_365", "bg_nbd", "1", out.value[365]),
        Score("rfm", "rfm", "1", c["purchases"] * float("nan"), label=rfm.rfm(c["days_since_purchase"], c["purchases"], c["revenue"])),
        Score("tier", "tier", "1", out.value[365], label=tiers.tiers(out.value[365], settings.tiers)),
    ]
    return scores.write(stores.lake, table.customers, ss, history.as_of, naive(now))
