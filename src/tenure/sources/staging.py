"""A file's rows, read once and kept as text beside it, so that a preview and a write see exactly the same."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tenure.kit.i18n import Text
from tenure.sources.source import BATCH_ROWS, ROW, BrokenRow, EmptySource, Reading, raw_schema
from tenure.sources.validation import PROBLEMS

ROWS_FILE = "rows.parquet"
BROKEN_FILE = "broken.json"


def stage(reading: Reading, folder: Path, name: str) -> int:
    """Walk a source to its end and keep its rows in a folder; returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{ROWS_FILE}.part"
    count = 0
    with pq.ParquetWriter(unfinished, raw_schema(reading.columns), compression="zstd", compression_level=1) as writer:
        for batch in reading.batches:
            filled = _without_blank_rows(batch)
            count += filled.num_rows
            if filled.num_rows:
                writer.write_batch(filled, row_group_size=BATCH_ROWS)
    if count == 0:
        raise EmptySource(name)
    broken = [{"row": item.row, "value": item.value, "reason": asdict(item.reason)} for item in reading.broken]
    (folder / BROKEN_FILE).write_text(json.dumps(broken, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(folder / ROWS_FILE)
    return count


def staged_rows(folder: Path, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Give the kept rows again, all columns or some, in batches."""
    chosen = None if columns is None else [ROW, *columns]
    with pq.ParquetFile(folder / ROWS_FILE) as file:
        yield from file.iter_batches(batch_size=BATCH_ROWS, columns=chosen)


def head(folder: Path, rows: int) -> pa.RecordBatch:
    """Return the first rows."""
    with pq.ParquetFile(folder / ROWS_FILE) as file:
        return next(iter(file.iter_batches(batch_size=rows)))


def row_count(folder: Path) -> int:
    """Return how many rows are kept."""
    return int(pq.read_metadata(folder / ROWS_FILE).num_rows)


def broken_rows(folder: Path) -> list[BrokenRow]:
    """Return the rows that could not be read at all."""
    found = json.loads((folder / BROKEN_FILE).read_text(encoding="utf-8"))
    return [BrokenRow(item["row"], item["value"], Text(**item["reason"])) for item in found]


def broken_as_problems(broken: Sequence[BrokenRow]) -> pa.Table:
    """Tell rows that could not be read as problems like any other."""
    count = len(broken)
    arrays = [
        pa.array([item.row for item in broken], pa.int64()),
        pa.nulls(count, pa.string()),
        pa.array([item.value for item in broken], pa.string()),
        pa.array(["broken_row"] * count, pa.string()),
        pa.array([False] * count),
    ]
    return pa.table(arrays, schema=PROBLEMS)


def _without_blank_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    filled = pa.repeat(False, batch.num_rows)
    for column in batch.columns[1:]:
        filled = pc.or_(filled, pc.fill_null(pc.not_equal(column, ""), False))
    return batch.filter(filled)
