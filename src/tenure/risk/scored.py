"""Everything a refresh says about every customer, in the order of the customers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tenure.features.build import FeatureTable
from tenure.risk.outlook import Outlook
from tenure.risk.reasons import Reasons
from tenure.risk.risk_estimate import RiskEstimate
from tenure.risk.scores import Score

ROWS_AT_ONCE = 50_000
RULES_VERSION = "1"  # of what follows from other scores by rule alone: RFM and tier


@dataclass(frozen=True)
class Made:
    """Which model made a score."""

    name: str
    version: str


@dataclass(frozen=True)
class Scored:
    """All scores of one instant; ``facts`` holds everybody's orders, revenue, first and last order, and who has left."""

    features: FeatureTable
    facts: pa.Table
    risk: RiskEstimate
    risk_model: Made
    outlook: Outlook
    value_model: Made
    reasons: Reasons
    reasons_json: pa.ChunkedArray
    tier: pa.Array
    rfm: pa.Array

    @property
    def customers(self) -> pa.Array:
        """The customers' ids."""
        return self.features.customers

    @property
    def value_at_stake(self) -> np.ndarray:
        """What each customer is expected to be worth in the next year; NaN where nothing tells."""
        return self.outlook.value[365]

    def scores(self) -> list[Score]:
        """Return the scores the lake keeps."""
        risk, value, outlook = self.risk_model, self.value_model, self.outlook
        unknown = np.full(len(self.features), np.nan)
        return [
            Score(
                "churn_risk", risk.name, risk.version, self.risk.probability, self.risk.low, self.risk.high,
                reasons=self.reasons_json,
            ),
            *(
                Score(f"expected_orders_{days}", outlook.model(days), value.version, orders)
                for days, orders in outlook.orders.items()
            ),
            *(
                Score(
                    f"value_{days}", outlook.model(days), value.version, outlook.value[days], outlook.low[days],
                    outlook.high[days],
                )
                for days in outlook.value
            ),
            Score("probability_of_order_90", outlook.model(90), value.version, outlook.chance_90),
            Score("next_order_at", value.name, value.version, outlook.next_order_days, label=iso(outlook.next_order)),
            Score("rfm", "rfm", RULES_VERSION, unknown, label=self.rfm),
            Score("tier", "tiers", RULES_VERSION, outlook.value[365], label=self.tier),
        ]  # fmt: skip


def iso(days: np.ndarray) -> pa.Array:
    """Return dates as ISO text; null where there is none."""
    return pa.array(days.astype("datetime64[D]"), pa.date32()).cast(pa.string())


def summaries(scored: Scored, stamp: dict[str, pa.Scalar]) -> Iterator[pa.RecordBatch]:
    """Yield the numbers of every customer in batches, as the directory keeps them; ``stamp`` holds as_of and snapshot."""
    outlook, risk = scored.outlook, scored.risk
    numbers = {
        "usual_gap_days": scored.features.columns["usual_gap_days"],
        "churn_risk": risk.probability,
        "churn_risk_low": risk.low,
        "churn_risk_high": risk.high,
        "value_90": outlook.value[90],
        "value_365": outlook.value[365],
        "value_365_low": outlook.low[365],
        "value_365_high": outlook.high[365],
        "expected_orders_90": outlook.orders[90],
        "expected_orders_365": outlook.orders[365],
        "probability_of_order_90": outlook.chance_90,
    }
    size = len(scored.features)
    table = pa.table(
        {
            "customer_id": scored.customers,
            **{name: scored.facts[name] for name in ("orders", "revenue", "first_order_at", "last_order_at")},
            **{name: pa.array(values, mask=~np.isfinite(values)) for name, values in numbers.items()},
            "tier": scored.tier,
            "rfm": scored.rfm,
            "next_order_at": pa.array(outlook.next_order.astype("datetime64[D]"), pa.date32()),
            "reasons": scored.reasons_json,
            "model": pa.repeat(scored.risk_model.name, size),
            "model_version": pa.repeat(scored.risk_model.version, size),
            **{name: pa.repeat(value, size) for name, value in stamp.items()},
        }
    )
    yield from table.to_batches(max_chunksize=ROWS_AT_ONCE)


def known(values: np.ndarray) -> float | None:
    """Return the sum of the known values; None when none is known."""
    return float(np.nansum(values)) if np.isfinite(values).any() else None
