"""Arrow columns straight from NumPy arrays, in the types the lake promises."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike

from .chance import Bools, Ints

MONEY = pa.decimal128(18, 4)
TIME = pa.timestamp("us")


def numbered(prefix: str, numbers: Ints, width: int) -> pa.Array:
    """Spell ids such as ``C0000042``: a prefix and zero-padded digits."""
    head = np.frombuffer(prefix.encode("ascii"), dtype=np.uint8)
    size = len(head) + width
    letters = np.empty((len(numbers), size), dtype=np.uint8)
    letters[:, : len(head)] = head
    rest = numbers.astype(np.int64, copy=True)
    for place in range(size - 1, len(head) - 1, -1):
        rest, digit = np.divmod(rest, 10)
        letters[:, place] = digit + ord("0")
    offsets = np.arange(len(numbers) + 1, dtype=np.int64) * size
    large = pa.LargeStringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(letters))
    return large.cast(pa.string())


def money(cents: Ints) -> pa.Array:
    """Return exact decimals from whole cents."""
    words = np.empty((len(cents), 2), dtype=np.int64)
    words[:, 0] = cents * 100
    words[:, 1] = words[:, 0] >> 63
    return pa.Array.from_buffers(MONEY, len(cents), [None, pa.py_buffer(words)])


def times(seconds: Ints, known: Bools | None = None) -> pa.Array:
    """Return UTC timestamps from seconds since 1970; where ``known`` is false the time is empty."""
    stamps = (seconds.astype(np.int64) * 1_000_000).view("datetime64[us]")
    return pa.array(stamps, type=TIME, mask=None if known is None else ~known)


def numbers(values: ArrayLike, known: Bools | None = None) -> pa.Array:
    """Return floating-point numbers; where ``known`` is false the place is empty."""
    return pa.array(np.asarray(values, dtype=np.float64), mask=None if known is None else ~known)


def choices(words: Sequence[str], codes: Ints, known: Bools | None = None) -> pa.Array:
    """Return ``words[code]`` row by row; where ``known`` is false the place is empty."""
    positions = pa.array(codes.astype(np.int32), mask=None if known is None else ~known)
    return pa.array(list(words), type=pa.string()).take(positions)


def same(word: str, size: int) -> pa.Array:
    """Return one word repeated."""
    return pa.repeat(pa.scalar(word, pa.string()), size)


def nothing(size: int, kind: pa.DataType | None = None) -> pa.Array:
    """Return an empty column."""
    return pa.nulls(size, kind or pa.string())


def blank(column: pa.Array, known: Bools) -> pa.Array:
    """Empty the places where ``known`` is false."""
    return pc.if_else(pa.array(known), column, pa.scalar(None, column.type))


def joined(*parts: pa.Array | str) -> pa.Array:
    """Write text columns one behind the other."""
    return pc.binary_join_element_wise(*parts, "")


def tags(keys: Sequence[str], columns: Sequence[pa.Array]) -> pa.Array:
    """Return one map per row; empty values leave their key out."""
    size = len(columns[0])
    values = pa.concat_arrays([column.cast(pa.string()) for column in columns])
    order = pa.array(np.arange(size * len(keys)).reshape(len(keys), size).T.ravel())
    interleaved = values.take(order)
    names = choices(keys, np.tile(np.arange(len(keys)), size))
    present = interleaved.is_valid()
    counts = np.asarray(present).reshape(size, len(keys)).sum(axis=1)
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
    return pa.MapArray.from_arrays(offsets, names.filter(present), interleaved.filter(present))
