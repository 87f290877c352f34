"""Everything taken before an instant: what each customer took, how regularly, and what is in fashion."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tenure.models.base import Indices, Vector
from tenure.models.recommend.interactions import Interactions
from tenure.models.recommend.ranker import Rows

TREND_WINDOWS = (1.0, 0.25)  # of the horizon: what sells lately, and what sells just now
TREND_PRIOR = 5.0  # customers who are added to both sides of a trend, so that few say little
REPEAT_PRIOR = 20.0  # customers of the average item who are added before an item's own repeat share counts
GAP_PRIOR = 3.0  # usual gaps that are added to an item's own


@dataclass(frozen=True)
class Past:
    """An entry for each customer and item, customers one after the other, and what the entries say of the items.

    ``times`` counts days; ``trend`` is how much more customers took an item lately than its share of all, in logs.
    """

    now: float
    horizon: float
    starts: Indices
    item: Indices
    strength: Vector
    times: Vector
    first: Vector
    last: Vector
    active_days: Vector
    takers: Vector
    trend: NDArray[np.float64]
    repeat: Vector
    gap: Vector

    @classmethod
    def of(cls, taken: Interactions, now: float, horizon: float) -> Self:
        """Summarise interactions that all happened before ``now``; without times there is neither rhythm nor trend."""
        if not taken.timed:
            now, horizon = 0.0, 1.0
        when = taken.day if taken.timed else np.zeros(len(taken))
        customers, items = len(taken.customers), len(taken.items)
        order = np.lexsort((when, taken.customer * items + taken.item))
        pair, day = (taken.customer * items + taken.item)[order], when[order]
        opening = np.flatnonzero(np.diff(pair, prepend=-1))
        ending = np.append(opening[1:], len(pair)) - 1 if len(pair) else opening
        fresh = np.append(True, (np.diff(pair) != 0) | (np.diff(np.floor(day)) != 0))[: len(pair)]
        weight = None if taken.weight is None else np.add.reduceat(taken.weight[order], opening)
        kept = np.ones(len(opening), dtype=bool) if weight is None else weight > 0
        customer, item = np.divmod(pair[opening[kept]], max(items, 1))
        entries = _Entries(
            customer, item, _sums(fresh, opening)[kept], day[opening[kept]], day[ending[kept]], now, items
        )
        return cls(
            now=now,
            horizon=horizon,
            starts=np.searchsorted(customer, np.arange(customers + 1)),
            item=item,
            strength=np.ones(len(item)) if weight is None else np.log2(1 + weight[kept]),
            times=entries.times,
            first=entries.first,
            last=entries.last,
            active_days=_active_days(taken.customer, when, customers),
            takers=np.bincount(item, minlength=items).astype(np.float64),
            trend=np.stack([_trend(entries, share * horizon) for share in TREND_WINDOWS], axis=1),
            repeat=_repeat_share(entries),
            gap=_usual_gap(entries, horizon),
        )

    @property
    def customers(self) -> int:
        """The number of customers."""
        return len(self.starts) - 1

    def rows(self, customers: Indices) -> Rows:
        """Return what customers took as a sparse matrix; place −1 is somebody who took nothing."""
        return self._matrix(self.strength)[customers]

    def everybody(self) -> Rows:
        """Return what all customers took."""
        return self._matrix(self.strength)[: self.customers]

    def entries(self, customers: Indices) -> tuple[Indices, Indices]:
        """Return the entries of customers: which of the given ones each belongs to, and where it stands."""
        found = self._matrix(np.arange(len(self.item)))[customers]
        return np.repeat(np.arange(len(customers)), np.diff(found.indptr)), np.asarray(found.data, dtype=np.int64)

    def entry_of(self, customers: Indices, items: Indices) -> Indices:
        """Return where the entry of each customer and item stands; both must be there."""
        owner = np.repeat(np.arange(self.customers), np.diff(self.starts))
        width = len(self.takers)
        return np.asarray(np.searchsorted(owner * width + self.item, customers * width + items))

    def silence(self, customers: Indices) -> Vector:
        """Return the days since each customer last took anything; the horizon for those who never did."""
        latest = np.full(self.customers + 1, self.now - self.horizon)
        some = np.flatnonzero(np.diff(self.starts))
        if len(some):
            latest[some] = np.maximum.reduceat(self.last, self.starts[some])
        return np.asarray(self.now - latest[customers])

    def _matrix(self, values: NDArray[np.generic]) -> Rows:
        shape = (self.customers + 1, len(self.takers))  # one more, for those who took nothing
        return sparse.csr_array((values, self.item, np.append(self.starts, self.starts[-1])), shape=shape)


@dataclass(frozen=True)
class _Entries:
    customer: Indices
    item: Indices
    times: Vector
    first: Vector
    last: Vector
    now: float
    items: int

    def per_item(self, values: NDArray[np.generic]) -> Vector:
        return np.asarray(np.bincount(self.item, weights=values.astype(np.float64), minlength=self.items))


def _sums(flags: NDArray[np.bool_], opening: Indices) -> Vector:
    return np.add.reduceat(flags.astype(np.float64), opening) if len(opening) else np.empty(0)


def _active_days(customer: Indices, day: Vector, customers: int) -> Vector:
    """Count the days on which each customer took anything."""
    whole = np.floor(day).astype(np.int64)
    low = whole.min(initial=0)
    span = int(whole.max(initial=0) - low) + 1
    owners = np.unique(customer * span + whole - low) // span
    return np.asarray(np.bincount(owners, minlength=customers), dtype=np.float64)


def _trend(entries: _Entries, window: float) -> Vector:
    recent = entries.per_item(entries.last >= entries.now - window)
    takers = entries.per_item(np.ones(len(entries.item)))
    expected = takers * recent.sum() / max(takers.sum(), 1.0)
    return np.asarray(np.log((recent + TREND_PRIOR) / (expected + TREND_PRIOR)))


def _repeat_share(entries: _Entries) -> Vector:
    """Return the share of each item's customers who took it on more than one day, drawn towards that of all items."""
    again, takers = entries.per_item(entries.times > 1), entries.per_item(np.ones(len(entries.item)))
    usual = (again.sum() + 0.5) / (takers.sum() + 1.0)
    return np.asarray((again + REPEAT_PRIOR * usual) / (takers + REPEAT_PRIOR))


def _usual_gap(entries: _Entries, horizon: float) -> Vector:
    """Return the usual days between two times the same customer takes an item, drawn towards that of all items."""
    span, gaps = entries.per_item(entries.last - entries.first), entries.per_item(entries.times - 1)
    usual = (span.sum() + horizon) / (gaps.sum() + 1.0)
    return np.asarray((span + GAP_PRIOR * usual) / (gaps + GAP_PRIOR))
