"""What a purchase-count model needs to know about customers: how often, how recently, how long watched, how much."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tenure.models.base import Vector, same_length, vector


@dataclass(frozen=True)
class CustomerHistory:
    """One row per customer, in any unit of time as long as it is one unit.

    ``frequency`` repeat orders (orders after the first), ``recency`` time from first to last order, ``T`` time from
    first order to the end of observation, ``monetary_value`` mean spend of the repeat orders (0 when there is none),
    ``log_gaps`` sum of the logarithms of the gaps between orders, optional: it tells regular buyers from erratic ones.
    """

    frequency: Vector
    recency: Vector
    T: Vector
    monetary_value: Vector
    log_gaps: Vector | None = None

    def __post_init__(self) -> None:
        for name in ("frequency", "recency", "T", "monetary_value"):
            object.__setattr__(self, name, vector(name, getattr(self, name)))
        same_length(frequency=self.frequency, recency=self.recency, T=self.T, monetary_value=self.monetary_value)

    def __len__(self) -> int:
        return len(self.frequency)


def history_from_orders(customer: ArrayLike, time: ArrayLike, amount: ArrayLike, end: float) -> CustomerHistory:
    """Summarise orders up to and including ``end``, one row per customer in ascending order of customer.

    Orders of one customer at the same ``time`` are one order, so pass whole days to count customer-days.
    """
    customer, time, amount = np.asarray(customer), np.asarray(time, dtype=float), np.asarray(amount, dtype=float)
    seen = time <= end
    _, code = np.unique(customer[seen], return_inverse=True)
    order = np.lexsort((time[seen], code))
    code, time, amount = code[order], time[seen][order], amount[seen][order]
    starts = np.append(True, (np.diff(code) != 0) | (np.diff(time) != 0))[: len(code)]
    spend = np.add.reduceat(amount, np.flatnonzero(starts)) if len(code) else amount
    code, time = code[starts], time[starts]
    opening = np.append(True, np.diff(code) != 0)[: len(code)]
    first, last = time[opening], time[np.append(opening[1:], True)[: len(code)]]
    count = len(first)
    frequency = np.bincount(code, minlength=count) - 1.0
    repeat_spend = np.bincount(code[~opening], weights=spend[~opening], minlength=count)
    gaps = np.log(np.diff(time)[~opening[1:]])
    return CustomerHistory(
        frequency=frequency,
        recency=last - first,
        T=end - first,
        monetary_value=np.maximum(np.where(frequency > 0, repeat_spend / np.maximum(frequency, 1), 0.0), 0.0),
        log_gaps=np.bincount(code[~opening], weights=gaps, minlength=count),
    )
