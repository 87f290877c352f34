"""The predictions page: how good the model is, what it found, and how the value is spread."""

import numpy as np
import pyarrow.compute as pc

from tenure.kit.i18n import Text
from tenure.risk import reasons
from tenure.risk.scored import Scored
from tenure.risk.teaching.taught import Taught
from tenure.risk.tiers import TIERS

BINS = 20
Json = dict[str, object]


def predictions(scored: Scored, taught: Taught, notes: tuple[Text, ...], facts: Json) -> Json:
    """Return the page as JSON; ``facts`` are the model's name, version, when it was trained and on which snapshot."""
    return {
        "model": {**facts, "champion": taught.model is not None, "notes": [vars(n) for n in (*notes, *taught.notes)]},
        "test": taught.exam,
        "risk_histogram": _histogram(scored.risk.probability),
        "tiers": _tiers(scored),
        "value_by_tier": _tiers(scored),
        "factors": _factors(scored),
        "value_model": {
            "params": scored.outlook.params,
            "log_likelihood": scored.outlook.log_likelihood,
            "notes": [vars(note) for note in scored.outlook.notes],
            "contests": [one.told() for one in scored.outlook.contests],
        },
        "totals": _totals(scored),
    }


def _histogram(probability: np.ndarray) -> list[Json]:
    counts, edges = np.histogram(probability[np.isfinite(probability)], bins=BINS, range=(0.0, 1.0))
    return [
        {"low": round(float(edges[n]), 4), "high": round(float(edges[n + 1]), 4), "customers": int(count)}
        for n, count in enumerate(counts)
    ]


def _tiers(scored: Scored) -> list[Json]:
    value = scored.outlook.value[365]
    total = float(np.nansum(value))
    rows = []
    for tier in TIERS:
        inside = pc.fill_null(pc.equal(scored.tier, tier), False).to_numpy(zero_copy_only=False)
        worth = float(np.nansum(value[inside]))
        share = worth / total if total > 0 else 0.0
        rows.append({"tier": tier, "customers": int(inside.sum()), "value_365": worth, "share": share})
    return rows


def _factors(scored: Scored) -> list[Json]:
    found = reasons.importance(scored.risk)
    return [{"factor": f.name, "label": vars(f.label), "importance": size} for f, size in found if size > 0]


def _totals(scored: Scored) -> Json:
    totals = scored.outlook.totals
    if not totals:
        return {"expected_orders_90": 0.0, "value_90": 0.0, "value_365": 0.0, "low": 0.0, "high": 0.0}
    orders, value = totals[90]
    year = totals[365][1]
    return {
        "expected_orders_90": orders.expected,
        "value_90": value.expected,
        "value_365": year.expected,
        "low": year.low,
        "high": year.high,
    }
