"""The files an import keeps, and the rows in them that are about some people: found, told, and taken out."""

import csv
import gzip
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tenure.sources.bad_rows import BYTE_ORDER_MARK, FILE
from tenure.sources.intake import ORIGINAL
from tenure.sources.source import BATCH_ROWS, ROW
from tenure.sources.staging import ROWS_FILE
from tenure.warehouse.schema import CONTRACTS

CHUNK = 1 << 20
LONGEST = 400  # bytes of an address that may lie across two chunks
SURE = 6  # characters a text needs to name somebody wherever in a file it stands


@dataclass(frozen=True)
class Wanted:
    """Some people as their rows name them; ``orders`` are the numbers of orders that shall go with them."""

    ids: frozenset[str]
    addresses: frozenset[str]
    phones: frozenset[str]
    orders: frozenset[str] = frozenset()

    @property
    def digits(self) -> pa.Array:
        """Return every way a telephone number is written, as digits alone."""
        spelled: set[str] = set()
        for phone in self.phones:
            digits = "".join(c for c in phone if c.isdigit())
            spelled |= {digits, f"00{digits}"}
            try:
                national = str(phonenumbers.parse(phone, None).national_number)
            except phonenumbers.NumberParseException:
                continue
            spelled |= {national, f"0{national}"}
        return pa.array(sorted(one for one in spelled if len(one) >= SURE), pa.string())


@dataclass(frozen=True)
class Forgotten:
    """What was found in, or taken out of, the files of imports."""

    files: int
    rows: int


def rows_about(folder: Path, fields: Mapping[str, str | None], wanted: Wanted) -> Iterator[dict[str, object]]:
    """Give the kept rows of an import that are about somebody wanted, each as it stood in the file."""
    path = folder / ROWS_FILE
    if not path.exists():
        return
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            for row in batch.filter(_about(batch, fields, wanted)).to_pylist():
                yield {"row": row.pop(ROW)} | {name: value for name, value in row.items() if value}


def count_about(folder: Path, fields: Mapping[str, str | None], wanted: Wanted) -> int:
    """Return how many kept rows of an import are about somebody wanted."""
    return sum(1 for _ in rows_about(folder, fields, wanted))


def take_out(folder: Path, fields: Mapping[str, str | None], wanted: Wanted) -> tuple[list[int], list[str]]:
    """Take the rows about somebody out of an import's files; returns their numbers, and what stood in them."""
    numbers: list[int] = []
    cells: set[str] = set()
    for row in rows_about(folder, fields, wanted):
        numbers.append(int(str(row["row"])))
        cells |= {str(value) for name, value in row.items() if name != "row"}
    drop_rows(folder, numbers)
    original = folder / ORIGINAL
    if original.exists() and (numbers or _mentions(original, wanted)):
        original.unlink()
    return numbers, sorted(cells)


def cells_of(folder: Path, numbers: Sequence[int]) -> set[str]:
    """Return everything that stands in some kept rows."""
    wanted, cells = pa.array(list(numbers), pa.int64()), set[str]()
    with pq.ParquetFile(folder / ROWS_FILE) as file:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            for row in batch.filter(pc.is_in(batch.column(ROW), value_set=wanted)).to_pylist():
                cells |= {str(value) for name, value in row.items() if name != ROW and value}
    return cells


def drop_rows(folder: Path, numbers: Sequence[int]) -> None:
    """Take rows out of what an import keeps, by their numbers; the file as it came goes whole."""
    if not numbers:
        return
    path, gone = folder / ROWS_FILE, pa.array(sorted(numbers), pa.int64())
    unfinished = folder / f"{ROWS_FILE}.part"
    with pq.ParquetFile(path) as file, pq.ParquetWriter(unfinished, file.schema_arrow, compression="zstd") as writer:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            left = batch.filter(pc.invert(pc.is_in(batch.column(ROW), value_set=gone)))
            if left.num_rows:
                writer.write_batch(left)
    unfinished.replace(path)
    (folder / ORIGINAL).unlink(missing_ok=True)
    _blank_problems(folder / FILE, set(numbers))


def take_out_of_earlier(folder: Path, wanted: Wanted, emptied: Mapping[str, Sequence[str]]) -> int:
    """Take somebody out of the rows an import replaced; in ``emptied`` tables rows stay and lose these columns."""
    changed = 0
    for path in sorted(folder.glob("before-*.parquet")):
        table = path.stem.removeprefix("before-")
        rows = pq.read_table(path)
        who = CONTRACTS[table].key if "customer_id" not in rows.column_names else "customer_id"
        about = pc.fill_null(pc.is_in(rows[who], value_set=pa.array(sorted(wanted.ids), pa.string())), False)
        found = int(pc.sum(about).as_py() or 0)
        if not found:
            continue
        changed += found
        left = _emptied(rows, about, emptied[table]) if table in emptied else rows.filter(pc.invert(about))
        unfinished = path.with_suffix(".part")
        pq.write_table(left, unfinished)
        unfinished.replace(path)
    return changed


def _emptied(rows: pa.Table, about: pa.ChunkedArray, columns: Sequence[str]) -> pa.Table:
    for name in columns:
        place = rows.column_names.index(name)
        blank = pa.scalar(None, rows.schema.field(name).type)
        rows = rows.set_column(place, rows.schema.field(name), pc.if_else(about, blank, rows[name]))
    return rows


def _about(batch: pa.RecordBatch, fields: Mapping[str, str | None], wanted: Wanted) -> pa.Array:
    """Say of each row whether it is about somebody wanted: by its id, by an address or a number anywhere in it."""
    found = np.zeros(batch.num_rows, bool)
    addresses, digits = _set(wanted.addresses, lower=True), wanted.digits
    for name in batch.schema.names:
        if name == ROW:
            continue
        cells = batch.column(name)
        told = pc.utf8_trim_whitespace(cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells)
        if fields.get(name) in ("customer_id", "order_id"):
            known = wanted.ids if fields.get(name) == "customer_id" else wanted.orders
            found |= _in(pc.replace_substring_regex(told, r"\.0$", ""), _set(known))
        found |= _in(pc.utf8_lower(told), addresses)
        like_numbers = pc.fill_null(pc.match_substring_regex(told, r"^[+\d\s().·/-]{6,}(\.0)?$"), False)
        if len(digits) and pc.any(like_numbers).as_py():
            bare = pc.replace_substring_regex(pc.replace_substring_regex(told, r"\.0$", ""), r"\D", "")
            found |= _in(bare, digits) & like_numbers.to_numpy(zero_copy_only=False)
    return pa.array(found)


def _set(values: frozenset[str], *, lower: bool = False) -> pa.Array:
    return pa.array(sorted({one.lower() if lower else one for one in values}), pa.string())


def _in(cells: pa.Array, values: pa.Array) -> np.ndarray:
    if not len(values):
        return np.zeros(len(cells), bool)
    return np.asarray(pc.fill_null(pc.is_in(cells, value_set=values), False).to_numpy(zero_copy_only=False))


def _blank_problems(path: Path, numbers: set[int]) -> None:
    """Leave in a file of bad rows that something was wrong with some rows, and no longer what stood there."""
    if not path.exists():
        return
    unfinished = path.with_suffix(".part")
    with (
        path.open(encoding="utf-8-sig", newline="") as source,
        unfinished.open("w", encoding="utf-8", newline="") as to,
    ):
        to.write(BYTE_ORDER_MARK.decode())
        writer = csv.writer(to)
        for place, line in enumerate(csv.reader(source)):
            about = place > 0 and line[0].isdigit() and int(line[0]) in numbers
            writer.writerow([*line[:2], "", *line[3:]] if about else line)
    unfinished.replace(path)


def _mentions(path: Path, wanted: Wanted) -> bool:
    """Say whether a file as it came holds an address or id of somebody, also in a sheet that was not read."""
    sure = [one for one in (*wanted.addresses, *wanted.ids) if len(one) >= SURE]
    needles = [text.encode(encoding) for text in sure for encoding in ("utf-8", "utf-16-le")]
    return any(needle in chunk for chunk in _contents(path) for needle in needles)


def _contents(path: Path) -> Iterator[bytes]:
    """Give a file's bytes, those inside an archive unpacked, so that no address is cut in two."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    yield member.read()
        return
    with path.open("rb") as start:
        packed = start.read(2) == b"\x1f\x8b"
    with gzip.open(path) if packed else path.open("rb") as file:
        before = b""
        while chunk := file.read(CHUNK):
            yield before + chunk
            before = chunk[-LONGEST:]
