"""What is seen of each buyer at a day: how often, how lately, how regularly and for how much they bought.

All in the shop's own time, which runs with the season: ten days of silence before Christmas are long, in summer they
are nothing. What is learned from one time of the year then holds in another.
"""

import numpy as np
from numpy.typing import NDArray

from tenure.models.base import Vector
from tenure.models.purchase_forecast.buyers import Buyers
from tenure.models.purchase_forecast.plain import Answer
from tenure.models.purchase_forecast.season import Clock

Matrix = NDArray[np.float64]
WINDOWS = (14, 30, 60, 90, 180, 365)

# what the steady line reads; the trees read everything
STEADY = (
    "expected", "chance", "frequency", "silence", "age", "silence_share", "rate", "bought_30", "bought_90",
    "mean_paid", "first_paid", "last_paid", "spend_expected", "gap_spread", "silence_in_gaps", "silence_in_last_gap",
    "late_share", "returned_share",
)  # fmt: skip


def traits(buyers: Buyers, clock: Clock, ordinary: Answer) -> dict[str, Vector]:
    """Return the traits of every buyer by name; NaN where one cannot be known, as a gap before the second purchase.

    ``ordinary`` is what the plain model expects of a time without season.
    """
    columns = {
        "expected": np.log(ordinary.orders),
        "chance": np.log(ordinary.chance) - np.log1p(-ordinary.chance),
        "spend_expected": np.log(np.maximum(ordinary.each, 1e-9)),
        **_counts(buyers, clock),
        **_rhythm(buyers, clock),
        **_money(buyers),
    }
    return {name: column.astype(np.float64) for name, column in columns.items()}


def matrix(columns: dict[str, Vector], names: tuple[str, ...]) -> Matrix:
    """Return some traits side by side."""
    return np.column_stack([columns[name] for name in names])


def _counts(buyers: Buyers, clock: Clock) -> dict[str, Vector]:
    now = clock.at(buyers.as_of - 1)
    begun, watched = clock.at(buyers.first), float(now - clock.at(buyers.opened))
    silence, age = now - clock.at(buyers.last) + 1, now - begun + 1
    late = buyers.sums((clock.at(buyers.day) >= (begun + age / 2)[buyers.row]).astype(np.float64))
    columns = {
        "frequency": np.log(buyers.count),
        "silence": np.log(silence),
        "age": np.log(age),
        "silence_share": silence / age,
        "rate": np.log(buyers.count / (age + 30)),
        "late_share": np.where(buyers.count > 1, late / buyers.count, np.nan),
    }
    for days in WINDOWS:
        known = days < watched
        columns[f"bought_{days}"] = np.log1p(buyers.since(clock.day_at(now - days))) if known else _unknown(buyers)
    return columns


def _rhythm(buyers: Buyers, clock: Clock) -> dict[str, Vector]:
    """Gaps in the shop's own time, and the present silence as a multiple of the usual, last and longest gap."""
    at = clock.at(buyers.day)
    gap = np.diff(at, prepend=at[:1])
    gap[buyers.starts] = 0.0
    some, more = buyers.count > 1, buyers.count > 2
    gaps = np.maximum(buyers.count - 1, 1)
    mean = buyers.sums(gap) / gaps
    spread = np.sqrt(np.maximum(buyers.sums(gap**2) / gaps - mean**2, 0.0))
    silence = clock.at(buyers.as_of - 1) - at[buyers.ends] + 1
    longest = np.maximum.reduceat(gap, buyers.starts) if len(buyers) else gap
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "gap": np.where(some, np.log(mean), np.nan),
            "last_gap": np.where(some, np.log(gap[buyers.ends]), np.nan),
            "gap_spread": np.where(more, spread / mean, np.nan),
            "silence_in_gaps": np.where(some, np.log(silence / mean), np.nan),
            "silence_in_last_gap": np.where(some, np.log(silence / gap[buyers.ends]), np.nan),
            "silence_in_longest_gap": np.where(some, np.log(silence / longest), np.nan),
        }


def _money(buyers: Buyers) -> dict[str, Vector]:
    mean = buyers.spent / buyers.count
    first, last = buyers.paid[buyers.starts], buyers.paid[buyers.ends]
    return {
        "mean_paid": np.log1p(mean),
        "first_paid": np.log1p(first),
        "last_paid": np.log1p(last),
        "spent": np.log1p(buyers.spent),
        "last_to_mean_paid": np.log1p(last) - np.log1p(mean),
        "returned_share": 1 - buyers.kept,
    }


def _unknown(buyers: Buyers) -> Vector:
    return np.full(len(buyers), np.nan)
