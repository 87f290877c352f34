"""Whom to call today: those in more danger than most, by what would be lost with them."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tenure.risk.scored import Scored

MOST_CANDIDATES = 2_000  # nobody calls more in a day, and the list is made anew every day


def candidates(scored: Scored) -> Iterator[pa.RecordBatch]:
    """Yield the candidates in order: probability of leaving times what they are worth in the next year.

    Only customers in more danger than the average active one are worth a call about leaving; where nothing is known
    of their value, danger alone gives the order.
    """
    risk, value = scored.risk.probability, scored.value_at_stake
    loss = np.where(np.isfinite(value), risk * value, np.nan)
    weight = loss if np.isfinite(loss).any() else risk
    left = scored.facts["left"].to_numpy()
    in_danger = ~left & np.isfinite(risk) & (risk >= scored.risk.base_rate) & np.isfinite(weight) & (weight > 0)
    rows = np.flatnonzero(in_danger)
    rows = rows[np.argsort(-weight[rows], kind="stable")][:MOST_CANDIDATES]
    if not len(rows):
        return
    take = pa.array(rows)
    reasons = scored.reasons.taken(rows)
    suggestion = reasons.suggestions()
    yield pa.record_batch(
        {
            "customer_id": scored.customers.take(take),
            "rank": pa.array(np.arange(1, len(rows) + 1)),
            "tier": scored.tier.take(take),
            "churn_risk": pa.array(risk[rows]),
            "value_at_stake": _known(value[rows]),
            "expected_loss": _known(loss[rows]),
            "reasons": reasons.texts_as_json(),
            "suggestion": _text_json(suggestion["en"], suggestion["zh"]),
            "last_order_at": scored.facts["last_order_at"].combine_chunks().take(take),
        }
    )


def _known(values: np.ndarray) -> pa.Array:
    return pa.array(values, mask=~np.isfinite(values))


def _text_json(en: pa.Array, zh: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise('{"en":"', en, '","zh":"', zh, '"}', "")
