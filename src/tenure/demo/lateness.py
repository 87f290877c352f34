"""When the company learnt of each row: mostly at once, sometimes days later, never after the end of the data."""

import numpy as np
import pyarrow as pa

from . import arrow_columns as columns
from .chance import Floats, Ints
from .timeline import DAY

LATE_SHARE = {
    "orders": 0.02,
    "order_items": 0.02,
    "payments": 0.01,
    "events": 0.004,
    "tickets": 0.005,
    "feedback": 0.06,
}
MOST_DAYS_LATE = 6.0


def recorded_at(rng: np.random.Generator, table: str, happened: Ints, end: int) -> pa.Array:
    """Return when each row became known; shops send their till rolls days later."""
    size = len(happened)
    late = rng.random(size) < LATE_SHARE.get(table, 0.0)
    lag: Floats = np.where(late, rng.random(size) * MOST_DAYS_LATE * DAY, rng.random(size) * 5)
    return columns.times(np.minimum(happened + lag.astype(np.int64), end - 1))
