"""From JSON to a contract's columns: how a row that travelled as text regains its types."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from tenure.warehouse.schema import CONTRACTS


def contract_rows(name: str, payloads: Sequence[dict[str, object]]) -> pa.Table:
    """Return JSON payloads as rows of one promised table.

    Missing columns are null and unknown ones are left out. Times are ISO-8601 (with an offset, or UTC), dates
    ISO, money a number or its text. Raises ``ValueError`` for a value that is not of its column's type.
    """
    schema = CONTRACTS[name].schema().to_pyarrow()
    columns = [_column([payload.get(field.name) for payload in payloads], field.type) for field in schema]
    return pa.table(columns, schema=schema)


def _column(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array([_utc(value) for value in values], kind)
    if pa.types.is_decimal(kind):
        texts = pa.array([None if value is None else str(value) for value in values], pa.string())
        return pc.cast(texts, kind)
    if pa.types.is_date(kind):
        return pc.cast(pa.array([None if v is None else str(v)[:10] for v in values], pa.string()), kind)
    if pa.types.is_map(kind):
        pairs = [list(value.items()) if isinstance(value, dict) else None for value in values]
        return pa.array(pairs, kind)
    return pa.array(values, kind)


def _utc(value: object) -> datetime | None:
    """Read an ISO-8601 time; without an offset it is UTC already."""
    if value is None:
        return None
    moment = datetime.fromisoformat(str(value))
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
