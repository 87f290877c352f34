"""How good every signal would have been on past instants: who it spoke of, who then left, and how early.

At each instant everything is seen as it was (both clocks), and what followed within the churn window is looked up.
Instants lie a month apart, as long as a signal stays fresh, so that nobody is counted twice for the same occurrence.

A complaint comes from customers who have just bought, and they stay more often than others, complaint or not. So whom a
signal spoke of is compared with customers alike: as long silent, and as many purchases (or visits), at the same instant
(Mantel-Haenszel). Both comparisons are told; the one alike decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa

from tenure.directory.workspace.service import TierCutoffs
from tenure.features import activity, labels
from tenure.features.past import reference_day
from tenure.metrics.intervals import Z, wilson
from tenure.risk.definition import Leaving
from tenure.risk.signals import compute
from tenure.risk.signals.catalog import CATALOG
from tenure.risk.signals.sight import Sight, Standing, look
from tenure.risk.signals.signal import FRESH_DAYS
from tenure.risk.tiers import tiers
from tenure.warehouse.history import History

MOST_INSTANTS = 6
WEEK, YEAR = 7, 365
SILENCES = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5)  # of the churn window
SIGNS = (2, 3, 5, 9, 17, 33)  # days with a sign of life in a year
Figures = dict[str, object]


@dataclass(frozen=True)
class Past:
    """Customers at a past instant, in order of id: who left after it, and how many days later they counted as gone.

    Customers with the same number in ``alike`` were as active as each other.
    """

    customers: pa.Array
    left: np.ndarray
    gone_after: np.ndarray
    alike: np.ndarray


def judge(
    history: History, leaving: Leaving, thresholds: Mapping[str, float], cutoffs: TierCutoffs
) -> dict[str, Figures]:
    """Return the figures of every signal that can be judged; nothing where the history is too short."""
    moments = instants(history, leaving)
    judged = {name: level for name, level in thresholds.items() if name in CATALOG and CATALOG[name].judged}
    tallies = {name: _Tally() for name in judged}
    for moment in moments:
        past = what_followed(history, leaving, moment)
        if not len(past.customers):
            continue
        sight = _as_then(history.at(moment), past, leaving, cutoffs)
        for name, found in compute.find(sight, judged).items():
            tallies[name].add(found.raised, found.since, past)
    return {name: tally.figures(len(moments)) for name, tally in tallies.items() if tally.customers}


def happened(history: History, leaving: Leaving, raised: pa.Table) -> dict[str, Figures]:
    """Return what became of customers after signals that were really raised, once the churn window has passed.

    ``raised`` holds customer_id, signal and as_of, all of instants at least a window ago.
    """
    if not raised.num_rows or leaving.kind in ("flag", "nothing"):
        return {}
    rows = ibis.memtable(raised)
    if leaving.kind == "subscriptions":
        ends = labels.subscription_ends(history, leaving.grace_days)
        wait = ibis.interval(days=leaving.window_days)
        joined = rows.left_join(ends, "customer_id")
        sign = (joined.ended_at >= joined.as_of) & (joined.ended_at < joined.as_of + wait)
    else:
        days = activity.active_days(history, leaving.sign)
        joined = rows.left_join(days, "customer_id")
        after = joined.day.delta(history.local(joined.as_of).date(), unit="day")
        sign = (after > 0) & (after <= leaving.window_days)
    seen = joined.group_by("customer_id", "signal", "as_of").aggregate(sign=sign.fill_null(False).any())
    left = seen.sign if leaving.kind == "subscriptions" else ~seen.sign
    counted = history.lake.read(
        seen.group_by("signal").aggregate(alerts=seen.count(), left=left.sum()).order_by("signal")
    )
    return {row["signal"]: _followed(int(row["alerts"]), int(row["left"])) for row in counted.to_pylist()}


def _followed(alerts: int, left: int) -> Figures:
    share, low, high = (float(x) for x in wilson(np.array(float(left)), np.array(float(alerts))))
    return {"alerts": alerts, "left": left, "share": share, "low": low, "high": high}


def ripe_days(leaving: Leaving) -> int:
    """Return how many days after an instant it is known who left."""
    return leaving.window_days + (leaving.grace_days if leaving.kind == "subscriptions" else 0)


def instants(history: History, leaving: Leaving) -> Sequence[datetime]:
    """Return past midnights a month apart, the latest one a churn window ago; none before a window of history."""
    if leaving.span.first is None or leaving.kind in ("flag", "nothing"):
        return ()
    midnight = history.wall(history.as_of).replace(hour=0, minute=0, second=0, microsecond=0)
    latest = history.utc(midnight - timedelta(days=ripe_days(leaving)))
    earliest = datetime.combine(leaving.span.first, datetime.min.time()) + timedelta(days=2 * leaving.window_days)
    every = [latest - timedelta(days=FRESH_DAYS * number) for number in range(MOST_INSTANTS)]
    return [moment for moment in every if moment >= earliest]


def what_followed(history: History, leaving: Leaving, moment: datetime) -> Past:
    """Return who was a customer at an instant and who left within the window after it, by the workspace's definition.

    By silence, a customer is whoever showed a sign within two windows before: some are silent for longer than one
    already, and a signal may still call them back.
    """
    if leaving.kind == "subscriptions":
        return _after_subscription(history, leaving, moment)
    today = ibis.literal(reference_day(moment, history.zone))
    days = activity.active_days(history, leaving.sign)
    window = leaving.window_days
    after = days.day.delta(today, unit="day")
    counted = days.group_by("customer_id").aggregate(
        last=after.max(where=after <= 0),
        signs=((after <= 0) & (after > -YEAR)).sum(),
        again=((after > 0) & (after <= window)).any(),
    )
    here = counted.filter(counted["last"] > -2 * window).order_by("customer_id")
    table = history.lake.read(here)
    left = ~table["again"].to_numpy().astype(bool)
    last = table["last"].cast(pa.float64()).to_numpy()
    silent = np.digitize(-last / window, SILENCES)
    often = np.digitize(table["signs"].to_numpy(), SIGNS)
    alike = silent * (len(SIGNS) + 1) + often
    return Past(table["customer_id"].combine_chunks(), left, np.where(left, window + last, np.nan), alike)


def _after_subscription(history: History, leaving: Leaving, moment: datetime) -> Past:
    outcome = labels.unsubscribed(history, moment, leaving.window_days, leaving.grace_days)
    ends = labels.subscription_ends(history, leaving.grace_days)
    ends = ends.filter(ends.ended_at >= ibis.literal(moment, type="timestamp(6)"))
    first = ends.group_by("customer_id").aggregate(ended_at=ends.ended_at.min())
    joined = outcome.left_join(first, "customer_id").drop("customer_id_right").order_by("customer_id")
    table = history.lake.read(joined)
    left = table["churned"].to_numpy().astype(bool)
    wait = (table["ended_at"].to_numpy() - np.datetime64(moment)) / np.timedelta64(1, "D")
    return Past(
        table["customer_id"].combine_chunks(), left, np.where(left, wait, np.nan), np.zeros(len(left), dtype=np.int64)
    )


def _as_then(history: History, past: Past, leaving: Leaving, cutoffs: TierCutoffs) -> Sight:
    """See everybody as they were; tiers then are told by what was spent in the year before, for no score is that old."""
    size = len(past.customers)
    nobody = np.full(size, np.nan)
    standing = Standing(past.customers, np.full(size, None, dtype=object), nobody, nobody)
    seen = look(history, standing, float(leaving.window_days))
    spent = seen.number("spent_365", 0.0)
    tier = tiers(spent, cutoffs).to_numpy(zero_copy_only=False)
    return Sight(
        Standing(past.customers, tier, spent, nobody), seen.columns, seen.today, seen.silence_limit, seen.tables
    )


class _Tally:
    """Counts of whom a signal spoke and who left, kept apart by instant and activity."""

    def __init__(self) -> None:
        self.strata: list[np.ndarray] = []  # rows: strata; spoke and left, spoke, silent and left, silent
        self.leads: list[np.ndarray] = []

    def add(self, raised: np.ndarray, since: np.ndarray, past: Past) -> None:
        size = int(past.alike.max()) + 1
        flags = (raised & past.left, raised, ~raised & past.left, ~raised)
        self.strata.append(np.column_stack([np.bincount(past.alike[flag], minlength=size) for flag in flags]))
        early = raised & past.left
        self.leads.append((past.gone_after + since)[early])

    @property
    def customers(self) -> int:
        """Return how many customers were looked at, over all instants."""
        return int(sum(stratum[:, [1, 3]].sum() for stratum in self.strata))

    def figures(self, moments: int) -> Figures:
        strata = np.concatenate(self.strata).astype(np.float64)
        hit, alerts, lost, others = (int(n) for n in strata.sum(axis=0))
        leads = np.concatenate(self.leads)
        precision, low, high = (float(x) for x in wilson(np.array(float(hit)), np.array(float(alerts))))
        lift, lift_low, lift_high = mantel_haenszel(strata)
        stayed = alerts - hit + others - lost
        return {
            "instants": moments,
            "customers": self.customers,
            "alerts": alerts,
            "precision": precision if alerts else None,
            "precision_low": low if alerts else None,
            "precision_high": high if alerts else None,
            "base_rate": _share(lost, others),
            "alike_rate": None if lift is None or not alerts else precision / lift,
            "lift": lift,
            "lift_low": lift_low,
            "lift_high": lift_high,
            "recall": _share(hit, hit + lost),
            "false_alerts_a_month": _share(alerts - hit, stayed),
            "lead_days": float(np.median(leads)) if len(leads) else None,
            "alerts_a_week": alerts / moments * WEEK / FRESH_DAYS,
        }


def mantel_haenszel(strata: np.ndarray) -> tuple[float | None, float | None, float | None]:
    """Return the common risk ratio of strata with its 95 % interval (Greenland and Robins 1985).

    Columns: spoken of and left, spoken of, others who left, others.
    """
    a, n, c, m = strata[(strata[:, 1] > 0) & (strata[:, 3] > 0)].T
    total = n + m
    above, below = float(np.sum(a * m / total)), float(np.sum(c * n / total))
    if above <= 0 or below <= 0:
        return None, None, None
    variance = float(np.sum((n * m * (a + c) - a * c * total) / total**2)) / (above * below)
    ratio, error = above / below, Z * np.sqrt(variance)
    return ratio, float(ratio * np.exp(-error)), float(ratio * np.exp(error))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
