"""What the lake tells of some customers as of an instant: what they bought until then, and their points."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import ibis

from tenure.warehouse import glossary
from tenure.warehouse.history import History

Told = Mapping[str, Mapping[str, object]]


def orders(history: History, ids: Sequence[str]) -> Told:
    """Return orders, spend, first, latest and usual gap of customers, as they stood at a history's instant."""
    bought = glossary.purchases(history)
    bought = bought.filter(bought.customer_id.isin(list(ids)))
    sums = bought.group_by("customer_id").aggregate(
        count=bought.count(),
        spend=bought.amount.sum(),
        first_at=bought.ordered_at.min(),
        last_at=bought.ordered_at.max(),
    )
    gaps = glossary.purchase_gaps(history)
    gaps = gaps.filter(gaps.customer_id.isin(list(ids)))
    usual = gaps.group_by("customer_id").aggregate(usual_gap_days=gaps.days.median())
    rows = history.lake.read(sums.left_join(usual, "customer_id").drop("customer_id_right")).to_pylist()
    return {row.pop("customer_id"): {name: _aware(value) for name, value in row.items()} for row in rows}


def points(history: History, ids: Sequence[str]) -> Mapping[str, float]:
    """Return the points customers had in hand at a history's instant; of whom has no entry, nothing."""
    entries = history.table("points")
    entries = entries.filter(entries.customer_id.isin(list(ids)))
    found = history.lake.read(entries.group_by("customer_id").aggregate(balance=ibis._.points.sum())).to_pylist()
    return {row["customer_id"]: row["balance"] for row in found if row["balance"] is not None}


def _aware(value: object) -> object:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
