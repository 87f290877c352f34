"""Rows for the tests of numbers: small tables that satisfy the lake's contracts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
from ibis.formats.pyarrow import PyArrowSchema

from tenure.warehouse.lake import Lake
from tenure.warehouse.schema import CONTRACTS

RECORDED = datetime(2030, 1, 1)
DEFAULTS: dict[str, dict[str, Any]] = {
    "orders": {"kind": "sale", "status": "paid", "amount": "10", "currency": "USD"},
    "customers": {},
    "subscriptions": {"monthly_amount": "100", "trial": False},
    "feedback": {"kind": "nps"},
    "scores": {"model": "m", "model_version": "1", "snapshot": 1},
    "customer_links": {},
}


def table(name: str, rows: pd.DataFrame | Iterable[Mapping[str, Any]]) -> pa.Table:
    """Complete rows to a promised table: defaults, ids and provenance are filled in."""
    contract = CONTRACTS[name]
    frame = rows.copy() if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    fixed = {"source": "test", "recorded_at": RECORDED, **DEFAULTS[name]}
    for column, value in fixed.items():
        if column not in frame:
            frame[column] = value
        elif column != "trial":
            frame[column] = frame[column].where(frame[column].notna(), value)
    if contract.key not in frame:
        frame[contract.key] = [f"{name}-{place}" for place in range(len(frame))]
    schema = PyArrowSchema.from_ibis(contract.schema())
    columns = [_column(frame, field) for field in schema]
    return pa.table(columns, schema=schema)


def fill(lake: Lake, name: str, rows: pd.DataFrame | Iterable[Mapping[str, Any]]) -> None:
    """Put rows into a table of the lake."""
    lake.append(name, table(name, rows))


def empty(lake: Lake, *names: str) -> None:
    """Take every row out of some tables, so that tests of one file can share a lake."""
    for name in names:
        lake.delete(name, lambda rows: rows[CONTRACTS[rows.get_name()].key].notnull())


def _column(frame: pd.DataFrame, field: pa.Field) -> pa.Array:
    if field.name not in frame:
        return pa.nulls(len(frame), field.type)
    values = frame[field.name]
    if pa.types.is_decimal(field.type):
        return pa.array(values.astype(str), pa.string()).cast(field.type)
    if pa.types.is_map(field.type):
        return pa.array([None if v is None else list(v.items()) for v in values], field.type)
    return pa.Array.from_pandas(values, type=field.type)
