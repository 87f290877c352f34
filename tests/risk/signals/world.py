"""Made-up customers who never change, or stop on a known day, as a signal sees them: no lake, only arrays."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from tenure.risk.signals.seen import BEFORE, CONTACT_DAYS, MONTH, RECENT, YEAR
from tenure.risk.signals.sight import Sight, Standing

TODAY = date(2025, 6, 30)


@dataclass(frozen=True)
class Happenings:
    """Days on which something happened to customers, once per customer and day, in order of customer and day."""

    who: np.ndarray
    day: np.ndarray
    size: int

    @classmethod
    def of(cls, who: np.ndarray, moment: np.ndarray, size: int) -> "Happenings":
        """Bring moments to whole days, each once."""
        pairs = np.unique(np.column_stack([who, np.floor(moment).astype(np.int64)]), axis=0)
        return cls(pairs[:, 0], pairs[:, 1], size)

    def ago(self, now: int) -> tuple[np.ndarray, np.ndarray]:
        """Return customers and days ago of what happened by the end of a day."""
        seen = self.day <= now
        return self.who[seen], now - self.day[seen]

    def count(self, now: int, low: int, high: int) -> np.ndarray:
        """Count what happened from ``low`` up to, not including, ``high`` days ago."""
        who, ago = self.ago(now)
        return np.bincount(who[(ago >= low) & (ago < high)], minlength=self.size).astype(float)

    def extremes(self, now: int) -> tuple[np.ndarray, np.ndarray]:
        """Return days since the first and the last; NaN for who has none."""
        who, ago = self.ago(now)
        first, last = np.full(self.size, -np.inf), np.full(self.size, np.inf)
        np.maximum.at(first, who, ago)
        np.minimum.at(last, who, ago)
        return np.where(np.isfinite(first), first, np.nan), np.where(np.isfinite(last), last, np.nan)


def renewals(rng: np.random.Generator, rates: np.ndarray, days: int, shape: float = 1.0) -> Happenings:
    """Draw what happens at each customer's own rate, in gaps of one shape, long in progress when the days begin."""
    most = int(np.max(rates) * days * 2 + 60 / shape)
    gaps = rng.gamma(shape, 1 / (shape * rates[:, None]), (len(rates), most))
    moments = np.cumsum(gaps, axis=1) - gaps[:, :1] * rng.random((len(rates), 1))
    who = np.repeat(np.arange(len(rates)), most).reshape(moments.shape)
    inside = (moments >= 0) & (moments < days)
    return Happenings.of(who[inside], moments[inside], len(rates))


def bought(found: Happenings, now: int) -> dict[str, np.ndarray]:
    """Return the columns of purchases at the end of a day."""
    who, ago = found.ago(now)
    first, last = found.extremes(now)
    gaps = -np.diff(ago)
    same = np.diff(who) == 0
    squares = np.bincount(who[1:][same], (gaps[same] - 0.5) ** 2, minlength=found.size)
    return {
        "purchases": found.count(now, 0, 100_000),
        "first_purchase": first,
        "last_purchase": last,
        "gap_squares": squares,
        "bought_90": found.count(now, 0, 90),
        "bought_180": found.count(now, 0, 180),
        "bought_before": found.count(now, 90, 90 + YEAR),
        "bought_long_before": found.count(now, 180, 90 + YEAR),
    }


def visited(found: Happenings, lengths: np.ndarray, now: int) -> dict[str, np.ndarray]:
    """Return the columns of visits at the end of a day; ``lengths`` are the logarithms of seconds, one per visit day."""
    seen = found.day <= now
    first, last = found.extremes(now)
    columns = {
        "first_visit": first,
        "last_visit": last,
        "visits_7": found.count(now, 0, 7),
        "visits_recent": found.count(now, 0, RECENT),
        "visits_middle": found.count(now, RECENT, 2 * RECENT),
        "visits_before": found.count(now, RECENT, RECENT + BEFORE),
        "visits_long_before": found.count(now, 2 * RECENT, RECENT + BEFORE),
    }
    ago = now - found.day[seen]
    for name, low, high in (("recent", 0, RECENT), ("before", RECENT, RECENT + BEFORE)):
        rows = (ago >= low) & (ago < high)
        who, values = found.who[seen][rows], lengths[seen][rows]
        count = np.bincount(who, minlength=found.size).astype(float)
        some = np.where(count > 0, count, np.nan)
        columns[f"lengths_{name}"] = count
        columns[f"length_{name}"] = np.bincount(who, values, minlength=found.size) / some
        columns[f"length_square_{name}"] = np.bincount(who, values**2, minlength=found.size) / some
    return columns


def returned(found: Happenings, back: np.ndarray, now: int) -> dict[str, np.ndarray]:
    """Return the columns of returns at the end of a day; ``back`` says which purchases were sent back the same day."""
    seen = found.day <= now
    sent = Happenings(found.who[seen & back], found.day[seen & back], found.size)
    return {
        "sales_30": found.count(now, 0, MONTH),
        "sales_before": found.count(now, MONTH, MONTH + YEAR),
        "returns_30": sent.count(now, 0, MONTH),
        "returns_before": sent.count(now, MONTH, MONTH + YEAR),
        "last_return": sent.extremes(now)[1],
    }


def written(sent: Happenings, opened: np.ndarray, now: int) -> dict[str, np.ndarray]:
    """Return the columns of messages at the end of a day; ``opened`` says which were opened, on the day they came."""
    seen = sent.day <= now
    looked = Happenings(sent.who[seen & opened], sent.day[seen & opened], sent.size)
    return {
        "sent_recent": sent.count(now, 0, CONTACT_DAYS),
        "sent_before": sent.count(now, CONTACT_DAYS, 100_000),
        "opened_recent": looked.count(now, 0, CONTACT_DAYS),
        "opened_before": looked.count(now, CONTACT_DAYS, 100_000),
        "last_reaction": looked.extremes(now)[1],
        "last_contact": sent.extremes(now)[1],
    }


def sight(columns: dict[str, np.ndarray], size: int, tables: frozenset[str]) -> Sight:
    """Return what is seen of customers of whom these columns are known."""
    customers = pa.array([f"c{number:06}" for number in range(size)])
    nothing = np.full(size, np.nan)
    standing = Standing(customers, np.full(size, None, dtype=object), nothing, nothing)
    return Sight(standing, columns, TODAY, 90.0, tables)
