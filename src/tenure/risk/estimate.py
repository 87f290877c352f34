"""The chance of leaving for every customer: by the model where it was taught, by silence where it was not."""

from dataclasses import dataclass, replace

import numpy as np

from tenure.features import activity
from tenure.features.build import FeatureTable
from tenure.kit.i18n import Text
from tenure.risk import profiles
from tenure.risk.definition import Leaving
from tenure.risk.facts import Facts
from tenure.risk.phrases import Columns
from tenure.risk.risk_estimate import RiskEstimate
from tenure.risk.silence import SilenceRisk
from tenure.risk.teaching import RECENCY, Taught, frame
from tenure.warehouse.history import History

LEVEL_WIDTH = 1.645  # 90 %


@dataclass(frozen=True)
class Assessment:
    """Everybody's chance of leaving, the model it comes from, words its reasons quote, and a monthly fee if one is told."""

    risk: RiskEstimate
    taught: Taught
    words: Columns
    monthly: np.ndarray | None = None


def assess(history: History, leaving: Leaving, features: FeatureTable, found: Facts, taught: Taught) -> Assessment:
    """Estimate everybody's chance of leaving in the way the data allows."""
    if leaving.kind != "flag":
        return Assessment(estimate(history, leaving, features, taught), taught, {})
    told = profiles.read(history, features, found.table["left"].to_numpy())
    described = profiles.describe(told)
    if described is None:
        few = replace(taught, notes=(*taught.notes, _FEW_LEFT.fill(left=int(told.left.sum()), all=len(told.left))))
        return Assessment(estimate(history, leaving, features, taught), few, told.words, told.monthly)
    return Assessment(described.risk, described.taught, told.words, told.monthly)


def estimate(history: History, leaving: Leaving, features: FeatureTable, taught: Taught) -> RiskEstimate:
    """Estimate everybody's chance of leaving; NaN for those who never were customers in the definition's sense.

    A model taught on active customers knows nothing of those already silent for longer than the window: for them,
    and where no model was taught, it is asked how often such silences went on.
    """
    by_silence = _silence(history, leaving, features)
    if taught.model is None:
        return by_silence
    if leaving.kind == "subscriptions":
        active = features.columns["running_subscriptions"] > 0
    else:
        silence = features.columns[RECENCY[leaving.kind]]
        active = np.isfinite(silence) & (silence < leaving.window_days)
    table = frame(features.columns, taught.features)
    probability = taught.model.predict_proba(table)[:, 1]
    low, high = taught.model.interval(table)
    return RiskEstimate(
        probability=np.where(active, probability, by_silence.probability),
        low=np.where(active, low, by_silence.low),
        high=np.where(active, high, by_silence.high),
        features=taught.features,
        effects=taught.model.explain(table).to_numpy(),
        base_rate=float(probability[active].mean()) if active.any() else taught.model.base_rate_,
    )


def _silence(history: History, leaving: Leaving, features: FeatureTable) -> RiskEstimate:
    name = RECENCY.get(leaving.kind, "days_since_purchase")
    silence = features.columns[name]
    if leaving.kind not in ("purchases", "visits"):  # no rhythm there to be silent against
        unknown = np.full(len(features), np.nan)
        return RiskEstimate(unknown, unknown, unknown, (name,), np.zeros((len(features), 1)), 0.5)
    shown = np.isfinite(silence)
    gaps = activity.gaps(history, leaving.sign)
    table = history.lake.read(gaps.group_by("gap").aggregate(n=gaps.count()).order_by("gap"))
    lengths, counts = table["gap"].to_numpy().astype(float), table["n"].to_numpy().astype(float)
    known = SilenceRisk(leaving.window_days).fit(lengths, counts, silence[shown])
    days = np.where(shown, silence, 0.0)
    chance, width = known.predict(days), LEVEL_WIDTH * known.spread(days)
    odds = np.log(chance / (1 - chance)) - np.log(known.base_ / (1 - known.base_))
    return RiskEstimate(
        probability=np.where(shown, chance, np.nan),
        low=np.where(shown, np.clip(chance - width, 0, 1), np.nan),
        high=np.where(shown, np.clip(chance + width, 0, 1), np.nan),
        features=(name,),
        effects=np.where(shown, odds, 0.0)[:, None],
        base_rate=known.base_,
    )


_FEW_LEFT = Text(
    "{left} of {all} customers are marked as having left: too few of one kind to learn from.",
    "{all} 位客户中有 {left} 位标记为已流失：其中一类太少，无法学习。",
)
