"""A made-up shop small enough to teach a model in a second: everybody has a rhythm of their own, and some leave."""

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from tenure.warehouse.lake import Lake
from tests.features import make

BEGIN = datetime(2025, 1, 1)
DAYS = 240
WINDOW = 30


def orders(customers: int = 900, seed: int = 4, days: int = DAYS) -> pa.Table:
    """Return orders: rhythms from four to twenty days, customers who join all the time, and slow buyers who leave sooner."""
    rng = np.random.default_rng(seed)
    gap = rng.uniform(4, 20, customers)
    joins = rng.uniform(0, days - 10, customers)
    leaves = np.minimum(joins + rng.exponential(1200 / gap), days)
    turns = np.arange(days // 4)[:, None]
    at = joins + gap * (turns + rng.uniform(-0.3, 0.3, (len(turns), customers)))
    who = np.broadcast_to(np.arange(customers), at.shape)
    shown = (at >= joins) & (at < leaves)
    seconds = (at[shown] * 86_400).astype(np.int64)
    begin = np.datetime64(BEGIN, "us")
    return pa.table(
        {
            "order_id": [f"o{number}" for number in range(len(seconds))],
            "customer_id": [f"c{number:04}" for number in who[shown]],
            "ordered_at": pa.array(begin + seconds.astype("timedelta64[s]")),
            "kind": ["sale"] * len(seconds),
            "status": ["paid"] * len(seconds),
            "amount": np.round(rng.gamma(3, 10, len(seconds)), 2),
        }
    )


def furnish(lake: Lake, customers: int = 900, seed: int = 4) -> datetime:
    """Fill a lake with the shop; returns the midnight after its last day."""
    make.add(lake, "orders", orders(customers, seed))
    return BEGIN + timedelta(days=DAYS)
