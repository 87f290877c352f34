"""What every customer will probably order and be worth, and when: from how often, how recently and for how much they bought."""

import warnings
from dataclasses import dataclass, replace

import numpy as np

from tenure.features.build import FeatureTable
from tenure.features.past import reference_day
from tenure.kit.i18n import Text
from tenure.kit.ids import content_id
from tenure.models.base import AtBound, DegenerateData, ModelWarning, NotConverged, SpendFollowsFrequency
from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD
from tenure.models.lifetime_value.gamma_gamma import GammaGamma
from tenure.models.lifetime_value.history import CustomerHistory
from tenure.models.lifetime_value.next_order import NextOrder
from tenure.models.lifetime_value.value import Total, forecast_value
from tenure.warehouse.history import History

HORIZONS = (90, 365)
LEVEL = 0.9
FARTHEST_DAYS = 730  # a date further away than two years says no more than "hardly ever"


@dataclass(frozen=True)
class Outlook:
    """Expectations per customer, NaN (or no date) for those who never bought, and what the models behind them learned."""

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


def expect(history: History, features: FeatureTable, net_share: float) -> Outlook:
    """Fit orders, spend and rhythm to the buyers and expect their orders, value and next date.

    What a customer sends back counts against what they spend; ``net_share`` of all sales stays sold.
    """
    rows = np.flatnonzero(features.columns["purchases"] > 0)
    if not len(rows):
        return nothing(len(features))
    bought = _bought(features, rows)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ModelWarning)
        orders = BetaGeoNBD().fit(*bought.orders())
        spend = GammaGamma().fit(bought.frequency, bought.monetary_value)
        rhythm = NextOrder().fit(*bought.orders(), log_gaps=bought.log_gaps)
        forecasts = {days: forecast_value(orders, spend, bought, float(days), LEVEL) for days in HORIZONS}
        waits = rhythm.expected_wait(*bought.orders())
    notes = _notes(caught, net_share)
    params = {**orders.params_, **spend.params_, **{f"rhythm_{name}": v for name, v in rhythm.params_.items()}}
    spread = _Spread(rows, len(features))
    days = spread.out(np.where(waits < min(FARTHEST_DAYS, rhythm.longest_), np.ceil(waits), np.nan))
    today = np.datetime64(reference_day(history.as_of, history.zone))
    ahead = np.where(np.isfinite(days), days, 0).astype("timedelta64[D]")
    return Outlook(
        orders={n: spread.out(forecast.expected_orders) for n, forecast in forecasts.items()},
        value={n: spread.out(forecast.expected_value) for n, forecast in forecasts.items()},
        low={n: spread.out(forecast.low) for n, forecast in forecasts.items()},
        high={n: spread.out(forecast.high) for n, forecast in forecasts.items()},
        chance_90=spread.out(forecasts[90].probability_of_order),
        next_order=np.where(np.isfinite(days), today + ahead, np.datetime64("NaT", "D")),
        next_order_days=days,
        totals={n: (forecast.total_orders, forecast.total_value) for n, forecast in forecasts.items()},
        params=params,
        log_likelihood=orders.log_likelihood_ if orders.identified_ else None,
        version=content_id("v", *(f"{name}={value:.12g}" for name, value in sorted(params.items()))),
        notes=notes,
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


def _bought(features: FeatureTable, rows: np.ndarray) -> CustomerHistory:
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


class _Spread:
    """Puts the buyers' numbers back among all customers."""

    def __init__(self, rows: np.ndarray, size: int) -> None:
        self.rows = rows
        self.size = size

    def out(self, values: np.ndarray) -> np.ndarray:
        """Return one number per customer; NaN where there is none."""
        result = np.full(self.size, np.nan)
        result[self.rows] = values
        return result


def _notes(caught: list[warnings.WarningMessage], net_share: float) -> tuple[Text, ...]:
    kinds = [kind for kind in _WARNINGS if any(issubclass(warning.category, kind) for warning in caught)]
    returns = (_NET.fill(share=round((1 - net_share) * 100, 1)),) if net_share < 0.9995 else ()
    return (*(_WARNINGS[kind] for kind in kinds), *returns)


_NO_PURCHASES = Text(
    "Without purchases neither orders nor value can be forecast.", "没有购买记录，无法预测未来订单与价值。"
)
_BY_FEE = Text(
    "There are no orders; value is the monthly fee times the chance of staying, from nothing to the whole fee.",
    "没有订单；价值按月费乘以留存概率估计，区间为零到全部月费。",
)
_NET = Text(
    "Values are net of returns: {share} % of sales come back in this shop.",
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
