"""Days as bits: sixty to a 64-bit word, so that any stretch of days is a mask and any question a comparison.

Portable on purpose: only ``&``, ``|``, shifts and ``bit_count``, which every engine has; 60 and not 64 so that
no engine's sign bit is ever touched, and five years of months are one word.
"""

from collections.abc import Iterator

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

SIZE = 60
FULL = (1 << SIZE) - 1


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def bit_count(word: dt.int64) -> dt.int8:
    """Count the bits that are set; Ibis has no word for it, every engine does."""


def count(word: ir.IntegerValue) -> ir.IntegerValue:
    """Count the bits that are set, as a number wide enough to be added up."""
    return bit_count(word).cast("int64")


def width(span: int) -> int:
    """Return how many words hold ``span`` bits."""
    return max(1, -(-span // SIZE))


def names(words: int) -> list[str]:
    """Return the column names of so many words."""
    return [f"w{number}" for number in range(words)]


def columns(table: ir.Table) -> list[str]:
    """Return the table's word columns, lowest first."""
    return names(sum(name[0] == "w" and name[1:].isdigit() for name in table.columns))


def placed(table: ir.Table, index: ir.IntegerValue) -> ir.Table:
    """Add where the bit of ``index`` lies: ``base``, the first index of its word, and ``mask``, the bit in the word."""
    return table.mutate(base=index - index % SIZE, mask=ibis.literal(1, "int64") << (index % SIZE))


def gather(table: ir.Table, span: int) -> dict[str, ir.IntegerValue]:
    """Return the aggregates that set, per group of a ``placed`` table, one bit for every index from 0 up to ``span``.

    Not ``bit_or(where=...)``: over five years of days a filter per word costs DuckDB a third more than the zeros do.
    """
    return {
        name: (table.base == number * SIZE).ifelse(table["mask"], 0).bit_or().cast("int64")
        for number, name in enumerate(names(width(span)))
    }


def any_between(table: ir.Table, low: int, high: int) -> ir.BooleanValue:
    """Say whether any bit from ``low`` up to, and without, ``high`` is set."""
    joined: ir.IntegerValue | None = None
    for word in _masked(table, low, high):
        joined = word if joined is None else joined | word
    return ibis.literal(False) if joined is None else joined != 0


def count_between(table: ir.Table, low: int, high: int) -> ir.IntegerValue:
    """Count the bits that are set from ``low`` up to, and without, ``high``."""
    counts: ir.IntegerValue = ibis.literal(0, "int64")
    for word in _masked(table, low, high):
        counts = counts + count(word)
    return counts


def at(table: ir.Table, index: int) -> ir.BooleanValue:
    """Say whether one bit is set."""
    return any_between(table, index, index + 1)


def _masked(table: ir.Table, low: int, high: int) -> Iterator[ir.IntegerValue]:
    for number, name in enumerate(columns(table)):
        first, last = max(low - number * SIZE, 0), min(high - number * SIZE, SIZE)
        if first < last:
            mask = ((1 << last) - 1) ^ ((1 << first) - 1)
            yield table[name] if mask == FULL else table[name] & mask


def lowest(table: ir.Table, without: ir.IntegerValue) -> ir.IntegerValue:
    """Return the index of the lowest bit that is set beside ``without``, which is set too; null when there is none."""
    found = []
    for number, name in enumerate(columns(table)):
        here = (without >= number * SIZE) & (without < (number + 1) * SIZE)
        own = ibis.literal(1, "int64") << (without % SIZE)
        rest = here.ifelse(table[name] - own, table[name])  # Ibis 12 loses the brackets of ~(1 << n)
        found.append(_trailing_zeros(rest.nullif(0)) + number * SIZE)
    return ibis.coalesce(*found)


def _trailing_zeros(word: ir.IntegerValue) -> ir.IntegerValue:
    return count((word & -word) - 1)


def all_between(table: ir.Table, low: int, high: int) -> ir.BooleanValue:
    """Say whether every bit from ``low`` up to, and without, ``high`` is set."""
    missing: ir.IntegerValue = ibis.literal(high - low, "int64") - count_between(table, low, high)
    return missing == 0


def regroup(table: ir.Table, stretches: list[tuple[int, int]]) -> dict[str, ir.IntegerValue]:
    """Return words with one bit per stretch: set when any bit of the stretch is."""
    words = {}
    for number, name in enumerate(names(width(len(stretches)))):
        word: ir.IntegerValue = ibis.literal(0, "int64")
        for place, (low, high) in enumerate(stretches[number * SIZE : (number + 1) * SIZE]):
            word = word + any_between(table, low, high).ifelse(1 << place, 0)
        words[name] = word.cast("int64")
    return words


def shifted(table: ir.Table, by: str) -> ir.Table:
    """Move the bits of every row down by the number in its column ``by``: bit 0 becomes the one that was there.

    Rows are taken in groups whose shift drops the same number of whole words, so that no word is chosen per row.
    """
    words = columns(table)
    rest = [name for name in table.columns if name not in words]
    parts = []
    for dropped in range(len(words)):
        rows = table.filter(table[by] >= dropped * SIZE, table[by] < (dropped + 1) * SIZE)
        left = words[dropped:]
        moved = {
            words[place]: _joined(rows, rows[by] % SIZE, name, left[place + 1 : place + 2])
            for place, name in enumerate(left)
        }
        empty = {name: ibis.literal(0, "int64") for name in words[len(left) :]}
        parts.append(rows.select(*rest, **moved, **empty))
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _joined(rows: ir.Table, down: ir.IntegerValue, low: str, following: list[str]) -> ir.IntegerValue:
    """Shift one word down and fill it from above with the low bits of the word that follows it."""
    kept = rows[low] >> down
    for high in following:
        falling = rows[high] & ((ibis.literal(1, "int64") << down) - 1)
        kept = kept | (falling << (ibis.literal(SIZE, "int64") - down))
    return kept.cast("int64")
