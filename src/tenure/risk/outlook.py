"""What every customer will probably order and be worth, and when: from how often, how recently and for how much they bought."""

import warnings
from dataclasses import dataclass, replace

import numpy as np

from tenure.features.build import FeatureTable
from tenure.features.past import reference_day
from tenure.kit.i18n import Text
from tenure.models.base import AtBound, DegenerateData, ModelWarning, NotConverged, SpendFollowsFrequency
from tenure.models.lifetime_value.history import CustomerHistory
from tenure.models.lifetime_value.value import Total
from tenure.risk.ahead import Learned, Spread, ahead, no_less, params_of, version_of
from tenure.risk.contest import NO_SEASON, VALUE_MODEL, Contest, contest
from tenure.risk.purchases import purchase_log_of, tomorrow
from tenure.warehouse.history import History

HORIZONS = (90, 365)
FARTHEST_DAYS = 730  # a date further away than two years says no more than "hardly ever"


@dataclass(frozen=True)
class Outlook:
    """Expectations per customer, NaN (or no date) for those who never bought, and what the models behind them learned.

    ``contests`` tell for each horizon which model answers, and how all of them did on earlier days.
    """

    orders: dict[int, np.ndarray]
    value: dict[int, np.ndarray]
    low: dict[int, np.ndarray]
    high: dict[int, np.ndarray]
    chance_90: np.ndarray
    next_order: np.ndarray  # datetime64[D]
    next_order_days: np.ndarray
    totals: dict[int, tuple[Total, Total]]  # orders, value
    params: dict[str, float]
    log_likelihood: float | None
    version: str
    notes: tuple[Text, ...] = ()
    contests: tuple[Contest, ...] = ()

    def model(self, days: int) -> str:
        """Return the name of the model that looks so many days ahead."""
        return next((one.name for one in self.contests if one.horizon == days), VALUE_MODEL)


def expect(history: History, features: FeatureTable, net_share: float) -> Outlook:
    """Expect everybody's orders, value and next date, by the model that did better on earlier days.

    What a customer sends back counts against what they spend; ``net_share`` of all sales stays sold.
    """
    rows = np.flatnonzero(features.columns["purchases"] > 0)
    log = purchase_log_of(history, features.customers)
    if not len(rows) or not len(log.bought.day):
        return nothing(len(features))
    bought, today = bought_by(features, rows), tomorrow(history)
    contests = tuple(contest(log, today, days) for days in HORIZONS)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ModelWarning)
        learned = Learned.of(bought)
        told = {one.horizon: ahead(one, log, today, (learned, bought, rows)) for one in contests}
        waits = learned.rhythm.expected_wait(*bought.orders())
    told[365] = no_less(told[365], told[90])
    params, likelihood = params_of(learned, contests)
    spread = Spread(rows, len(features))
    days = spread.out(np.where(waits < min(FARTHEST_DAYS, learned.rhythm.longest_), np.ceil(waits), np.nan))
    first = np.datetime64(reference_day(history.as_of, history.zone))
    wait = np.where(np.isfinite(days), days, 0).astype("timedelta64[D]")
    return Outlook(
        orders={n: one.orders for n, one in told.items()},
        value={n: one.value for n, one in told.items()},
        low={n: one.low for n, one in told.items()},
        high={n: one.high for n, one in told.items()},
        chance_90=told[90].chance,
        next_order=np.where(np.isfinite(days), first + wait, np.datetime64("NaT", "D")),
        next_order_days=days,
        totals={n: (one.total_orders, one.total_value) for n, one in told.items()},
        params=params,
        log_likelihood=likelihood,
        version=version_of(params, contests),
        notes=_notes(caught, net_share, contests, today - log.opened),
        contests=contests,
    )


def nothing(size: int) -> Outlook:
    """Return the outlook of customers of whom no purchase is known."""
    unknown = {days: np.full(size, np.nan) for days in HORIZONS}
    dates = np.full(size, np.datetime64("NaT", "D"))
    return Outlook(
        unknown, unknown, unknown, unknown, unknown[90], dates, unknown[90], {}, {}, None, "none", (_NO_PURCHASES,)
    )


def by_fee(monthly: np.ndarray, stay: np.ndarray) -> Outlook:
    """Return the outlook of customers who pay a monthly fee and of whom no purchase is known: the fee while they stay."""
    known = np.isfinite(monthly) & np.isfinite(stay)
    value = {days: np.where(known, monthly * 12 * days / 365 * stay, np.nan) for days in HORIZONS}
    low = {days: np.zeros(len(monthly)) for days in HORIZONS}
    high = {days: np.where(known, monthly * 12 * days / 365, np.nan) for days in HORIZONS}
    sums = {days: (float(np.nansum(v)), float(np.nansum(high[days]))) for days, v in value.items()}
    return replace(
        nothing(len(monthly)),
        value=value,
        low={days: np.where(known, bound, np.nan) for days, bound in low.items()},
        high=high,
        totals={days: (Total(0.0, 0.0, 0.0), Total(worth, 0.0, most)) for days, (worth, most) in sums.items()},
        version="monthly_fee",
        notes=(_BY_FEE,),
    )


def bought_by(features: FeatureTable, rows: np.ndarray) -> CustomerHistory:
    """Summarise purchase days: repeat purchases, days from first to last, days since the first."""
    columns = features.columns
    first, last = columns["days_since_first_purchase"][rows], columns["days_since_purchase"][rows]
    later = columns["later_purchase_value"][rows]
    spend = np.where(np.isfinite(later), later, columns["average_order_value"][rows])
    sent_back = np.clip(np.nan_to_num(columns["return_share"][rows]), 0.0, 1.0)
    return CustomerHistory(
        frequency=columns["purchases"][rows] - 1,
        recency=first - last,
        T=first,
        monetary_value=np.maximum(spend * (1 - sent_back), 0.0),
        log_gaps=np.nan_to_num(columns["log_gaps"][rows]),
    )


def _notes(
    caught: list[warnings.WarningMessage], net_share: float, contests: tuple[Contest, ...], days: int
) -> tuple[Text, ...]:
    kinds = [kind for kind in _WARNINGS if any(issubclass(warning.category, kind) for warning in caught)]
    returns = (_NET.fill(share=round((1 - net_share) * 100, 1)),) if net_share < 0.9995 else ()
    season = () if all(one.season_known for one in contests) else (NO_SEASON.fill(days=days),)
    return (*(one.note() for one in contests), *season, *(_WARNINGS[kind] for kind in kinds), *returns)


_NO_PURCHASES = Text(
    "Without purchases neither orders nor value can be forecast.", "没有购买记录，无法预测未来订单与价值。"
)
_BY_FEE = Text(
    "There are no orders; value is the monthly fee times the chance of staying, from nothing to the whole fee.",
    "没有订单；价值按月费乘以留存概率估计，区间为零到全部月费。",
)
_NET = Text(
    "Values are net of returns: {share}% of sales come back in this shop.",
    "价值已扣除退货：本店 {share}% 的销售额被退回。",
)
_WARNINGS: dict[type[ModelWarning], Text] = {
    DegenerateData: Text(
        "There are too few repeat orders to learn from; cautious stand-ins are used.",
        "复购数据太少，无法充分学习，采用保守的替代估计。",
    ),
    NotConverged: Text(
        "A value model did not settle; treat its forecasts with care.", "有价值模型未完全收敛，请谨慎看待预测。"
    ),
    AtBound: Text(
        "The data says almost nothing about some of the models' parameters.", "数据几乎无法确定模型的部分参数。"
    ),
    SpendFollowsFrequency: Text(
        "Customers who buy often also spend more per order, which the value model assumes they do not.",
        "高频客户的客单价也更高，与价值模型的假设不符。",
    ),
}
