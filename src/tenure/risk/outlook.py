"""What every customer will probably order and be worth, from how often and how recently they bought."""

from dataclasses import dataclass, field

import numpy as np

from tenure.features.build import FeatureTable
from tenure.kit.i18n import Text
from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD

HORIZONS = (90, 365)


@dataclass(frozen=True)
class PurchaseHistory:
    """The buyers among the customers, as the order model wants them; times in days."""

    rows: np.ndarray  # where each buyer stands among the customers
    frequency: np.ndarray
    recency: np.ndarray
    age: np.ndarray
    spend: np.ndarray  # mean of the later purchases; of the only one where there is one

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Outlook:
    """Expectations per customer, NaN for those who never bought; and what the models behind them learned."""

    orders: dict[int, np.ndarray]
    value: dict[int, np.ndarray]
    low: dict[int, np.ndarray]
    high: dict[int, np.ndarray]
    chance_90: np.ndarray
    params: dict[str, float]
    log_likelihood: float
    notes: tuple[Text, ...] = field(default=())


def purchase_history(features: FeatureTable) -> PurchaseHistory:
    """Summarise purchase days: repeat purchases, days from first to last, days since the first."""
    columns = features.columns
    rows = np.flatnonzero(columns["purchases"] > 0)
    first, last = columns["days_since_first_purchase"][rows], columns["days_since_purchase"][rows]
    later = columns["later_purchase_value"][rows]
    return PurchaseHistory(
        rows=rows,
        frequency=columns["purchases"][rows] - 1,
        recency=first - last,
        age=first,
        spend=np.maximum(np.where(np.isfinite(later), later, columns["average_order_value"][rows]), 0.0),
    )


def expect(history: PurchaseHistory, size: int) -> Outlook:
    """Fit the order model to the buyers and expect their orders and value over every horizon."""
    model = BetaGeoNBD().fit(history.frequency, history.recency, history.age)
    past = (history.frequency, history.recency, history.age)
    orders = {days: model.expected_purchases(float(days), *past) for days in HORIZONS}

    def spread_out(values: np.ndarray) -> np.ndarray:
        result = np.full(size, np.nan)
        result[history.rows] = values
        return result

    return Outlook(
        orders={days: spread_out(values) for days, values in orders.items()},
        value={days: spread_out(values * history.spend) for days, values in orders.items()},
        low={},
        high={},
        chance_90=spread_out(model.probability_of_purchase(90.0, *past)),
        params=dict(model.params_),
        log_likelihood=model.log_likelihood_,
    )
