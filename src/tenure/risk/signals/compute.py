"""Finds every signal for everybody at once, and words it with the customer's own numbers."""

from collections.abc import Mapping
from datetime import datetime

import numpy as np
import pyarrow as pa

from tenure.risk.phrases import speak
from tenure.risk.signals.catalog import CATALOG
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal

RAISED = pa.schema(
    [
        ("customer_id", pa.string()),
        ("signal", pa.string()),
        ("evidence", pa.string()),
        ("since", pa.timestamp("us")),
        ("fresh", pa.bool_()),
        ("en", pa.string()),
        ("zh", pa.string()),
        ("label", pa.string()),
        ("step", pa.string()),
    ]
)


def find(sight: Sight, thresholds: Mapping[str, float]) -> dict[str, Found]:
    """Return what every signal with a threshold here finds; one whose tables hold nothing finds nothing."""
    return {
        name: CATALOG[name].find(sight, level)
        for name, level in thresholds.items()
        if name in CATALOG and set(CATALOG[name].reads) <= sight.tables
    }


def told(sight: Sight, found: Mapping[str, Found], as_of: datetime, currency: str) -> pa.Table:
    """Return one row per customer and signal that speaks, with the sentence in both languages; ``fresh`` ones are raised."""
    parts = [_rows(sight, CATALOG[name], one, as_of, currency) for name, one in found.items() if one.lasting.any()]
    return pa.concat_tables(parts) if parts else RAISED.empty_table()


def standard() -> dict[str, float]:
    """Return every signal's own threshold."""
    return {name: signal.threshold.value for name, signal in CATALOG.items()}


def _rows(sight: Sight, signal: Signal, found: Found, as_of: datetime, currency: str) -> pa.Table:
    rows = np.flatnonzero(found.lasting)
    numbers = {name: values[rows] for name, values in found.numbers.items()}
    spoken = speak(signal.sentences, numbers, currency)
    since = np.datetime64(as_of, "us") - (found.since[rows] * 86_400_000_000).astype("timedelta64[us]")
    evidence = (
        pa.nulls(len(rows), pa.string()) if found.evidence is None else pa.array(found.evidence[rows], pa.string())
    )
    return pa.table(
        {
            "customer_id": sight.standing.customers.take(pa.array(rows)),
            "signal": pa.repeat(signal.name, len(rows)),
            "evidence": evidence,
            "since": pa.array(since, pa.timestamp("us")),
            "fresh": pa.array(found.raised[rows]),
            "en": spoken["en"],
            "zh": spoken["zh"],
            "label": pa.nulls(len(rows), pa.string()),
            "step": pa.nulls(len(rows), pa.string()),
        },
        schema=RAISED,
    )
