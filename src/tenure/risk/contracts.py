"""Customers with a running subscription: what their fees will bring, and how likely they are to end it."""

import math
from dataclasses import dataclass, replace
from datetime import timedelta

import ibis
import numpy as np

from tenure.features import labels
from tenure.features.build import FeatureTable
from tenure.kit.i18n import Text
from tenure.models.base import logit
from tenure.models.lifetime_value.value import Total
from tenure.risk.outlook import HORIZONS, Outlook
from tenure.risk.risk_estimate import RiskEstimate
from tenure.warehouse.history import History, instant

LOOK_BACK = timedelta(days=365)
DAYS_A_MONTH = 365 / 12
NORMAL_90 = 1.645


@dataclass(frozen=True)
class Contracts:
    """Fees running now, and how often subscriptions ended per day they ran in the last year (with a standard error)."""

    monthly: np.ndarray
    ends: float
    days: float

    @property
    def rate(self) -> float:
        """The chance per day that a running subscription ends; half an end is added so that none is never never."""
        return (self.ends + 0.5) / max(self.days, 1.0)

    def rate_at(self, errors: float) -> float:
        """Return the rate so many standard errors away."""
        return max(self.rate + errors * math.sqrt(self.ends + 0.5) / max(self.days, 1.0), 0.0)


def contracts(history: History, features: FeatureTable, grace_days: int) -> Contracts | None:
    """Read the running fees and last year's endings; None where nothing runs."""
    monthly = features.columns["monthly_amount"]
    if not (monthly > 0).any():
        return None
    begin, end = instant(history.as_of - LOOK_BACK), instant(history.as_of)
    periods = history.table("subscriptions")
    started = ibis.greatest(periods.started_at, begin)
    stopped = ibis.least(ibis.coalesce(periods.ended_at, end), end)
    days = stopped.delta(started, unit="day")
    ran = history.lake.read(periods.aggregate(days=days.sum(where=days > 0)))["days"][0].as_py()
    ends = labels.subscription_ends(history, grace_days)
    recent = ends.filter(ends.ended_at >= begin)
    return Contracts(
        monthly, float(history.lake.read(recent.aggregate(n=recent.count()))["n"][0].as_py()), float(ran or 0)
    )


def with_fees(outlook: Outlook, held: Contracts) -> Outlook:
    """Add what running subscriptions will bring to what purchases will."""
    paying = held.monthly > 0
    value, low, high = (
        {days: part[days].copy() for days in HORIZONS} for part in (outlook.value, outlook.low, outlook.high)
    )
    totals = dict(outlook.totals)
    for days in HORIZONS:
        bounds = [held.monthly * _months(held.rate_at(errors), days) for errors in (NORMAL_90, 0.0, -NORMAL_90)]
        fee_low, fee, fee_high = bounds
        for part, added in ((value, fee), (low, np.zeros_like(fee)), (high, held.monthly * days / DAYS_A_MONTH)):
            part[days] = np.where(paying, np.nan_to_num(part[days]) + added, part[days])
        orders, worth = totals.get(days, (Total(0.0, 0.0, 0.0), Total(0.0, 0.0, 0.0)))
        fees = (float(fee.sum()), float(fee_low.sum()), float(fee_high.sum()))
        totals[days] = orders, Total(worth.expected + fees[0], worth.low + fees[1], worth.high + fees[2])
    told = _FEES.fill(rate=f"{(1 - np.exp(-held.rate * DAYS_A_MONTH)) * 100:.1f}")
    return replace(outlook, value=value, low=low, high=high, totals=totals, notes=(*outlook.notes, told))


def with_contracts(risk: RiskEstimate, held: Contracts, window_days: int) -> RiskEstimate:
    """Give subscribers who never bought, and so have no rhythm, the chance that a subscription ends in the window."""
    only = ~np.isfinite(risk.probability) & (held.monthly > 0)
    low, middle, high = (1 - np.exp(-held.rate_at(errors) * window_days) for errors in (-NORMAL_90, 0.0, NORMAL_90))
    return replace(
        risk,
        probability=np.where(only, middle, risk.probability),
        low=np.where(only, low, risk.low),
        high=np.where(only, high, risk.high),
        effects=np.where(only[:, None], 0.0, risk.effects),
        base=np.where(only, logit(middle), risk.base),
    )


def _months(rate: float, days: int) -> float:
    """Expected months paid within some days, when a subscription ends at a constant rate per day."""
    stays = days if rate * days < 1e-9 else -np.expm1(-rate * days) / rate
    return float(stays) / DAYS_A_MONTH


_FEES = Text(
    "Running subscriptions add their monthly fee while they last; {rate}% of them end in a month.",
    "有效订阅按其存续计入月费；每月约 {rate}% 终止。",
)
