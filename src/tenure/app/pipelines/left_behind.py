"""Features and scores as files of columns, exact to the last bit, for whoever takes a refresh up again."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa

from tenure.features.build import FeatureTable
from tenure.features.feature import Feature
from tenure.kit.i18n import Text
from tenure.models import store
from tenure.models.lifetime_value.value import Total
from tenure.models.purchase_forecast.forecast import PurchaseForecast
from tenure.models.purchase_forecast.judge import Comparison
from tenure.risk import estimate, scoring
from tenure.risk.contest import Contest
from tenure.risk.outlook import Outlook
from tenure.risk.risk_estimate import RiskEstimate
from tenure.risk.scored import Made, Scored
from tenure.risk.teaching.taught import Taught

ID, WORD = "customer_id", "word "
BOUNDS = ("orders", "value", "low", "high")
SAID = b"said"


def write_features(features: FeatureTable, path: Path) -> None:
    """Write a feature table."""
    words = {f"{WORD}{name}": column for name, column in features.words.items()}
    _write({ID: features.customers, **features.columns, **words}, {}, path)


def read_features(path: Path, own: tuple[Feature, ...]) -> FeatureTable:
    """Read a feature table, ``own`` being those the catalog does not know; its numbers are mapped, not copied."""
    columns, _ = _read(path)
    customers = columns.pop(ID)
    words = {name.removeprefix(WORD): column for name, column in columns.items() if name.startswith(WORD)}
    numbers = {name: _numbers(column) for name, column in columns.items() if not name.startswith(WORD)}
    return FeatureTable(customers, numbers, words, own)


def write_scored(scored: Scored, path: Path) -> None:
    """Write everything scores are made of, but the features they were made from."""
    risk, outlook = scored.risk, scored.outlook
    columns: dict[str, object] = {
        **{name: getattr(risk, name) for name in ("probability", "low", "high", "base")},
        **{f"effect {n}": risk.effects[:, n] for n in range(risk.effects.shape[1])},
        **{f"{part} {days}": array for part in BOUNDS for days, array in getattr(outlook, part).items()},
        "chance_90": outlook.chance_90,
        "next_order": outlook.next_order,
        "next_order_days": outlook.next_order_days,
        "tier": scored.tier,
        "rfm": scored.rfm,
        **{f"fact {name}": scored.facts[name] for name in scored.facts.column_names},
    }
    said = {
        "base_rate": risk.base_rate,
        "risk_model": asdict(scored.risk_model),
        "value_model": asdict(scored.value_model),
        "totals": {str(days): [asdict(total) for total in both] for days, both in outlook.totals.items()},
        "horizons": list(outlook.value),
        "params": outlook.params,
        "log_likelihood": outlook.log_likelihood,
        "version": outlook.version,
        "notes": [vars(note) for note in outlook.notes],
        "contests": [_contest(one) for one in outlook.contests],
    }
    _write(columns, said, path)


def read_scored(path: Path, features: FeatureTable, taught: Taught, currency: str) -> Scored:
    """Read scores made from these features by this model; their reasons are worded anew from the same effects."""
    columns, said = _read(path)
    factors = estimate.factors_told(taught, features)
    plain = {name: _numbers(columns[name]) for name in ("probability", "low", "high", "base")}
    effects = np.column_stack([_numbers(columns[f"effect {n}"]) for n in range(len(factors))])
    risk = RiskEstimate(
        plain["probability"], plain["low"], plain["high"], effects, plain["base"], said["base_rate"], factors
    )
    bounds = {part: {days: _numbers(columns[f"{part} {days}"]) for days in said["horizons"]} for part in BOUNDS}
    totals = {int(days): (Total(**both[0]), Total(**both[1])) for days, both in said["totals"].items()}
    outlook = Outlook(
        **bounds,
        chance_90=_numbers(columns["chance_90"]),
        next_order=columns["next_order"].to_numpy(zero_copy_only=False).astype("datetime64[D]"),
        next_order_days=_numbers(columns["next_order_days"]),
        totals=totals,
        params=said["params"],
        log_likelihood=said["log_likelihood"],
        version=said["version"],
        notes=tuple(Text(**note) for note in said["notes"]),
        contests=tuple(_contest_of(one) for one in said["contests"]),
    )
    facts = {name.removeprefix("fact "): column for name, column in columns.items() if name.startswith("fact ")}
    made = Made(**said["risk_model"]), Made(**said["value_model"])
    told = (columns["tier"], columns["rfm"])
    return scoring.put_together(features, pa.table(facts), (risk, outlook), made, told, (currency, {}))


def _contest(found: Contest) -> dict[str, object]:
    fitted = None if found.forecast is None else store.dump(found.forecast)
    return {**vars(found), "forecast": fitted, "rows": [vars(row) for row in found.rows]}


def _contest_of(told: dict[str, Any]) -> Contest:
    fitted = None if told["forecast"] is None else cast(PurchaseForecast, store.load(told["forecast"]))
    return Contest(**{**told, "forecast": fitted, "rows": tuple(Comparison(**row) for row in told["rows"])})


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(type(value).__name__)


def _write(columns: Mapping[str, object], said: Mapping[str, object], path: Path) -> None:
    arrays = {name: _array(column) for name, column in columns.items()}
    schema = pa.schema(
        [pa.field(name, array.type) for name, array in arrays.items()],
        {SAID: json.dumps(said, default=_plain).encode()},
    )
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        writer.write_batch(pa.record_batch(list(arrays.values()), schema=schema))


def _read(path: Path) -> tuple[dict[str, pa.Array], dict[str, Any]]:
    with pa.memory_map(str(path)) as source:
        reader = pa.ipc.open_file(source)
        batch = reader.get_batch(0)
        said = json.loads((reader.schema.metadata or {})[SAID])
    return {name: batch.column(name) for name in batch.schema.names}, said


def _array(column: object) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return column if isinstance(column, pa.Array) else pa.array(column)


def _numbers(column: pa.Array) -> np.ndarray:
    return np.asarray(column.to_numpy(zero_copy_only=False))
