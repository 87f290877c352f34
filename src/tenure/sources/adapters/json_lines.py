"""Reads JSON Lines (one object a line, plain or gzipped) and a JSON array of objects."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa

from tenure.kit.i18n import Text
from tenure.sources.adapters.csv_files import SHOWN, open_bytes
from tenure.sources.source import BATCH_ROWS, BrokenRow, Choices, EmptySource, Reading, raw_schema, unique_names

Flat = dict[str, str | None]
NOT_AN_OBJECT = Text("The line is not a JSON object.", "该行不是 JSON 对象。")


def read_json_lines(path: Path, name: str, choices: Choices) -> Reading:
    """Open a file of objects; nested objects become ``outer.inner`` columns."""
    keys: dict[str, None] = {}
    for _, record, _ in _records(path):
        keys.update(dict.fromkeys(record or ()))
    if not keys:
        raise EmptySource(name)
    columns = unique_names(list(keys))
    reading = Reading(columns, iter(()), "json", encoding="utf-8")
    reading.batches = _batches(path, list(keys), reading)
    return reading


def _batches(path: Path, keys: list[str], reading: Reading) -> Iterator[pa.RecordBatch]:
    schema = raw_schema(reading.columns)
    records = _records(path)
    while chunk := list(islice(records, BATCH_ROWS)):
        good = [(number, record) for number, record, _ in chunk if record is not None]
        reading.broken += [
            BrokenRow(number, line[:SHOWN], NOT_AN_OBJECT) for number, record, line in chunk if record is None
        ]
        arrays = [pa.array([number for number, _ in good], pa.int64())]
        arrays += [pa.array([record.get(key) for _, record in good], pa.string()) for key in keys]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _records(path: Path) -> Iterator[tuple[int, Flat | None, str]]:
    """Give each line's number, its object (None when it is none), and its text."""
    with open_bytes(path) as stream:
        if stream.read(1) == b"[":
            stream.seek(0)
            for number, item in enumerate(json.load(stream), start=1):
                yield number, _flat(item) if isinstance(item, dict) else None, str(item)
            return
        stream.seek(0)
        for number, raw in enumerate(stream, start=1):
            line = raw.decode("utf-8-sig", "replace").strip()
            if line:
                yield number, _parsed(line), line


def _parsed(line: str) -> Flat | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return _flat(found) if isinstance(found, dict) else None


def _flat(record: dict[str, object], prefix: str = "") -> Flat:
    flat: Flat = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = _told(value)
    return flat


def _told(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
