"""Reads Parquet files, every column as text."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tenure.kit.i18n import Text
from tenure.sources.source import BATCH_ROWS, Choices, EmptySource, Reading, Unreadable, raw_schema, unique_names


def read_parquet(path: Path, name: str, choices: Choices) -> Reading:
    """Open a Parquet file; nested columns are flattened one level, lists are told as text."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise Unreadable(
            Text(f"{name} is not a whole Parquet file.", f"{name} 不是完整的 Parquet 文件。"),
            remedy=Text("Write it again; it may have been cut off.", "文件可能被截断，请重新导出。"),
        ) from error
    if file.metadata.num_rows == 0:
        raise EmptySource(name)
    header = [field.name for field in _flat(file.schema_arrow.empty_table()).schema]
    columns = unique_names(header)
    return Reading(columns, _batches(file, columns), "parquet")


def _batches(file: pq.ParquetFile, columns: list[str]) -> Iterator[pa.RecordBatch]:
    schema = raw_schema(columns)
    first = 2
    for batch in file.iter_batches(batch_size=BATCH_ROWS):
        table = _flat(pa.Table.from_batches([batch]))
        rows = pa.array(range(first, first + batch.num_rows), pa.int64())
        first += batch.num_rows
        yield pa.RecordBatch.from_arrays([rows, *(as_text(column) for column in table.columns)], schema=schema)


def _flat(table: pa.Table) -> pa.Table:
    return table.flatten() if any(pa.types.is_struct(field.type) for field in table.schema) else table


def as_text(column: pa.ChunkedArray) -> pa.Array:
    """Tell a column of any type as text that our own parsers read back."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    kind = array.type
    if pa.types.is_dictionary(kind):
        return as_text(array.dictionary_decode())
    if pa.types.is_string(kind):
        return array
    if pa.types.is_timestamp(kind):
        zone = "Z" if kind.tz else ""
        return pc.binary_join_element_wise(
            pc.cast(array.cast(pa.int64()).cast(pa.timestamp(kind.unit)), pa.string()), zone, ""
        )
    if pa.types.is_nested(kind):
        return pa.array([None if value is None else str(value) for value in array.to_pylist()], pa.string())
    return pc.cast(array, pa.string())
