"""Recency, frequency and money, each from 1 to 5: where a customer stands among all who bought."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

CLASSES = 5


def fifths(values: np.ndarray, *, low_is_good: bool = False) -> np.ndarray:
    """Return 1 … 5 by the share of others that do worse; equal values get equal scores, unknown ones 0."""
    scores = np.zeros(len(values), dtype=np.int64)
    known = np.isfinite(values)
    if not known.any():
        return scores
    goodness = -values[known] if low_is_good else values[known]
    ordered = np.sort(goodness)
    worse = np.searchsorted(ordered, goodness, side="left")
    equal = np.searchsorted(ordered, goodness, side="right") - worse
    share = (worse + equal / 2) / len(ordered)
    scores[known] = 1 + np.minimum((share * CLASSES).astype(np.int64), CLASSES - 1)
    return scores


def rfm(days_since_purchase: np.ndarray, purchases: np.ndarray, revenue: np.ndarray) -> pa.Array:
    """Return the three scores as one word such as "545"; null for customers who never bought."""
    bought = np.isfinite(days_since_purchase) & (purchases > 0)
    digits = [
        fifths(np.where(bought, days_since_purchase, np.nan), low_is_good=True),
        fifths(np.where(bought, purchases, np.nan)),
        fifths(np.where(bought, revenue, np.nan)),
    ]
    words = pc.binary_join_element_wise(*[pa.array(digit).cast(pa.string()) for digit in digits], "")
    return pc.if_else(pa.array(bought), words, pa.scalar(None, pa.string()))
