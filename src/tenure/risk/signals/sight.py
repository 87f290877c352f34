"""What can be seen of every customer at an instant, as arrays.

``standing`` is what is known besides what happened. ``silence_limit`` is the workspace's churn window: who has been
silent for longer is gone, not in danger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tenure.features import build
from tenure.features.past import reference_day
from tenure.risk.signals.seen import KEY, SEEN, STAMP
from tenure.warehouse.history import History


@dataclass(frozen=True)
class Standing:
    """What is known of every customer, in order of id: value tier, value in the next year, chance of leaving."""

    customers: pa.Array
    tier: np.ndarray
    value: np.ndarray
    risk: np.ndarray


@dataclass(frozen=True)
class Sight:
    """Everybody at an instant, in the order of ``standing.customers``; numbers are NaN and texts None where unknown."""

    standing: Standing
    columns: Mapping[str, np.ndarray]
    today: date
    silence_limit: float
    tables: frozenset[str]

    def __len__(self) -> int:
        return len(self.standing.customers)

    def number(self, name: str, absent: float = np.nan) -> np.ndarray:
        """Return one column of numbers, ``absent`` standing where nothing is known."""
        values = self.columns.get(name)
        if values is None:
            return np.full(len(self), absent)
        return np.where(np.isfinite(values), values, absent)

    def key(self, name: str) -> np.ndarray:
        """Return which row of a table something is about; None where there is none."""
        values = self.columns.get(f"{name}_{KEY}")
        return np.full(len(self), None, dtype=object) if values is None else values

    def day(self, ago: np.ndarray) -> np.ndarray:
        """Return days so long ago as ISO text, to name what happened on them."""
        back = np.where(np.isfinite(ago), ago, 0).astype("timedelta64[D]")
        return np.asarray((np.datetime64(self.today) - back).astype(str), dtype=object)


def look(history: History, standing: Standing, silence_limit: float) -> Sight:
    """Read what can be seen of some customers at the history's instant: one pass over each table."""
    filled = build.tables_with_rows(history)
    everybody = ibis.memtable(pa.table({"customer_id": standing.customers}))
    columns: dict[str, np.ndarray] = {}
    for table, seen in SEEN.items():
        if table in filled:
            rows = everybody.left_join(seen(history), "customer_id").drop("customer_id_right")
            columns |= _arrays(history.lake.read(rows.order_by("customer_id")))
    today = reference_day(history.as_of, history.zone)
    return Sight(standing, columns, today, silence_limit, filled)


def _arrays(table: pa.Table) -> dict[str, np.ndarray]:
    return {
        name: pc.utf8_slice_codeunits(table[name], STAMP).to_numpy()
        if name.endswith(KEY)
        else table[name].cast(pa.float64()).to_numpy()
        for name in table.column_names
        if name != "customer_id"
    }
