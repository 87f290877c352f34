"""What lies ahead of every customer within a horizon, in the words of whichever model won the contest."""

import warnings
from dataclasses import dataclass, replace

import numpy as np

from tenure.kit.ids import content_id
from tenure.kit.side_by_side import both
from tenure.models import store
from tenure.models.base import ModelWarning
from tenure.models.lifetime_value.back_test import back_test
from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD
from tenure.models.lifetime_value.gamma_gamma import GammaGamma
from tenure.models.lifetime_value.history import CustomerHistory
from tenure.models.lifetime_value.next_order import NextOrder
from tenure.models.lifetime_value.value import ModelError, Total, forecast_value
from tenure.models.purchase_forecast.experience import Experience
from tenure.models.purchase_forecast.plain import Plain
from tenure.models.purchase_forecast.purchase_log import PurchaseLog
from tenure.risk.contest import BTYD, FORECAST, Contest

LEVEL = 0.9
TESTED_ON = 60_000  # customers that BG/NBD is asked about in the past, evenly spaced


@dataclass(frozen=True)
class Ahead:
    """What one model says of a horizon, one place per customer."""

    orders: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    chance: np.ndarray
    total_orders: Total
    total_value: Total


@dataclass(frozen=True)
class Learned:
    """BG/NBD, spend and rhythm as the buyers' summaries teach them."""

    orders: BetaGeoNBD
    spend: GammaGamma
    rhythm: NextOrder

    @classmethod
    def of(cls, bought: CustomerHistory) -> "Learned":
        """Fit all three."""

        def counts() -> tuple[BetaGeoNBD, GammaGamma]:
            return BetaGeoNBD().fit(*bought.orders()), GammaGamma().fit(bought.frequency, bought.monetary_value)

        rhythm, (orders, spend) = both(lambda: NextOrder().fit(*bought.orders(), log_gaps=bought.log_gaps), counts)
        return cls(orders, spend, rhythm)


class Spread:
    """Puts the buyers' numbers back among all customers."""

    def __init__(self, rows: np.ndarray, size: int) -> None:
        self.rows = rows
        self.size = size

    def out(self, values: np.ndarray) -> np.ndarray:
        """Return one number per customer; NaN where there is none."""
        result = np.full(self.size, np.nan)
        result[self.rows] = values
        return result


def ahead(one: Contest, log: PurchaseLog, today: int, summary: tuple[Learned, CustomerHistory, np.ndarray]) -> Ahead:
    """Let the winner of a contest say what comes within its horizon."""
    learned, bought, rows = summary
    if one.answers == BTYD or one.forecast is None:
        missed = _missed(log, today, one.horizon)
        told = forecast_value(learned.orders, learned.spend, bought, float(one.horizon), LEVEL, model_error=missed)
        out = Spread(rows, len(log.ids)).out
        return Ahead(
            out(told.expected_orders), out(told.expected_value), out(told.low), out(told.high),
            out(told.probability_of_order), told.total_orders, told.total_value,
        )  # fmt: skip
    said = one.forecast.forecast(log, level=LEVEL)
    out = Spread(np.unique(log.bought.customer), len(log.ids)).out
    return Ahead(
        out(said.orders), out(said.value), out(said.value_low), out(said.value_high),
        out(said.probability_of_order), said.total_orders, said.total_value,
    )  # fmt: skip


def _missed(log: PurchaseLog, today: int, days: int) -> ModelError | None:
    """Ask BG/NBD in the past by how much its totals miss; None where all purchases fell on one day."""
    some = log.some(TESTED_ON).bought
    if not len(some.day) or not some.day.min() < today - 1:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # of half a history; the whole one speaks for itself
        return back_test(BetaGeoNBD, some.customer, some.day, some.amount, float(today - 1), float(days))


def no_less(longer: Ahead, shorter: Ahead) -> Ahead:
    """Lift what the longer horizon says to the shorter one's word where two models disagree about who is worth what."""
    value, orders = np.fmax(longer.value, shorter.value), np.fmax(longer.orders, shorter.orders)
    return replace(
        longer,
        orders=orders,
        value=value,
        high=np.fmax(longer.high, value),
        total_orders=_times(longer.total_orders, _grown(orders, longer.orders)),
        total_value=_times(longer.total_value, _grown(value, longer.value)),
    )


def _times(total: Total, factor: float) -> Total:
    return Total(total.expected * factor, total.low * factor, total.high * factor)


def _grown(now: np.ndarray, before: np.ndarray) -> float:
    was = float(np.nansum(before))
    return float(np.nansum(now)) / was if was > 0 else 1.0


def params_of(learned: Learned, contests: tuple[Contest, ...]) -> tuple[dict[str, float], float | None]:
    """Return the parameters of whoever looks a year ahead, and the likelihood where it is BG/NBD."""
    rhythm = {f"rhythm_{name}": value for name, value in learned.rhythm.params_.items()}
    last = contests[-1]
    if last.answers == BTYD or last.forecast is None:
        likelihood = learned.orders.log_likelihood_ if learned.orders.identified_ else None
        return {**learned.orders.params_, **learned.spend.params_, **rhythm}, likelihood
    by = last.forecast.answers_by_
    plain = by.plain if isinstance(by, Experience) else by
    return ({**plain.order_params, **plain.spend_params} if isinstance(plain, Plain) else {}) | rhythm, None


def version_of(params: dict[str, float], contests: tuple[Contest, ...]) -> str:
    """Return what changes with anything learned that answers."""
    forecasts = [store.dump(one.forecast) for one in contests if one.answers == FORECAST and one.forecast is not None]
    return content_id("v", *(f"{name}={value:.12g}" for name, value in sorted(params.items())), *forecasts)
