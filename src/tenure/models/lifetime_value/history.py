"""What a purchase-count model needs to know about customers: how often, how recently, how long watched, how much."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tenure.kit.i18n import Text
from tenure.models.base import UnusableInput, Vector, same_length, vector


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

    def orders(self) -> tuple[Vector, Vector, Vector]:
        """Return (frequency, recency, T), the part that order models read."""
        return self.frequency, self.recency, self.T

    def __len__(self) -> int:
        return len(self.frequency)


def history_from_orders(customer: ArrayLike, time: ArrayLike, amount: ArrayLike, end: float) -> CustomerHistory:
    """Summarise orders up to and including ``end``, one row per customer in ascending order of customer.

    Orders of one customer at the same ``time`` are one order, so pass whole days to count customer-days.
    """
    at, paid = np.asarray(time, dtype=np.float64), np.asarray(amount, dtype=np.float64)
    seen = at <= end
    _, code = np.unique(np.asarray(customer)[seen], return_inverse=True)
    order = np.lexsort((at[seen], code))
    code, at, paid = code[order], at[seen][order], paid[seen][order]
    starts = np.append(True, (np.diff(code) != 0) | (np.diff(at) != 0))[: len(code)]
    spend = np.add.reduceat(paid, np.flatnonzero(starts)) if len(code) else paid
    code, at = code[starts], at[starts]
    opening = np.append(True, np.diff(code) != 0)[: len(code)]
    first, last = at[opening], at[np.append(opening[1:], True)[: len(code)]]
    count = len(first)
    frequency = np.bincount(code, minlength=count).astype(np.float64) - 1.0
    repeat_spend = np.bincount(code[~opening], weights=spend[~opening], minlength=count)
    gaps = np.log(np.diff(at)[~opening[1:]])
    return CustomerHistory(
        frequency=frequency,
        recency=last - first,
        T=end - first,
        monetary_value=np.maximum(np.where(frequency > 0, repeat_spend / np.maximum(frequency, 1), 0.0), 0.0),
        log_gaps=np.bincount(code[~opening], weights=gaps, minlength=count).astype(np.float64),
    )


def checked_orders(frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> tuple[Vector, Vector, Vector]:
    """Return (frequency, recency, T) as arrays, or raise ``UnusableInput`` when no customer could have such a past."""
    x, tx, age = vector("frequency", frequency), vector("recency", recency), vector("T", T)
    same_length(frequency=x, recency=tx, T=age)
    if np.any(tx > age * (1 + 1e-12)) or np.any((x == 0) & (tx > 0)):
        raise UnusableInput(_IMPOSSIBLE)
    return x, tx, age


_IMPOSSIBLE = Text(
    "recency may not exceed T, and must be zero for customers without a repeat order.",
    "recency 不得大于 T；没有复购的客户 recency 必须为零。",
)
