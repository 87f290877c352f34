"""Value tiers: the few customers most of the future depends on are A, the next B, the rest C."""

import numpy as np
import pyarrow as pa

from tenure.directory.workspace.service import TierCutoffs

TIERS = ("A", "B", "C")


def tiers(value: np.ndarray, cutoffs: TierCutoffs) -> pa.Array:
    """Return A, B or C by predicted value; equal values share a tier, unknown values have none.

    A is the best ``a_share`` of customers (at least one of them), B the next ``b_share``. Those who tie on a border
    go to the lower tier together; customers worth nothing are always C.
    """
    known = np.isfinite(value)
    places = np.full(len(value), len(TIERS) - 1)
    total = int(known.sum())
    if total:
        ordered = np.sort(value[known])
        at_least = total - np.searchsorted(ordered, value, side="left")
        places[at_least <= np.ceil(total * (cutoffs.a_share + cutoffs.b_share))] = 1
        places[at_least <= np.ceil(total * cutoffs.a_share)] = 0
        places[value <= 0] = len(TIERS) - 1
    return pa.array([*TIERS]).take(pa.array(places, mask=~known))
