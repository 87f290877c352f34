"""The chance of leaving for every customer: by the model where it was taught, by silence where it was not."""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from tenure.features import activity
from tenure.features.build import FeatureTable
from tenure.kit.i18n import Text
from tenure.kit.side_by_side import side_by_side
from tenure.models.base import logit, one_thread
from tenure.risk import profiles
from tenure.risk.definition import Leaving
from tenure.risk.factors import FACTORS, Factor, factors_of
from tenure.risk.facts import Facts
from tenure.risk.phrases import Columns
from tenure.risk.risk_estimate import RiskEstimate, by_factor
from tenure.risk.silence import SilenceRisk
from tenure.risk.teaching.churn_model import RECENCY, ChurnModel
from tenure.risk.teaching.taught import Taught
from tenure.warehouse.history import History

LEVEL_WIDTH = 1.645  # 90 %
CUSTOMERS_AT_ONCE = 50_000


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
    described = profiles.describe(told, history.as_of)
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
    rows = judged(leaving, features)
    return _by_model(taught.model, features, rows, by_silence, history.as_of)


def judged(leaving: Leaving, features: FeatureTable) -> np.ndarray:
    """Return the places of the customers a model judges: those with a subscription, or active within the window."""
    if leaving.kind == "subscriptions":
        return np.flatnonzero(features.columns["running_subscriptions"] > 0)
    silence = features.columns[RECENCY[leaving.kind]]
    return np.flatnonzero(np.isfinite(silence) & (silence < leaving.window_days))


def _by_model(
    model: ChurnModel, features: FeatureTable, rows: np.ndarray, others: RiskEstimate, moment: datetime
) -> RiskEstimate:
    """Let the model judge some rows and leave the others as they were estimated."""
    probability, low, high, base = (part.copy() for part in (others.probability, others.low, others.high, others.base))
    factors = _factors(model, features)
    effects = np.zeros((len(features), len(factors)))
    effects[:, : others.effects.shape[1]] = others.effects

    def judge(some: np.ndarray) -> None:
        word = model.judge(features.taken(model.features, some), moment)
        probability[some], low[some], high[some], base[some] = word.probability, word.low, word.high, word.base
        effects[some] = by_factor(word.shares, model.features, factors)

    with one_thread():  # for algebra; whoever sets it inside, sets what is already so
        side_by_side(judge, (rows[n : n + CUSTOMERS_AT_ONCE] for n in range(0, len(rows), CUSTOMERS_AT_ONCE)))
    rate = float(probability[rows].mean()) if len(rows) else model.model.base_rate_
    return RiskEstimate(probability, low, high, effects, base, rate, factors)


def factors_told(taught: Taught, features: FeatureTable) -> tuple[Factor, ...]:
    """Return the stories an estimate by a taught model tells; without a model those of the catalog."""
    return FACTORS if taught.model is None else _factors(taught.model, features)


def _factors(model: ChurnModel, features: FeatureTable) -> tuple[Factor, ...]:
    units = {feature.name: feature for feature in features.own}
    return factors_of(units.get(name, name) for name in model.features)


def _silence(history: History, leaving: Leaving, features: FeatureTable) -> RiskEstimate:
    name = RECENCY.get(leaving.kind, "days_since_purchase")
    silence = features.columns[name]
    if leaving.kind not in ("purchases", "visits"):  # no rhythm there to be silent against
        unknown = np.full(len(features), np.nan)
        return RiskEstimate(unknown, unknown, unknown, np.zeros((len(features), len(FACTORS))), unknown, 0.5)
    shown = np.isfinite(silence)
    gaps = activity.gaps(history, leaving.sign)
    table = history.lake.read(gaps.group_by("gap").aggregate(n=gaps.count()).order_by("gap"))
    lengths, counts = table["gap"].to_numpy().astype(float), table["n"].to_numpy().astype(float)
    known = SilenceRisk(leaving.window_days).fit(lengths, counts, silence[shown])
    days = np.where(shown, silence, 0.0)
    chance, width = known.predict(days), LEVEL_WIDTH * known.spread(days)
    base = float(logit(known.base_))
    return RiskEstimate(
        probability=np.where(shown, chance, np.nan),
        low=np.where(shown, np.clip(chance - width, 0, 1), np.nan),
        high=np.where(shown, np.clip(chance + width, 0, 1), np.nan),
        effects=by_factor(np.where(shown, logit(chance) - base, 0.0)[:, None], (name,)),
        base=np.full(len(features), base),
        base_rate=known.base_,
    )


_FEW_LEFT = Text(
    "{left} of {all} customers are marked as having left: too few of one kind to learn from.",
    "{all} 位客户中有 {left} 位标记为已流失：其中一类太少，无法学习。",
)
